// Sends what waits: photographs first, then the action by its id. One sender at a time across tabs and worker, tried for as long
// as it takes; an entry goes only when an answer names it. Runs in pages and in the service worker.

import { Unreachable, askWho, call } from "./call.js";
import {
  REFUSALS, asksToWait, goesAhead, isRefusal, isWanted, missingPhotos, ofPhoto, pauseMs, receiptOf, withFollowing,
} from "./decisions.js";
import { mayPhotosGo } from "./line.js";
import { isDue } from "../store/due.js";
import { changeEntry, dropEntry, entry as entryOf, markPhoto, photosOf, settleEntry } from "../store/entry-store.js";
import { announce, entries, onChange, present, sha256, unlessFull } from "../store/store.js";

export { isDue, onChange };

/** @typedef {ServiceWorkerRegistration & {sync?: {register: (tag: string) => Promise<void>}}} WithSync  Chromium alone has it */

export const LOCK = "sabuk-send";
/** The name of the worker's sync event. */
export const SYNC_TAG = "kirim";
const ROUNDS = 3;

/**
 * Send what is due. `ask`: true for everything at once, or the id of one entry that a person asked for.
 * @param {{ask?: boolean | string, steal?: boolean, photos?: boolean}} [how]  steal: whoever is sending hangs; sent twice is still
 *   one action; photos: over whatever line
 * @returns {Promise<{busy: boolean, away: boolean, sent: string[], left: number}>}
 *   busy: somebody else is sending; away: no answer came; left: how many of this account still wait to be tried again
 */
export async function flush({ ask = false, steal = false, photos = false } = {}) {
  const nobody = { busy: true, away: false, sent: [], left: 0 };
  const all = async () => send(ask, photos || (await mayPhotosGo()));
  return navigator.locks.request(LOCK, steal ? { steal } : { ifAvailable: true }, (lock) => (lock ? all() : nobody));
}

/** Work with an entry while nobody sends it. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
export const undisturbed = (work) => navigator.locks.request(LOCK, work);

/** Ask for the worker to be woken when there is a signal, where the browser can. */
export async function askForSync() {
  const ready = await navigator.serviceWorker?.getRegistration();
  await /** @type {WithSync | undefined} */ (ready)?.sync?.register(SYNC_TAG).catch(() => {});
}

/** @param {boolean | string} ask @param {boolean} photosGo */
async function send(ask, photosGo) {
  /** @type {Set<string>} */
  const tried = new Set();
  /** @type {string[]} */
  const sent = [];
  let away = false;
  let who = (await present())?.account;
  let asked = false;
  try {
    if (ask && !who) [who, asked] = [await askWho(), true];
    for (;;) {
      const next = (await inTurn()).find((entry) => !tried.has(entry.id) && isWanted(entry, who, ask, Date.now(), photosGo));
      if (!next || (await somebodyWaits())) break;
      if (!asked) {
        const believed = who;
        [who, asked] = [await askWho(), true];
        if (!who) await askToSignIn(believed);
        continue;
      }
      tried.add(next.id);
      announce({ kind: "sending", id: next.id });
      const outcome = await (goesAhead(next, photosGo) ? sendAhead(next) : sendOne(next));
      if (outcome === "sent") sent.push(next.id);
      if (outcome === "busy") break;
      if (outcome === "signed_out") asked = false;
    }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    away = true;
  }
  const left = (await entries()).filter((entry) => isDue(entry, who) && (photosGo || !entry.ahead)).length;
  announce({ kind: "rest", sent, away, left });
  return { busy: false, away, sent, left };
}

/** The oldest first, but one that never gets through (too large for this line, refused by a gate) stands behind the others. */
const inTurn = async () => (await entries()).sort((a, b) => a.tries - b.tries);

/** Somebody wants to throw one away or put it right: not only after hours of sending. */
async function somebodyWaits() {
  const { pending = [] } = (await navigator.locks.query?.()) ?? {};
  return pending.some(({ name }) => name === LOCK);
}

/**
 * What is noted of an entry while it is sent; on a full phone it stays as it was, because sending is what makes room.
 * @param {string} id @param {Partial<import("../store/store.js").Entry>} change
 */
const note = (id, change) => changeEntry(id, change).catch((error) => unlessFull(error) ?? entryOf(id));

/** Nobody is signed in: what that account left waits for it. @param {string | undefined} account */
async function askToSignIn(account) {
  for (const entry of await entries()) {
    if (isDue(entry, account)) await note(entry.id, { state: "sign_in", problem: { status: 401 } });
  }
}

/**
 * @param {import("../store/store.js").Entry} entry
 * @returns {Promise<"sent" | "kept" | "busy" | "signed_out">} busy: the server asks to wait with everything
 */
async function sendOne(entry) {
  if (!(await note(entry.id, { tries: entry.tries + 1 }))) return "kept";
  const account = /** @type {string} */ (entry.account);
  let answer;
  for (let round = 0; round < ROUNDS; round++) {
    answer = await sendPhotos(entry, account);
    if (answer) return keep(entry, answer);
    answer = await call("PUT", `/api/v1/actions/${entry.id}`, { account, json: wireBody(entry) });
    if ((answer.status === 200 || answer.status === 201) && answer.told.id === entry.id) {
      return settle(entry, answer.told);
    }
    const missing = missingPhotos(answer);
    if (!missing.length) return keep(entry, answer);
    // The server has swept them, or another phone began this: they go again, and the person sees nothing of it.
    for (const place of missing) await markPhoto(entry.id, place, false).catch(unlessFull);
  }
  return keep(entry, { status: 503, told: answer?.told, retryAfterS: 0 });
}

/**
 * The action now, its photographs later: its day is kept, and the quota.
 * @param {import("../store/store.js").Entry} entry
 * @returns {Promise<"sent" | "kept" | "busy" | "signed_out">}
 */
async function sendAhead(entry) {
  if (!(await note(entry.id, { tries: entry.tries + 1 }))) return "kept";
  const account = /** @type {string} */ (entry.account);
  const answer = await call("PUT", `/api/v1/actions/${entry.id}`, { account, json: withFollowing(wireBody(entry)) });
  if ((answer.status !== 200 && answer.status !== 201) || answer.told.id !== entry.id) return keep(entry, answer);
  // Some may have been sent over another line before.
  if (!answer.told.photos?.some(({ follows }) => follows)) return settle(entry, answer.told);
  await note(entry.id, { ahead: Date.now(), state: "waiting", problem: null, tries: 0, nextTryAt: 0 });
  announce({ kind: "ahead", id: entry.id });
  return "kept";
}

/** The body as the wire knows it today, whichever version of ours wrote the entry. @param {import("../store/store.js").Entry} entry */
const wireBody = (entry) => ({ ...entry.body, sent_at: new Date().toISOString() });

/**
 * The photographs that the server has not yet said to have.
 * @param {import("../store/store.js").Entry} entry @param {string} account
 * @returns {Promise<import("./call.js").Answer | null>} the answer that stands in the way
 */
async function sendPhotos(entry, account) {
  const photos = await photosOf(entry.id);
  const arrived = new Set(photos.filter((photo) => photo.arrived).map((photo) => photo.sha256));
  for (const { place, sha256: name, type, bytes } of photos) {
    if (arrived.has(name)) continue;
    announce({ kind: "sending", id: entry.id, photo: place + 1, of: photos.length });
    const answer = await call("PUT", `/api/v1/photos/${name}`, { account, photo: { type, bytes } });
    if (answer.status === 422 && (await sha256(bytes)) === name && answer.told.errors?.[0]?.code === "digest_differs") {
      // Whole here, broken on the way.
      return { status: 503, told: answer.told, retryAfterS: 0 };
    }
    if (answer.status >= 400) return { ...answer, told: { ...answer.told, errors: ofPhoto(place, answer.told) } };
    if (answer.told.sha256 !== name) throw new Unreachable("The answer names another photograph.");
    arrived.add(name);
    for (const same of photos) if (same.sha256 === name) await markPhoto(entry.id, same.place, true).catch(unlessFull);
  }
  return null;
}

/**
 * The entry stays, with the reason.
 * @param {import("../store/store.js").Entry} entry
 * @param {{status: number, told?: import("./call.js").Told, retryAfterS: number}} answer
 * @returns {Promise<"sent" | "kept" | "busy" | "signed_out">}
 */
async function keep(entry, { status, told, retryAfterS }) {
  const problem = { status, type: told?.type, detail: told?.detail, errors: told?.errors ?? [] };
  if (status === 401) {
    await note(entry.id, { state: "sign_in", problem });
    return "signed_out";
  }
  // What the server has taken already is no longer refused: its photographs are tried again.
  if (isRefusal(problem) && !entry.ahead) {
    const stored = await call("GET", `/api/v1/actions/${entry.id}`, { account: entry.account ?? undefined });
    // Whether the server has it is what decides: without that word nothing is offered that would make a second record.
    if (![200, 404].includes(stored.status)) {
      return keep(entry, REFUSALS.includes(stored.status) ? { ...stored, status: 503 } : stored);
    }
    const isStored = stored.status === 200 && stored.told.id === entry.id;
    if (isStored && status !== 409) return settle(entry, stored.told);
    const state = status === 409 ? "conflict" : "fix";
    await note(entry.id, { state, problem: { ...problem, stored: isStored } });
    return "kept";
  }
  await note(entry.id, { state: "full", problem, nextTryAt: Date.now() + pauseMs(entry.tries, retryAfterS) });
  return asksToWait(status) ? "busy" : "kept";
}

/**
 * The server has it: it leaves the phone, where there is room with a receipt in its place.
 * @param {import("../store/store.js").Entry} entry @param {import("./call.js").Told} told @returns {Promise<"sent">}
 */
async function settle(entry, told) {
  await settleEntry(receiptOf(entry, /** @type {import("./decisions.js").Stored} */ (told), Date.now())).catch((error) => unlessFull(error) ?? dropEntry(entry.id));
  return "sent";
}
