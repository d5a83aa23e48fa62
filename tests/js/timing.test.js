// How long an action lasted by a phone's clock, also one that was set meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lastedMs, minutesOf, phaseOf, setBy } from "../../static/js/recorder/timing.js";

const NOW = Date.UTC(2026, 10, 23), MINUTE = 60_000;
const since = (minutes) => ({ start: NOW - minutes * MINUTE });

test("what has not begun has not lasted", () => assert.equal(lastedMs({}, NOW), 0));
test("what runs lasts until now, what was stopped until then", () => {
  assert.equal(lastedMs(since(3), NOW), 3 * MINUTE);
  assert.equal(lastedMs({ ...since(9), stop: NOW - 4 * MINUTE }, NOW), 5 * MINUTE);
});
test("a clock that was put back never makes it negative", () => assert.equal(lastedMs(since(-5), NOW), 0));
test("only whole minutes count", () => assert.equal(minutesOf({ start: NOW - 2 * MINUTE + 1 }, NOW), 1));

for (const [run, phase] of [
  [{}, "idle"], [since(0), "short"], [since(14), "short"], [since(15), "enough"], [since(59), "enough"], [since(60), "long"],
  [since(120), "long"], [since(121), "unsure"], [since(-1), "unsure"], [{ ...since(200), stop: NOW - 170 * MINUTE }, "enough"],
]) {
  test(`${JSON.stringify(run)} of 15 to 60 minutes is ${phase}`, () => assert.equal(phaseOf(run, 15, 60, NOW), phase));
}

const look = (clockS, evenS, inSight = true) => ({ clock: NOW + clockS * 1_000, even: evenS * 1_000, inSight });

for (const [what, before, now, seconds] of [
  ["a first look", undefined, look(0, 0), 0],
  ["a clock that goes", look(0, 0), look(10, 10), 0],
  ["a little drift", look(0, 0), look(39, 10), 0],
  ["an hour put forward in sight", look(0, 0), look(3610, 10), 3600],
  ["an hour put forward out of sight, or slept through", look(0, 0, false), look(3610, 10), 0],
  ["an hour put back in sight", look(0, 0), look(-3590, 10), -3600],
  ["an hour put back out of sight", look(0, 0, false), look(-3590, 10), -3600],
]) {
  test(`${what} was set by ${seconds} s`, () => assert.equal(setBy(before, now), seconds * 1_000));
}
