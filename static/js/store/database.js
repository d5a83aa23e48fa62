// The database on this phone, and transactions over its stores. Version 1; later versions only add, so that older code can go on.

export const NAME = "sabuk";
export const VERSION = 1;

/** The phone has no room left; nothing was kept. */
export class StorageFull extends Error {
  name = "StorageFull";
}

/** How long a storage that does not answer is waited for; writing photographs may take a slow phone a while. */
const OPEN_MS = 10_000, MS = { readonly: 10_000, readwrite: 40_000 }, ABORT_MS = 1_000;

/** What comes of the work, or an error where it takes longer: some browsers neither answer nor fail. @template T @param {Promise<T>} work @param {number} ms @returns {Promise<T>} */
export function inTime(work, ms) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new DOMException("", "TimeoutError")), ms)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** A note that may be left out where there is no room for it. @param {unknown} error @returns {undefined} */
export function unlessFull(error) {
  if (!(error instanceof StorageFull)) throw error;
}

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

/** The database, opened once. A newer version of it, left by newer code, is used as it is. */
export function open() {
  return (opened ??= inTime(
    openAs(VERSION).catch((error) => {
      if (error?.name !== "VersionError") throw error;
      return openAs(undefined);
    }),
    OPEN_MS,
  ).catch((error) => {
    opened = null;
    throw error;
  }));
}

/** @param {number | undefined} version @returns {Promise<IDBDatabase>} */
function openAs(version) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, version);
    request.onupgradeneeded = (event) => upgrade(request.result, event.oldVersion);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const leave = () => (opened = null);
      db.onclose = leave;
      // Newer code wants to add to the stores: give way, the next use opens them again.
      db.onversionchange = () => {
        leave();
        db.close();
      };
      resolve(db);
    };
  });
}

/** @param {IDBDatabase} db @param {number} from */
function upgrade(db, from) {
  if (from < 1) {
    db.createObjectStore("entries", { keyPath: "id" });
    db.createObjectStore("photos", { keyPath: ["entry", "place"] });
    db.createObjectStore("drafts", { keyPath: "id" });
    db.createObjectStore("draft_photos", { keyPath: ["draft", "place"] });
    db.createObjectStore("receipts", { keyPath: "id" });
    db.createObjectStore("present");
  }
}

/**
 * One transaction over these stores. What is written is on the disk, or nothing of it is, when this resolves.
 * @template T
 * @param {string[]} names @param {"readonly" | "readwrite"} mode
 * @param {(stores: Record<string, IDBObjectStore>) => T | Promise<T>} work  may await only requests of the transaction
 * @returns {Promise<T>}
 */
export async function within(names, mode, work) {
  const begin = async () => (await open()).transaction(names, mode, { durability: "strict" });
  // Some browsers lose the connection and tell nobody: it is made anew.
  const transaction = await begin().catch(() => {
    opened = null;
    return begin();
  });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("", "AbortError"));
  });
  try {
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    const worked = Promise.resolve(work(stores)).catch((error) => {
      abort(transaction);
      throw error;
    });
    const [result] = await inTime(Promise.all([worked, done]), MS[mode]);
    return result;
  } catch (error) {
    abort(transaction);
    await inTime(done, ABORT_MS).catch(() => {});
    const full = [error, transaction.error].some((each) => /** @type {{name?: string} | null} */ (each)?.name === "QuotaExceededError");
    throw full ? new StorageFull("There is no room left on this phone.", { cause: error }) : error;
  }
}

/** @param {IDBTransaction} transaction */
function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Every key that begins with the id. @param {string} id */
export const all = (id) => IDBKeyRange.bound([id], [id, []]);
