// The outbox as a file, and back: entries keep their ids and their accounts, so that nothing is counted twice.
// Each entry is a text with its SHA-256; the whole has the SHA-256 of these. A file that was changed or cut is refused.

import { photosOf } from "../store/entry-store.js";
import { ENTRY_VERSION, StorageFull, entries, keepEntry, sha256 } from "../store/store.js";

const FORMAT = "sabuk-kotak-keluar";
const VERSION = 1;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KIND = /^image\/[\w.+-]+$/;
const LARGEST_BYTES = 400 * 1024 * 1024;
const MOST_PHOTOS = 6;

/** @param {string} text */
const digestOf = (text) => sha256(new TextEncoder().encode(text).buffer);

/** @param {ArrayBuffer} bytes @returns {Promise<string>} */
const base64 = (bytes) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes]));
  });

/** @param {string} text @returns {ArrayBuffer} */
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;

/** The file. @param {import("../store/store.js").Entry[]} chosen @returns {Promise<Blob>} */
export async function saved(chosen) {
  const parts = [];
  const digests = [];
  for (const { id, version, account, programme, body, keptAt } of chosen) {
    const photos = await photosOf(id);
    const packed = photos.map(async ({ type, role, bytes }) => ({ type, role, base64: await base64(bytes) }));
    const content = JSON.stringify({ id, version, account, programme, body, keptAt, photos: await Promise.all(packed) });
    digests.push(await digestOf(content));
    parts.push(`${parts.length ? "," : ""}\n${JSON.stringify({ content, sha256: digests.at(-1) })}`);
  }
  const whole = await digestOf(digests.join("\n"));
  const head = { format: FORMAT, version: VERSION, saved_at: new Date().toISOString(), sha256: whole };
  return new Blob([JSON.stringify(head).slice(0, -1), ',"entries":[', ...parts, "\n]}\n"], { type: "application/json" });
}

/**
 * Take a file in. `problem` names the sentence for what is wrong with it; nothing of such a file is kept.
 * @param {File} file
 * @returns {Promise<{problem?: "file_foreign" | "file_newer" | "file_broken" | "no_room", taken: number, known: number}>}
 */
export async function takenIn(file) {
  const nothing = { taken: 0, known: 0 };
  let whole;
  try {
    if (file.size > LARGEST_BYTES) return { problem: "file_foreign", ...nothing };
    whole = JSON.parse(await file.text());
  } catch {
    return { problem: "file_broken", ...nothing };
  }
  if (whole?.format !== FORMAT) return { problem: "file_foreign", ...nothing };
  if (!(whole.version <= VERSION)) return { problem: "file_newer", ...nothing };
  const found = await read(whole).catch(() => null);
  if (!found) return { problem: "file_broken", ...nothing };
  if (found.some((each) => each.version > ENTRY_VERSION)) return { problem: "file_newer", ...nothing };
  const here = new Set((await entries()).map((entry) => entry.id));
  const news = found.filter((each) => !here.has(each.id));
  let taken = 0;
  try {
    for (const { photos, ...entry } of news) {
      await keepEntry(entry, photos);
      taken += 1;
    }
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    return { problem: "no_room", taken, known: found.length - news.length };
  }
  return { taken, known: found.length - news.length };
}

/**
 * What a file claims to hold: nothing of it is believed before its digests and its parts were looked at.
 * @typedef {{entries?: {content: string, sha256: string}[], sha256?: string}} Claimed
 * @typedef {{type: string, role: string | null, base64: string}} PackedPhoto
 * @typedef {Pick<import("../store/store.js").Entry, "id" | "version" | "account" | "programme" | "body" | "keptAt">} Content
 */

/** The entries of a file whose every digest is right; null for any other. @param {Claimed} whole */
async function read(whole) {
  if (!Array.isArray(whole.entries)) return null;
  const digests = [];
  const found = [];
  for (const { content, sha256: told } of whole.entries) {
    if (typeof content !== "string" || (await digestOf(content)) !== told) return null;
    digests.push(told);
    /** @type {Content & {photos: PackedPhoto[]}} */
    const { photos: packed, id, version, account, programme, body, keptAt } = JSON.parse(content);
    const photos = packed.map(({ type, role, base64: text }) => ({ type, role, bytes: bytesOf(text) }));
    const entry = { id, version, account, programme, body, keptAt };
    if (!(await isWhole(entry, photos))) return null;
    found.push({ ...entry, photos });
  }
  return (await digestOf(digests.join("\n"))) === whole.sha256 ? found : null;
}

/** @param {Content} entry @param {{type: string, bytes: ArrayBuffer}[]} photos */
async function isWhole({ id, version, account, programme, body, keptAt }, photos) {
  const times = [keptAt, body?.captured_at].every((each) => typeof each === "string" && !Number.isNaN(Date.parse(each)));
  const texts = times && typeof programme === "string" && photos.every(({ type }) => KIND.test(type));
  const ids = ID.test(id) && (account === null || ID.test(account)) && Number.isInteger(version);
  if (!texts || !ids || photos.length > MOST_PHOTOS || photos.length !== body.photos?.length) return false;
  const names = await Promise.all(photos.map((photo) => sha256(photo.bytes)));
  return names.every((name, place) => name === body.photos?.[place].sha256);
}
