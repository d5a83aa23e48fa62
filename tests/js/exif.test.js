// What a camera wrote, read from bytes. Files of real encoders and the server's table are held to in tests/browser/test_camera_words.py.
import assert from "node:assert/strict";
import { test } from "node:test";

process.env.TZ = "Asia/Jakarta";
const { cameraWords } = await import("../../static/js/photos/exif.js");

const NOW = Date.UTC(2026, 10, 16, 8);
const ASCII = 2, LONG = 4, RATIONAL = 5;
const SAYS = { taken_at: "2026-11-16T00:10:30.000Z", lon: 107.61872, lat: -6.90249 };

/** A JPEG's head with these tags: taken, offset, latitude, longitude. @param {{little?: boolean, taken?: string, offset?: string}} [what] */
function picture({ little = true, taken = "2026:11:16 07:10:30", offset = "+07:00" } = {}) {
  const bytes = [], view = (size, put) => {
    const part = new DataView(new ArrayBuffer(size));
    put(part);
    return [...new Uint8Array(part.buffer)];
  };
  const u16 = (n) => view(2, (v) => v.setUint16(0, n, little)), u32 = (n) => view(4, (v) => v.setUint32(0, n, little));
  const text = (words) => [...words, "\0"].map((letter) => letter.charCodeAt(0));
  const angle = (...parts) => parts.flatMap(([above, below]) => [...u32(above), ...u32(below)]);
  const directory = (entries, at) => {
    const rows = [...u16(entries.length)], values = [];
    for (const [tag, type, count, content] of entries) {
      const behind = at + 2 + entries.length * 12 + 4 + values.length;
      rows.push(...u16(tag), ...u16(type), ...u32(count), ...(content.length > 4 ? u32(behind) : [...content, 0, 0, 0, 0].slice(0, 4)));
      if (content.length > 4) values.push(...content);
    }
    return [...rows, ...u32(0), ...values];
  };
  const own = [[0x9003, ASCII, taken.length + 1, text(taken)], [0x9011, ASCII, offset.length + 1, text(offset)]];
  const place = [
    [1, ASCII, 2, text("S")], [2, RATIONAL, 3, angle([6, 1], [54, 1], [8964, 1000])],
    [3, ASCII, 2, text("E")], [4, RATIONAL, 3, angle([107, 1], [37, 1], [7392, 1000])],
  ];
  const after = 8 + 2 + 2 * 12 + 4, first = directory(own, after), second = directory(place, after + first.length);
  const main = directory([[0x8769, LONG, 1, u32(after)], [0x8825, LONG, 1, u32(after + first.length)]], 8);
  bytes.push(...text("Exif"), 0, ...(little ? [0x49, 0x49] : [0x4d, 0x4d]), ...u16(42), ...u32(8), ...main, ...first, ...second);
  const size = bytes.length + 2;
  return [0xff, 0xd8, 0xff, 0xe1, size >> 8, size & 255, ...bytes, 0xff, 0xda];
}

const read = (bytes) => cameraWords(new Blob([new Uint8Array(bytes)]), NOW);

for (const little of [true, false]) {
  test(`time, zone and place are read ${little ? "little" : "big"} end first`, async () => assert.deepEqual(await read(picture({ little })), SAYS));
}

test("without a zone the phone's own holds", async () => assert.equal((await read(picture({ offset: "?" }))).taken_at, SAYS.taken_at));

for (const taken of ["2026:02:31 07:10:30", "2019:11:16 07:10:30", "2026:01:01 00:00:09", "2026:11:17 23:10:30", "kemarin"]) {
  test(`${taken} is not believed, the place still is`, async () => assert.deepEqual(await read(picture({ taken })), { lon: SAYS.lon, lat: SAYS.lat }));
}

test("a file that is cut off anywhere says what is left of it, or nothing", async () => {
  const whole = picture();
  for (let length = 0; length < whole.length; length += 1) {
    for (const [name, value] of Object.entries(await read(whole.slice(0, length)))) assert.equal(value, SAYS[name], `${length} bytes: ${name}`);
  }
});
