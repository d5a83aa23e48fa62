// One request to our own wire, and who is signed in. Used by pages and by the service worker.

import { clearPresent, setPresent, unlessFull } from "../store/store.js";

/** No answer of ours came: no signal, a reply that was cut, or a stranger's page in between (a hotel's, a mall's). */
export class Unreachable extends Error {
  name = "Unreachable";
}

const PATIENCE_MS = 60_000;
/** A photograph over a very poor line; what is larger than 350 KB (HEIC) is given longer. */
const PHOTO_PATIENCE_MS = 300_000;
const SLOWEST_BYTES_PER_MS = 8;
/** A gate before the server may say these without our words. */
const SAID_BY_GATES = new Set([413, 429, 502, 503, 504]);

/**
 * What an answer of ours may say, as far as a phone reads it; docs/wire.md has the whole.
 * @typedef {import("../store/store.js").Site} Site
 * @typedef {{code: string, level: string, sentence: string}} Finding
 * @typedef {{
 *   id?: string, sites?: Site[], programmes?: {programme: string, name: string}[], sha256?: string,
 *   status?: string, observed_at?: string, received_at?: string, findings?: Finding[], photos?: {follows?: boolean}[],
 *   type?: string, detail?: string, errors?: {field: string, code: string, message: string}[],
 * }} Told
 * @typedef {{status: number, told: Told, retryAfterS: number}} Answer
 */

/**
 * @param {string} method @param {string} path
 * @param {{account?: string, json?: object, photo?: {type: string, bytes: ArrayBuffer}}} [what]  account: for whom it is meant
 * @returns {Promise<Answer>} only answers of ours; Unreachable for all else
 */
export async function call(method, path, { account, json, photo } = {}) {
  /** @type {Record<string, string>} */
  const headers = { "X-Sabuk": "1", Accept: "application/json" };
  if (account) headers["X-Sabuk-Account"] = account;
  if (json) headers["Content-Type"] = "application/json";
  if (photo) headers["Content-Type"] = photo.type;
  const body = photo ? photo.bytes : json && JSON.stringify(json);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), photo ? PHOTO_PATIENCE_MS + photo.bytes.byteLength / SLOWEST_BYTES_PER_MS : PATIENCE_MS);
  const { signal } = patience;
  let answer, told;
  try {
    answer = await fetch(path, { method, headers, body, signal, cache: "no-store", redirect: "error" });
    told = await answer.json().catch((error) => {
      if (error instanceof SyntaxError) return null;
      throw error;
    });
  } catch (error) {
    throw new Unreachable("No answer.", { cause: error });
  } finally {
    clearTimeout(timer);
  }
  const { status } = answer;
  const ours = status < 400 ? told !== null : String(told?.type).startsWith("urn:sabuk:problem:") || SAID_BY_GATES.has(status);
  if (!ours) throw new Unreachable(`A stranger answered ${status}.`);
  return { status, told, retryAfterS: Number(answer.headers.get("Retry-After")) || 0 };
}

/**
 * Ask the server who is signed in here, and remember it.
 * @returns {Promise<string | undefined>} the account; undefined: nobody
 */
export async function askWho() {
  const { status, told } = await call("GET", "/api/v1/me");
  if (status === 401) {
    await clearPresent();
    return undefined;
  }
  if (status !== 200 || !told.id || !told.programmes) throw new Unreachable(`Who is signed in was answered ${status}.`);
  const programmes = told.programmes.map(({ programme, name }) => ({ programme, name }));
  // A phone without room believes what it believed; what is sent names for whom it is meant.
  await setPresent({ account: told.id, sites: /** @type {Site[]} */ (told.sites), programmes, seenAt: Date.now() }).catch(unlessFull);
  return told.id;
}
