// One row of the outbox: its words, its reason, and which buttons it offers.

import { lineType } from "../send/line.js";
import { ENTRY_VERSION, shortNumber } from "../store/store.js";

/** So long the server waits for photographs before it says that they never came. */
const FOLLOWS_MS = 7 * 86_400_000;

/** The sentence with its values filled in. @param {string} sentence @param {Record<string, unknown>} values */
export const said = (sentence, values = {}) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

/**
 * @typedef {import("../store/store.js").Entry} Entry
 * @typedef {import("../store/store.js").Draft} Draft
 * @typedef {import("../store/store.js").Receipt} Receipt
 * @typedef {Record<"told" | "states" | "programmes" | "fields" | "put_right", Record<string, string>>} Tables
 * @typedef {Record<"at" | "soon" | "minutes" | "photos" | "ended" | "running" | "in_hand" | "refused" | "counted" | "place" | "sure" |
 *   "clear_drafts" | "discard_photos" | "discard_once" | "discard_perhaps" | "discard_twice", string>} Sentences
 * @typedef {Tables & Sentences} Words  of the page: templates/sync/outbox_words.html
 * @typedef {{id: string, photo?: number, of?: number}} Sending
 * @typedef {{account: string | null, sending?: Sending | null}} Around
 */

const language = () => document.documentElement.lang;

/** "Senin, 23 November 2026, 07.05 WIB", as the server says moments. @param {string | number} instant */
function moment(instant) {
  const when = new Date(instant);
  /** @type {Intl.DateTimeFormatOptions} */
  const day = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  const date = new Intl.DateTimeFormat(language() === "en" ? "en-GB" : "id", day).format(when);
  return `${language() === "en" ? date.replace(/^(\w+) /, "$1, ") : date}, ${clock(when)}`;
}

/** @param {Date} when */
function clock(when) {
  const parts = new Intl.DateTimeFormat("id", { hour: "2-digit", minute: "2-digit", timeZoneName: "short" }).formatToParts(when);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${part.hour}${language() === "en" ? ":" : "."}${part.minute} ${part.timeZoneName ?? ""}`.trim();
}

/** @param {ParentNode} row @param {Record<string, string>} texts */
function write(row, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const place = /** @type {HTMLElement} */ (row.querySelector(`[data-fill="${name}"]`));
    place.hidden = !text;
    if (place.textContent !== text) place.textContent = text;
  }
}

/** Show the one of the ready-made tags that fits. @param {ParentNode} row @param {string} name */
function tag(row, name) {
  for (const each of row.querySelectorAll("[data-tag]")) each.hidden = each.dataset.tag !== name;
}

/** @param {ParentNode} row @param {string[]} offered */
function offer(row, offered) {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("[data-offer]"))) {
    each.hidden = !offered.includes(String(each.dataset.offer));
  }
}

/** @param {ParentNode} row @param {string[]} lines */
function reasons(row, lines) {
  const list = /** @type {HTMLElement} */ (row.querySelector('[data-fill="reasons"]'));
  list.hidden = !lines.length;
  list.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
}

/** @param {Entry} entry @param {Words} words */
function about(entry, words) {
  const { captured_at: begun, minutes, photos } = entry.body;
  const parts = [begun && moment(begun), minutes && said(words.minutes, { n: minutes })];
  if (photos?.length) parts.push(said(words.photos, { n: photos.length }));
  return parts.filter(Boolean).join(" · ");
}

/** Which of the page's sentences tells how the entry stands. @param {Entry} entry @param {Around} around @returns {keyof typeof OFFERS} */
function standing(entry, { account, sending }) {
  if (sending?.id === entry.id) return sending.photo ? "sending_photo" : "sending";
  if (entry.ahead && account) return lineType() ? "ahead" : "ahead_asked";
  if (entry.version > ENTRY_VERSION) return "newer";
  if (entry.account === null) return account ? "whose" : "unclaimed";
  if (entry.problem?.status === 413) return "too_large";
  if (entry.state === "full" && entry.problem?.status === 422) return "clock";
  if (entry.state === "conflict") return entry.problem?.stored ? "conflict_stored" : "conflict";
  // Its owner has signed in again since: else it would not be shown.
  if (entry.state === "sign_in") return account ? "waiting" : "sign_in";
  if (entry.state !== "full") return entry.state;
  return entry.problem?.status === 429 ? "too_often" : entry.problem?.status === 507 ? "server_full" : "server_away";
}

const OFFERS = {
  waiting: ["retry", "discard"], sending: [], sending_photo: [], sign_in: ["sign_in", "discard"], fix: ["fix", "discard"],
  conflict: ["fix", "discard"], conflict_stored: ["look", "fix", "discard"], too_large: ["fix", "retry", "discard"],
  clock: ["retry", "discard"],
  too_often: ["retry", "discard"], server_full: ["retry", "discard"], server_away: ["retry", "discard"],
  ahead: ["photos", "look", "discard"], ahead_asked: ["photos", "look", "discard"],
  newer: ["discard"], whose: ["claim"], unclaimed: ["sign_in", "discard"],
};

/**
 * @param {HTMLElement} row @param {Entry} entry @param {Words} words @param {Around} around
 */
export function fillEntry(row, entry, words, around) {
  const state = standing(entry, around);
  const { problem } = entry;
  row.dataset.state = state;
  row.dataset.programme = entry.programme;
  const again = entry.nextTryAt > Date.now() ? said(words.at, { clock: clock(new Date(entry.nextTryAt)) }) : words.soon;
  const isKnown = entry.programme in words.programmes;
  const detail = (state === "fix" && problem?.status === 403 && problem.detail) || "";
  write(row, {
    title: words.programmes[entry.programme] ?? entry.programme,
    about: about(entry, words),
    number: shortNumber(entry.id),
    sentence: detail || said(words.states[state], { again, until: entry.ahead ? moment(entry.ahead + FOLLOWS_MS) : "", ...around.sending }),
  });
  const named = (problem?.errors ?? []).map((each) => {
    const [, name = "", place] = /^(\w+)(?:\[(\d+)\])?/.exec(each.field) ?? [];
    const field = words.fields[name] && `${words.fields[name]}${place ? ` ${Number(place) + 1}` : ""}`;
    return field ? `${field}: ${each.message}` : each.message;
  });
  const refused = ["fix", "too_large", "conflict", "conflict_stored"].includes(state);
  if (state === "fix" && !named.length && !detail && problem?.detail) named.push(problem.detail);
  row.dataset.told = refused ? [words.put_right[state], named.length ? "" : detail].filter(Boolean).join(" ") : "";
  if (!refused) named.length = 0;
  // Its form is not on this phone: opened again it could not be shown.
  if (refused && !isKnown) named.push(words.ended);
  reasons(row, named);
  tag(row, state);
  offer(row, OFFERS[state].filter((each) => each !== "fix" || isKnown));
  /** @type {HTMLAnchorElement} */ (row.querySelector('[data-offer="look"]')).href = `/aksi/${entry.id}`;
}

/** Where a draft is gone on with. @param {string} programme @param {string} id */
export const draftAddress = (programme, id) => `/catat?program=${encodeURIComponent(programme)}&draf=${encodeURIComponent(id)}`;

/** @param {{run?: import("../store/store.js").Run | null}} draft */
export const isRunning = ({ run }) => Boolean(run?.start && !run.stop);

/** @param {HTMLElement} row @param {Draft} draft @param {Words} words @param {boolean} isInHand  some page has it open */
export function fillDraft(row, draft, words, isInHand) {
  const isKnown = draft.programme in words.programmes;
  const about = [
    moment(draft.changedAt), draft.body?.photos?.length && said(words.photos, { n: draft.body.photos.length }),
    isRunning(draft) && words.running, isInHand && words.in_hand, draft.problem && words.refused, !isKnown && words.ended,
  ];
  write(row, { title: words.programmes[draft.programme] ?? draft.programme, about: about.filter(Boolean).join(" · ") });
  const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a"));
  link.href = draftAddress(draft.programme, draft.id);
  link.hidden = isInHand || !isKnown;
  /** @type {HTMLElement} */ (row.querySelector('[data-do="drop_draft"]')).hidden = isInHand;
}

/** @param {HTMLElement} row @param {Receipt} receipt @param {Words} words */
export function fillReceipt(row, receipt, words) {
  const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a"));
  link.href = `/aksi/${receipt.id}`;
  write(row, {
    title: words.programmes[receipt.programme] ?? receipt.programme,
    number: shortNumber(receipt.id),
    sentence: said(words.counted, { when: moment(receipt.observedAt) }),
  });
  tag(row, receipt.status);
  const places = receipt.findings.some((each) => each.code === "place");
  const lines = receipt.findings.flatMap(({ sentence }) => sentence || []);
  reasons(row, places ? [...lines, words.place] : lines);
}
