// Between the plain form and the wire's body.
import assert from "node:assert/strict";
import { test } from "node:test";

process.env.TZ = "Asia/Jakarta";
const { bodyOf, forField, withZone } = await import("../../static/js/recorder/record-body.js");

const BEGAN = new Date("2026-11-23T00:05:42.500Z");
const FIX = { lon: 107.6, lat: -6.9, source: "device", accuracy_m: 8 };

/** A form as far as the body asks one: fields by their names, and which measures it has. @param {Record<string, string>} values @param {string} [measures] */
function form(values, measures = "kg bags/kg") {
  const field = (value) => ({ value, valueAsNumber: value.trim() === "" ? NaN : Number(value.replace(",", ".")) });
  const fields = Object.fromEntries(Object.entries({ started: forField(BEGAN), minutes: "20", note: "", rw: "", kg: "", bags: "", ...values }).map(([name, value]) => [name, field(value)]));
  return { dataset: { programme: "gps", measures }, elements: { namedItem: (name) => fields[name] ?? null } };
}

test("an instant is told with the zone of the phone", () => {
  assert.equal(withZone(BEGAN), "2026-11-23T07:05:42+07:00");
  assert.equal(forField(BEGAN), "2026-11-23T07:05");
});

test("the body holds what the form holds", () => {
  assert.deepEqual(bodyOf(form({ kg: "3,5", note: " Bersih ", rw: "04" }), undefined, FIX), {
    programme: "gps", captured_at: "2026-11-23T07:05:00+07:00", minutes: 20, fix: FIX, site: null, rt: null, rw: "04",
    measures: { kg: 3.5 }, on_behalf_of: null, note: "Bersih",
  });
});

test("the timer's second stands where the field says the same minute, else the field", () => {
  assert.equal(bodyOf(form({}), BEGAN.getTime(), null).captured_at, "2026-11-23T07:05:42+07:00");
  assert.equal(bodyOf(form({ started: "2026-11-23T06:00" }), BEGAN.getTime(), null).captured_at, "2026-11-23T06:00:00+07:00");
});

test("what is no number yet stands as it was typed, what is empty is not said", () => {
  const body = bodyOf(form({ minutes: "dua puluh", kg: "1.250.5x" }), undefined, null);
  assert.deepEqual([body.minutes, body.measures], ["dua puluh", { kg: "1.250.5x" }]);
  assert.deepEqual([bodyOf(form({ minutes: " " }), undefined, null).minutes, bodyOf(form({ started: "" }), undefined, null).captured_at], [null, null]);
});

test("a way of measuring is told only where something was measured", () => {
  assert.deepEqual(bodyOf(form({ bags: "2" }), undefined, null).measures, {});
  assert.deepEqual(bodyOf(form({ kg: "3", bags: "2" }), undefined, null).measures, { kg: 3, bags: 2 });
});
