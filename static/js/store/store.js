// What this phone keeps until the server has it: entries with their photographs, drafts, receipts, and who is believed signed in.
// Used by pages and by the service worker; what only sending and the outbox do with an entry is in entry-store.js.

import { all, result, within } from "./database.js";

export { StorageFull, inTime, open, unlessFull } from "./database.js";

/** @typedef {StorageManager & {persist?: () => Promise<boolean>}} Pages  in a worker nobody can ask */
/**
 * @typedef {{sha256: string, type: string, role: string | null, bytes: ArrayBuffer}} Photo  as the store gives it, with `place`
 * @typedef {{
 *   bytes: ArrayBuffer | Blob, type?: string, role?: string | null, taken_at?: string, lon?: number, lat?: number,
 * }} PhotoGiven  and whatever else a draft wants to remember of it
 * @typedef {{id: string, name: string, lon: number, lat: number, radius_m: number | null}} Site
 * @typedef {{lon: number, lat: number, source: string, accuracy_m?: number, fixed_at?: string | null}} Position  the wire's `fix`
 * @typedef {{sha256?: string, role: string | null, taken_at?: string, lon?: number, lat?: number}} PhotoLink
 * @typedef {{
 *   programme?: string, captured_at?: string | null, minutes?: number | string | null, fix?: Position | null, site?: null, rt?: null,
 *   rw?: string | null, measures?: Record<string, number | string>, on_behalf_of?: null, note?: string, photos?: PhotoLink[],
 *   sent_at?: string,
 * }} Body  of an action, as docs/wire.md has it; in a draft what is no number yet stands as it was typed
 * @typedef {{start?: number, stop?: number}} Run  of the timer, in milliseconds of the phone's clock
 * @typedef {{lon: number, lat: number, accuracy_m: number, at: number, heard?: number}} Fix  `at`: the positioning system's own time;
 *   `heard`: the phone's then
 * @typedef {{field: string, code?: string, message: string}} FieldProblem
 * @typedef {{
 *   status: number, type?: string, detail?: string, errors?: FieldProblem[], stored?: boolean, told?: string,
 * }} Problem  why the server does not take it; `told`: what is to be done, in the reader's language
 * @typedef {{
 *   programme: string, body: Body, run?: Run | null, fixes?: Fix[], problem?: Problem | null, reopened?: string,
 * }} DraftContent
 * @typedef {DraftContent & {id: string, account: string | null, changedAt: string, version: number}} Draft
 * @typedef {{
 *   id: string, account: string | null, programme: string, status: string, observedAt: string, receivedAt: string, sentAt: number,
 *   findings: {code: string, level: string, sentence?: string}[],
 * }} Receipt
 * @typedef {{account: string, sites: Site[], programmes: {programme: string, name: string}[], seenAt: number}} Present
 * @typedef {{kind: string, id?: string, photo?: number, of?: number, sent?: string[], away?: boolean, left?: number}} Message
 * @typedef {{
 *   id: string, version: number, account: string | null, programme: string, body: Body, keptAt: string,
 *   state: "waiting" | "sign_in" | "fix" | "conflict" | "full", problem: Problem | null, tries: number, nextTryAt: number,
 *   declined: string[], ahead?: number,
 * }} Entry  `body` is the wire's without sent_at; `nextTryAt` in milliseconds; `declined`: accounts that said "not mine";
 *   `ahead`: when the server took the action before its photographs, which follow
 */

/** The form of entries that this code writes. */
export const ENTRY_VERSION = 1;
const CHANNEL = "sabuk-outbox";

/** @param {ArrayBuffer} bytes @returns {Promise<string>} */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The photographs as they are stored: bytes and their digest. @param {PhotoGiven[]} photos */
async function prepared(photos) {
  return Promise.all(
    photos.map(async ({ bytes: given, ...photo }, place) => {
      const bytes = given instanceof Blob ? await given.arrayBuffer() : given;
      const type = photo.type || (given instanceof Blob ? given.type : "") || "image/jpeg";
      return { ...photo, place, type, role: photo.role ?? null, sha256: await sha256(bytes), bytes };
    }),
  );
}

/** A photograph as the wire names it; when and where it was taken, if known. @param {PhotoLink} photo @returns {PhotoLink} */
const link = ({ sha256, role, taken_at, lon, lat }) => ({
  sha256, role, ...(taken_at && { taken_at }), ...(lon !== undefined && lat !== undefined && { lon, lat }),
});

/** Whether this browser can keep and send: without these the plain form is the way. */
export const isPossible = () =>
  typeof indexedDB === "object" && typeof crypto?.subtle === "object" && typeof navigator.locks === "object";

export const newId = () => crypto.randomUUID();

/** A page has a draft in its hand while it holds the lock of this name, followed by the draft's id. */
export const IN_HAND = "sabuk-draft-";

/** The drafts that some page has in its hand just now. @returns {Promise<Set<string>>} */
export async function draftsInHand() {
  const { held = [] } = (await navigator.locks.query?.()) ?? {};
  return new Set(held.map(({ name = "" }) => name.replace(IN_HAND, "")));
}

/** What a person reads of an id. @param {string} id */
export const shortNumber = (id) => id.replaceAll("-", "").slice(0, 6).toUpperCase();

/**
 * Keep an entry and its photographs, whole, and only then resolve. The photographs' digests are put into the body.
 * An id that is kept already stays as it was: pressing twice is harmless. Throws StorageFull where there is no room.
 * @param {{id?: string, account: string | null, programme: string, body: Body} & Partial<Entry>} entry
 * @param {PhotoGiven[]} photos
 * @param {{draft?: string}} [instead]  the draft that this was, removed in the same transaction
 * @returns {Promise<Entry>}
 */
export async function keepEntry(entry, photos = [], { draft } = {}) {
  const kept = await prepared(photos);
  const { sent_at: _, ...body } = entry.body;
  /** @type {Entry} */
  const whole = {
    id: newId(), keptAt: new Date().toISOString(), version: ENTRY_VERSION,
    ...entry,
    body: { ...body, photos: kept.map((photo) => ({ ...(body.photos ?? [])[photo.place], ...link(photo) })) },
    state: "waiting", problem: null, tries: 0, nextTryAt: 0, declined: [],
  };
  const stored = await within(["entries", "photos", "drafts", "draft_photos"], "readwrite", async (stores) => {
    if (draft) drop(stores.drafts, stores.draft_photos, draft);
    const before = await result(stores.entries.get(whole.id));
    if (before) return before;
    stores.entries.add(whole);
    for (const photo of kept) stores.photos.add({ ...photo, entry: whole.id });
    return whole;
  });
  announce({ kind: "kept", id: whole.id });
  // Asked when there is something to lose; most browsers decide by themselves.
  /** @type {Pages} */ (navigator.storage)?.persist?.().catch(() => {});
  return stored;
}

/** Every entry, the oldest first. @returns {Promise<Entry[]>} */
export const entries = async () => inOrder(await within(["entries"], "readonly", ({ entries }) => result(entries.getAll())));

/** @param {Entry[]} found */
export const inOrder = (found) => found.sort((a, b) => a.keptAt.localeCompare(b.keptAt) || a.id.localeCompare(b.id));

/** @param {IDBObjectStore} rows @param {IDBObjectStore} photos @param {string} id */
export function drop(rows, photos, id) {
  rows.delete(id);
  photos.delete(all(id));
}

/** @returns {Promise<Receipt[]>} */
export const receipts = () => within(["receipts"], "readonly", ({ receipts }) => result(receipts.getAll()));

/** @param {string[]} ids */
export const dropReceipts = (ids) =>
  within(["receipts"], "readwrite", ({ receipts }) => {
    for (const id of ids) receipts.delete(id);
  });

/**
 * Keep a draft as it now is. Its photographs are those given; where none are named, those that it had.
 * @param {DraftContent & {id: string, account: string | null}} draft @param {PhotoGiven[]} [photos]
 */
export async function keepDraft(draft, photos) {
  const kept = photos && (await prepared(photos));
  await within(["drafts", "draft_photos"], "readwrite", (stores) => {
    stores.drafts.put({ version: ENTRY_VERSION, changedAt: new Date().toISOString(), ...draft });
    if (kept) stores.draft_photos.delete(all(draft.id));
    for (const photo of kept ?? []) stores.draft_photos.put({ ...photo, draft: draft.id });
  });
  announce({ kind: "draft", id: draft.id });
}

/** @returns {Promise<Draft[]>} */
export const drafts = () => within(["drafts"], "readonly", ({ drafts }) => result(drafts.getAll()));

/** @param {string} id @returns {Promise<Draft | undefined>} */
export const draft = (id) => within(["drafts"], "readonly", ({ drafts }) => result(drafts.get(id)));

/** @param {string} id @returns {Promise<(Photo & PhotoLink & {place: number})[]>} */
export const draftPhotosOf = (id) =>
  within(["draft_photos"], "readonly", ({ draft_photos: photos }) => result(photos.getAll(all(id))));

/** @param {string} id */
export async function dropDraft(id) {
  await within(["drafts", "draft_photos"], "readwrite", (stores) => drop(stores.drafts, stores.draft_photos, id));
  announce({ kind: "draft", id });
}

/**
 * The account that this phone believes signed in; undefined: nobody.
 * @returns {Promise<Present | undefined>}
 */
export const present = () => within(["present"], "readonly", ({ present }) => result(present.get("account")));

/** @param {Present} value */
export async function setPresent(value) {
  await within(["present"], "readwrite", ({ present }) => result(present.put(value, "account")));
  announce({ kind: "present" });
}

export async function clearPresent() {
  await within(["present"], "readwrite", ({ present }) => result(present.delete("account")));
  announce({ kind: "present" });
}

/** Tell every page, this one too, and the worker. @param {Message} message */
export function announce(message) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(message);
  channel.close();
}

/**
 * Hear of each change, wherever it was made.
 * @param {(message: Message) => void} listener
 * @returns {() => void} stops hearing
 */
export function onChange(listener) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event) => listener(event.data);
  return () => channel.close();
}
