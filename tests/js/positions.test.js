// Which of a phone's positions is taken, and what time it bears witness to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { best, instantOf, isAround, leadOf } from "../../static/js/recorder/positions.js";

const NOW = Date.UTC(2026, 10, 23), S = 1_000, MINUTE = 60_000;
const fix = (accuracy_m, agoS, more = {}) => ({ lon: 107.6, lat: -6.9, accuracy_m, at: NOW - agoS * S, ...more });

test("a position that settles wins over the first coarse one", () => {
  assert.equal(best([fix(400, 9), fix(30, 5), fix(8, 0)]).accuracy_m, 8);
});

test("a fine one that is old loses by what a walker goes meanwhile", () => {
  assert.equal(best([fix(5, 10), fix(20, 0)]).accuracy_m, 5, "14 m in ten seconds");
  assert.equal(best([fix(5, 11), fix(20, 0)]).accuracy_m, 20, "15.4 m in eleven");
});

test("of two that are equally good the newer is taken", () => {
  assert.equal(best([fix(14, 10), fix(28, 0)]).at, NOW);
});

test("the phone's lead is that of two positions told one after the other", () => {
  const heard = (agoS, leadS) => fix(10, agoS, { heard: NOW - agoS * S + leadS * S });
  assert.equal(leadOf([heard(20, 600), heard(10, 602)]), 602 * S);
  assert.equal(leadOf([heard(20, 600)]), 0, "one alone may be old");
  assert.equal(leadOf([heard(900, 900), heard(10, 2)]), 0, "the first was one that the phone still had");
  assert.equal(leadOf([heard(10, 600), heard(10, 600)]), 0, "the same one told twice");
  assert.equal(leadOf([]), 0);
});

test("a time that no receiver of ours can mean is none", () => {
  assert.equal(instantOf(NOW), "2026-11-23T00:00:00.000Z");
  for (const wrong of [0, Date.UTC(2009, 11, 31), Date.UTC(2100), NaN]) assert.equal(instantOf(wrong), null);
});

test("a moment is around the action from ten minutes before to ten minutes after it", () => {
  const [from, to] = [NOW, NOW + 20 * MINUTE];
  assert.deepEqual([from - 10 * MINUTE, from - 10 * MINUTE - 1, to + 10 * MINUTE, to + 10 * MINUTE + 1].map((at) => isAround(at, from, to)), [true, false, true, false]);
  assert.equal(isAround(NOW, NaN, NaN), undefined, "nobody has said when that was");
});
