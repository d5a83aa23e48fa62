// What follows from an entry and an answer, without asking anybody: which are sent, what is tried again and when, what is refused, and
// what is kept of the server's word.
import { isDue } from "../store/due.js";
import { ENTRY_VERSION } from "../store/store.js";

/** @typedef {Required<Pick<import("./call.js").Told, "status" | "observed_at" | "received_at">> & import("./call.js").Told} Stored */

const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 600_000;
const LONGEST_ASKED_MS = 3_600_000;
export const REFUSALS = [403, 409, 413, 422];
/** What the server says of the place names it: a receipt on a shared phone leaves that to the action's own page. */
const OF_THE_PLACE = /^(radius|area|place|position|site)_/;

/**
 * Whether it is to be sent now. `ask`: true for everything at once, or the id of one entry that a person asked for.
 * @param {import("../store/store.js").Entry} entry @param {string | undefined} who @param {boolean | string} ask @param {number} now
 * @param {boolean} [mayPhotosGo]  else what has only photographs left to send waits for another line
 */
export function isWanted(entry, who, ask, now, mayPhotosGo = true) {
  if (entry.account !== who || !who || entry.version > ENTRY_VERSION || !(mayPhotosGo || !entry.ahead)) return false;
  if (typeof ask === "string") return entry.id === ask;
  if (!isDue(entry, who)) return false;
  const pause = entry.nextTryAt - now;
  // A pause longer than any that we make was reckoned by a clock that has been put right since.
  return ask || pause <= 0 || pause > LONGEST_ASKED_MS;
}

/** Whether the record goes ahead of its photographs. @param {import("../store/store.js").Entry} entry @param {boolean} mayPhotosGo */
export const goesAhead = ({ ahead, body }, mayPhotosGo) => !mayPhotosGo && !ahead && Boolean(body.photos?.length);

/** The body whose photographs may follow: the same content. @template {import("../store/store.js").Body} T @param {T} body @returns {T} */
export const withFollowing = (body) => ({ ...body, photos: (body.photos ?? []).map((photo) => ({ ...photo, follows: true })) });

/** The server's errors as they are those of one photograph. @param {number} place @param {import("./call.js").Told} told */
export const ofPhoto = (place, told) => (told?.errors ?? []).map((each) => ({ ...each, field: `photos[${place}]` }));

/** The places of the photographs that the server says it has not. @param {import("./call.js").Answer} answer @returns {number[]} */
export function missingPhotos({ status, told }) {
  if (status !== 422) return [];
  const missing = (told.errors ?? []).filter((each) => each.code === "photo_missing");
  return missing.map((each) => Number(/\d+/.exec(each.field)?.[0] ?? 0));
}

/**
 * Milliseconds until the next try: each longer than the one before, and no shorter than the server asks, within reason.
 * @param {number} tries  so far @param {number} retryAfterS  what the server asks; 0: nothing
 */
export function pauseMs(tries, retryAfterS) {
  const own = Math.min(SHORTEST_PAUSE_MS * 2 ** Math.min(tries, 10), LONGEST_PAUSE_MS);
  return Math.max(own, Math.min(retryAfterS * 1000, LONGEST_ASKED_MS));
}

/** The server asks to wait with everything, not with this one alone. @param {number} status */
export const asksToWait = (status) => [429, 503, 507].includes(status);

/** Only the moment of sending is refused: the phone's clock is wrong, the record is not. @param {{status: number, errors: {field: string}[]}} problem */
const isOfTheClock = ({ status, errors }) => status === 422 && errors.length > 0 && errors.every(({ field }) => field === "sent_at");

/** The server does not take this record, however often it is sent. @param {{status: number, errors: {field: string}[]}} problem */
export const isRefusal = (problem) => REFUSALS.includes(problem.status) && !isOfTheClock(problem);

/**
 * What the phone keeps of the server's word: no place, no person's name.
 * @param {import("../store/store.js").Entry} entry @param {Stored} told @param {number} now @returns {import("../store/store.js").Receipt}
 */
export function receiptOf(entry, told, now) {
  const worth = (told.findings ?? []).filter((each) => each.level !== "ok" || each.code.startsWith("day_"));
  return {
    id: entry.id, account: entry.account, programme: entry.programme, status: told.status,
    observedAt: told.observed_at, receivedAt: told.received_at, sentAt: now,
    findings: worth.map(({ code, level, sentence }) =>
      OF_THE_PLACE.test(code) ? { code: "place", level } : { code, level, sentence },
    ),
  };
}
