// What the phone's positions of one action tell together: which is the best, by how much the phone's clock is ahead, and what time
// they bear witness to. Moments are milliseconds; `at` is the positioning system's own, `heard` the phone's.

/** @typedef {import("../store/store.js").Fix} Fix */

const WALKED_M_PER_S = 1.4, AGAIN_MS = 5_000;
export const AROUND_MS = 600_000;
/** What the wire takes for a time of ours: some receivers count their weeks wrong. */
const EARLIEST = Date.UTC(2010), LATEST = Date.UTC(2100);

/** The best of the last positions: the finest, where each second of age costs what a walker goes in it. @param {Fix[]} fixes */
export function best(fixes) {
  const newest = Math.max(...fixes.map((fix) => fix.at));
  /** @param {Fix} fix */
  const doubt = ({ accuracy_m, at }) => accuracy_m + ((newest - at) / 1000) * WALKED_M_PER_S;
  return [...fixes].sort((a, b) => doubt(a) - doubt(b) || b.at - a.at)[0];
}

/**
 * By how much the phone's clock is ahead of the positioning system's: two positions told one after the other have the same lead.
 * @param {Fix[]} fixes
 */
export function leadOf(fixes) {
  const leads = fixes.map(({ at, heard = at }) => heard - at);
  const told = fixes.findIndex(({ at }, place) => at > fixes[place - 1]?.at && Math.abs(leads[place] - leads[place - 1]) < AGAIN_MS);
  return told < 0 ? 0 : leads[told];
}

/** The instant as the wire takes it; null for one that no receiver of ours can have meant. @param {number} at */
export const instantOf = (at) => (at >= EARLIEST && at < LATEST ? new Date(at).toISOString() : null);

/** Whether the moment lies in a span or around it; undefined where nobody has said when it began. @param {number} moment @param {number} from @param {number} to */
export const isAround = (moment, from, to) =>
  Number.isNaN(from) ? undefined : moment >= from - AROUND_MS && moment <= to + AROUND_MS;
