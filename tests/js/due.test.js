// Which entries are somebody's own, and which of them are to be sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isDue, isOwn } from "../../static/js/store/due.js";

const entry = { account: "budi", state: "waiting", declined: [] };

for (const [what, of, account, own] of [
  ["one's own", {}, "budi", true],
  ["another's", {}, "citra", false],
  ["nobody's, with nobody signed in", { account: null }, undefined, true],
  ["nobody's", { account: null }, "citra", true],
  ["nobody's that was said not to be mine", { account: null, declined: ["citra"] }, "citra", false],
  ["nobody's that another said not to be theirs", { account: null, declined: ["citra"] }, "budi", true],
]) {
  test(`${what} is ${own ? "" : "not "}shown as one's own`, () => assert.equal(isOwn({ ...entry, ...of }, account), own));
}

for (const [state, due] of [["waiting", true], ["sign_in", true], ["full", true], ["fix", false], ["conflict", false]]) {
  test(`an entry in the state ${state} is ${due ? "" : "not "}sent by itself`, () => assert.equal(isDue({ ...entry, state }, "budi"), due));
}

test("nothing is sent for nobody, nor for another", () => {
  assert.equal(isDue(entry, undefined), false);
  assert.equal(isDue({ ...entry, account: null }, undefined), false);
  assert.equal(isDue(entry, "citra"), false);
});
