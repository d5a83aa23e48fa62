// How long an action has lasted by two moments of the phone's clock, in milliseconds, and what that is worth.

/** @typedef {import("../store/store.js").Run} Run */

/** From here on the clock has not gone wrong, it was set. */
const SET_MS = 30_000;

/** A clock that was put back never makes it negative. @param {Run} run @param {number} now */
export const lastedMs = ({ start, stop }, now) => (start ? Math.max((stop ?? now) - start, 0) : 0);

/** Whole minutes, as the wire counts them. @param {Run} run @param {number} now */
export const minutesOf = (run, now) => Math.floor(lastedMs(run, now) / 60_000);

/**
 * "idle", "short", "enough", "long"; "unsure", of which nobody knows how long it was: twice as long as any action counts, or with a
 * start that is to come.
 * @param {Run} run @param {number} shortest  minutes @param {number} longest  minutes @param {number} now
 */
export function phaseOf(run, shortest, longest, now) {
  const { start, stop = now } = run, minutes = minutesOf(run, now);
  if (!start) return "idle";
  return minutes > 2 * longest || start > stop ? "unsure" : minutes < shortest ? "short" : minutes < longest ? "enough" : "long";
}

/** Two digits of a whole number. @param {number} number */
export const two = (number) => String(number).padStart(2, "0");

/** @typedef {{clock: number, even: number, inSight: boolean}} Look  `even`: of a clock that nobody sets, which may stop while the phone sleeps */

/**
 * By how much the clock was set between two looks at it; 0 where it was not. Put back, it was set for certain; put forward only in
 * sight, for out of sight the phone may have slept.
 * @param {Look | undefined} before @param {Look} now
 */
export function setBy(before, now) {
  const jump = before ? now.clock - before.clock - (now.even - before.even) : 0;
  return Math.abs(jump) < SET_MS || (jump > 0 && !before?.inSight) ? 0 : jump;
}
