// What becomes of an entry while it is sent and in the outbox: looked at, changed, settled by its receipt, thrown away.
// A page on which nothing waits does without.
import { all, result, within } from "./database.js";
import { announce, drop, inOrder } from "./store.js";

/**
 * Entries and receipts of one moment: nothing is among both because it was sent while one looked.
 * @returns {Promise<[import("./store.js").Entry[], import("./store.js").Receipt[]]>}
 */
export async function entriesAndReceipts() {
  const stores = ["entries", "receipts"];
  const [found, told] = await within(stores, "readonly", (of) => Promise.all(stores.map((name) => result(of[name].getAll()))));
  return [inOrder(found), told];
}

/** @param {string} id @returns {Promise<import("./store.js").Entry | undefined>} */
export const entry = (id) => within(["entries"], "readonly", ({ entries }) => result(entries.get(id)));

/** In their order. @param {string} id @returns {Promise<(import("./store.js").Photo & {place: number, arrived?: boolean})[]>} */
export const photosOf = (id) => within(["photos"], "readonly", ({ photos }) => result(photos.getAll(all(id))));

/** @param {string} id @returns {Promise<(import("./store.js").Photo & {place: number}) | undefined>} */
export const firstPhotoOf = (id) => within(["photos"], "readonly", ({ photos }) => result(photos.get([id, 0])));

/**
 * The entry with the change; undefined where it has gone meanwhile.
 * @param {string} id @param {Partial<import("./store.js").Entry>} change @returns {Promise<import("./store.js").Entry | undefined>}
 */
export async function changeEntry(id, change) {
  const changed = await within(["entries"], "readwrite", async ({ entries }) => {
    const before = await result(entries.get(id));
    if (!before) return undefined;
    const after = { ...before, ...change, id };
    entries.put(after);
    return after;
  });
  if (changed) announce({ kind: "changed", id });
  return changed;
}

/**
 * The server has said that it has this photograph, or that it has not.
 * @param {string} id @param {number} place @param {boolean} arrived
 */
export const markPhoto = (id, place, arrived) =>
  within(["photos"], "readwrite", async ({ photos }) => {
    const photo = await result(photos.get([id, place]));
    if (photo) photos.put({ ...photo, arrived });
  });

/** Remove an entry with its photographs. @param {string} id */
export async function dropEntry(id) {
  await within(["entries", "photos"], "readwrite", ({ entries, photos }) => drop(entries, photos, id));
  announce({ kind: "dropped", id });
}

/**
 * The server has it: the receipt takes the entry's place, in one transaction.
 * @param {import("./store.js").Receipt} receipt
 */
export async function settleEntry(receipt) {
  await within(["entries", "photos", "receipts"], "readwrite", ({ entries, photos, receipts }) => {
    drop(entries, photos, receipt.id);
    receipts.put(receipt);
  });
  announce({ kind: "sent", id: receipt.id });
}
