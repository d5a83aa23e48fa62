// What is sent, what is tried again and when, and what the phone keeps of an answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asksToWait, goesAhead, isRefusal, isWanted, missingPhotos, ofPhoto, pauseMs, receiptOf, withFollowing,
} from "../../static/js/send/decisions.js";

const NOW = Date.UTC(2026, 10, 23);
const entry = { id: "1", account: "budi", programme: "gps", version: 1, state: "waiting", tries: 0, nextTryAt: 0 };

for (const [what, of, who, ask, wanted] of [
  ["one's own that waits", {}, "budi", false, true],
  ["one whose pause is not over", { nextTryAt: NOW + 1 }, "budi", false, false],
  ["one whose pause is not over, when everything is asked for", { nextTryAt: NOW + 1 }, "budi", true, true],
  ["one whose pause is over", { nextTryAt: NOW }, "budi", false, true],
  ["one with a pause of a clock that was wrong", { nextTryAt: NOW + 3_600_001 }, "budi", false, true],
  ["one that the server refused", { state: "fix" }, "budi", true, false],
  ["one that the server refused, asked for by its id", { state: "fix" }, "budi", "1", true],
  ["another than the one asked for", {}, "budi", "2", false],
  ["another account's", {}, "citra", true, false],
  ["anything with nobody signed in", { account: undefined }, undefined, true, false],
  ["what a later version wrote", { version: 2 }, "budi", true, false],
]) {
  test(`${what} is ${wanted ? "" : "not "}sent`, () => assert.equal(Boolean(isWanted({ ...entry, ...of }, who, ask, NOW)), wanted));
}

for (const [tries, asked, pause] of [[0, 0, 5_000], [1, 0, 10_000], [6, 0, 320_000], [7, 0, 600_000], [500, 0, 600_000], [0, 120, 120_000], [7, 1, 600_000], [0, 86_400, 3_600_000]]) {
  test(`after ${tries} tries, asked to wait ${asked} s, the next comes in ${pause / 1000} s`, () => assert.equal(pauseMs(tries, asked), pause));
}

for (const [status, fields, refused] of [
  [403, [], true], [409, [], true], [413, [], true], [422, ["minutes"], true], [422, [], true],
  [422, ["sent_at"], false], [422, ["sent_at", "minutes"], true],
  [401, [], false], [429, [], false], [500, [], false], [503, [], false], [507, [], false],
]) {
  test(`${status} of ${fields.join(" and ") || "no field"} is ${refused ? "a refusal" : "tried again"}`, () =>
    assert.equal(isRefusal({ status, errors: fields.map((field) => ({ field })) }), refused));
}

test("a full or overrun server asks to wait with everything, a broken one with this alone", () => {
  assert.deepEqual([429, 503, 507, 500, 422].map(asksToWait), [true, true, true, false, false]);
});

test("the photographs that the server has not are named by their places", () => {
  const errors = [{ field: "photos[2].sha256", code: "photo_missing" }, { field: "minutes", code: "range" }, { field: "photos[0]", code: "photo_missing" }];
  assert.deepEqual(missingPhotos({ status: 422, told: { errors } }), [2, 0]);
  assert.deepEqual(missingPhotos({ status: 422, told: {} }), []);
  assert.deepEqual(missingPhotos({ status: 503, told: { errors } }), []);
});

test("an error of a photograph by itself stands at its place in the record", () => {
  assert.deepEqual(ofPhoto(1, { errors: [{ field: "body", code: "kind", message: "x" }] }), [{ field: "photos[1]", code: "kind", message: "x" }]);
  assert.deepEqual(ofPhoto(1, null), []);
});

test("a receipt keeps no place and no name, and nothing that is as it should be but what is said of the day", () => {
  const finding = (code, level) => ({ code, level, sentence: "…" });
  const findings = [finding("radius_outside", "hold"), finding("day_ok", "ok"), finding("minutes_ok", "ok"), finding("minutes_long", "look")];
  const told = { status: "held", observed_at: "2026-11-23T00:05:00Z", received_at: "2026-11-23T00:06:00Z", findings, person: "Budi", fix: { lon: 107 } };
  assert.deepEqual(receiptOf(entry, told, NOW), {
    id: "1", account: "budi", programme: "gps", status: "held",
    observedAt: told.observed_at, receivedAt: told.received_at, sentAt: NOW,
    findings: [{ code: "place", level: "hold" }, finding("day_ok", "ok"), finding("minutes_long", "look")],
  });
});

const photographed = { ...entry, body: { photos: [{ sha256: "a", role: "after" }], note: "x" } };

for (const [what, of, may, ahead] of [
  ["with photographs that have to wait for another line", {}, false, true],
  ["whose photographs may go too", {}, true, false],
  ["that the server has already", { ahead: NOW }, false, false],
  ["without photographs", { body: { photos: [] } }, false, false],
  ["of an older version, which names none", { body: {} }, false, false],
]) {
  test(`a record ${what} goes ${ahead ? "ahead" : "as a whole or not"}`, () => assert.equal(goesAhead({ ...photographed, ...of }, may), ahead));
}

for (const [ask, may, wanted] of [[false, false, false], [true, false, false], ["1", false, false], [false, true, true], ["1", true, true]]) {
  test(`photographs that follow ${wanted ? "go" : "wait"}, asked: ${ask}, line: ${may}`, () =>
    assert.equal(isWanted({ ...photographed, ahead: NOW }, "budi", ask, NOW, may), wanted));
}

test("what goes ahead says of each photograph that it follows, and nothing else of it changes", () => {
  assert.deepEqual(withFollowing(photographed.body), { photos: [{ sha256: "a", role: "after", follows: true }], note: "x" });
  assert.deepEqual(photographed.body.photos, [{ sha256: "a", role: "after" }]);
});
