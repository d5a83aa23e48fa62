// Numbers as people type them: the server is held to the same table (tests/core/test_numerals.py).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readNumber, writeNumber } from "../../static/js/common/numerals.js";

const { read, written } = JSON.parse(readFileSync(new URL("../numerals.json", import.meta.url), "utf8"));

for (const { text, ...said } of read) {
  test(`${JSON.stringify(text)} is read as the table says`, () => {
    for (const [kind, number] of Object.entries(said)) assert.equal(readNumber(text, kind), number, kind);
  });
}

for (const { number, ...shown } of written) {
  test(`${number} is written as the table says, and reads as itself again`, () => {
    for (const [lang, text] of Object.entries(shown)) {
      assert.equal(writeNumber(number, lang), text);
      assert.equal(readNumber(text, "amount"), number);
    }
  });
}

test("a number of any length is answered at once", () => {
  for (const text of ["9".repeat(400), `0,${"1".repeat(400)}`, `1${".000".repeat(200)}`]) assert.equal(readNumber(text, "amount"), "number");
});
