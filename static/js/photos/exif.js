// What a camera wrote into a picture: when and where it was taken. Read before the picture is made smaller, which loses it.
// The server reads the same by the same rules (app/media/rules/camera.py); tests/media/camera_words.json holds both.

const SEEN = 256 * 1024, WIRE = 12 * 1024 * 1024, DAY = 86_400_000;
const TAKEN = 0x9003, OFFSET = 0x9011, EXIF = 0x8769, GPS = 0x8825;
const ASCII = 2, RATIONAL = 5, SIGNED = 10, SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const EARLIEST_YEAR = 2020; // before, a camera has lost its clock

/** @param {Blob} file @param {number} [now] @returns {Promise<{taken_at?: string, lon?: number, lat?: number}>} */
export async function cameraWords(file, now = Date.now()) {
  try {
    const head = new DataView(await file.slice(0, SEEN).arrayBuffer());
    const view = head.getUint16(0) === 0xffd8 ? head : new DataView(await file.slice(0, WIRE).arrayBuffer());
    return words(view, now);
  } catch {
    return {}; // cut off or broken: it says nothing
  }
}

/** @typedef {{type: number, count: number, at: number}} Entry  of a directory of tags */

/** @param {DataView} view @param {number} now */
function words(view, now) {
  const start = headerAt(view);
  if (start < 0) return {};
  const little = view.getUint16(start) === 0x4949;
  /** @param {number} at */
  const u16 = (at) => view.getUint16(start + at, little);
  /** @param {number} at */
  const u32 = (at) => view.getUint32(start + at, little);
  /** @param {number} at */
  const i32 = (at) => view.getInt32(start + at, little);
  /** The entries of a directory: tag -> its type, where its values lie, how many there are. What is cut off is left out. @param {number} at */
  const directory = (at) => {
    /** @type {Map<number, Entry>} */
    const found = new Map();
    for (let row = at + 2, left = here(() => u16(at)) ?? 0; left > 0 && start + row + 12 <= view.byteLength; row += 12, left -= 1) {
      const type = u16(row + 2), count = u32(row + 4);
      found.set(u16(row), { type, count, at: (SIZES[type] ?? 1) * count > 4 ? u32(row + 8) : row + 8 });
    }
    return found;
  };
  /** @param {Entry | undefined} entry */
  const text = (entry) => here(() => (entry?.type === ASCII ? Array.from({ length: entry.count }, (_, i) => String.fromCharCode(view.getUint8(start + entry.at + i))).join("") : "").split("\0")[0].trim()) ?? "";
  /** @param {Entry | undefined} entry @param {string} letter @param {string} letters @param {number} most */
  const degrees = (entry, letter, letters, most) => here(() => {
    const side = letter.length === 1 ? letters.indexOf(letter.toUpperCase()) : -1;
    if (side < 0 || entry?.count !== 3 || (entry.type !== RATIONAL && entry.type !== SIGNED)) return undefined;
    const part = entry.type === SIGNED ? i32 : u32;
    const [whole, minutes, seconds] = [0, 1, 2].map((i) => part(entry.at + i * 8) / part(entry.at + i * 8 + 4));
    const sum = whole + minutes / 60 + seconds / 3600;
    const known = whole >= 0 && minutes >= 0 && minutes <= 60 && seconds >= 0 && seconds <= 60 && sum > 0 && sum <= most; // exactly 0 is no fix
    return known ? Number((side ? -sum : sum).toFixed(7)) : undefined;
  });
  const main = directory(u32(4));
  /** @param {number} tag @returns {Map<number, Entry>} */
  const below = (tag) => {
    const entry = main.get(tag);
    return (entry && here(() => directory(u32(entry.at)))) ?? new Map();
  };
  const own = below(EXIF), place = below(GPS);
  const lat = degrees(place.get(2), text(place.get(1)), "NS", 90), lon = degrees(place.get(4), text(place.get(3)), "EW", 180);
  const taken = instant(text(own.get(TAKEN)), text(own.get(OFFSET)), now);
  return { ...(taken && { taken_at: taken }), ...(lat && lon && { lon, lat }) };
}

/** The value, or nothing where it lies beyond the end. @template T @param {() => T} read @returns {T | undefined} */
function here(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Where the tags begin: at the order of their bytes, in the part of each kind that holds them. @param {DataView} view */
function headerAt(view) {
  /** @param {number} at */
  const u32 = (at) => view.getUint32(at);
  /** @param {number} at */
  const is = (at) => [0x4949, 0x4d4d].includes(view.getUint16(at));
  /** @param {number} at */
  const behind = (at) => (u32(at) === 0x45786966 ? at + 6 : at);
  if (view.getUint16(0) === 0xffd8) {
    for (let at = 2; view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda; at += 2 + view.getUint16(at + 2)) {
      if (view.getUint8(at + 1) === 0xe1 && u32(at + 4) === 0x45786966 && is(at + 10)) return at + 10;
    }
    return -1;
  }
  const png = u32(0) === 0x89504e47;
  if (png || u32(0) === 0x52494646) {
    for (let at = png ? 8 : 12; at + 12 < view.byteLength; ) {
      const size = png ? u32(at) : view.getUint32(at + 4, true);
      if (u32(png ? at + 4 : at) === (png ? 0x65584966 : 0x45584946)) return is(behind(at + 8)) ? behind(at + 8) : -1;
      at += png ? size + 12 : 8 + size + (size % 2);
    }
    return -1;
  }
  for (let at = 0; at < view.byteLength - 14; at += 1) {
    if (u32(at) === 0x45786966 && view.getUint16(at + 4) === 0 && is(at + 6)) return at + 6;
  }
  return -1;
}

/**
 * "2026:11:23 07:12:00" of a zone, else of this phone's. A clock that was never set starts again at the first of January of some year,
 * and no picture was taken after now; a day is left for the camera's zone.
 * @param {string} said @param {string} offset @param {number} now
 */
function instant(said, offset, now) {
  const found = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?$/.exec(said);
  if (!found) return undefined;
  const [, year, month, day, clock] = found, wall = `${year}-${month}-${day}T${clock}`;
  const at = Date.parse(`${wall}Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 19) !== wall) return undefined; // the 31st of February
  if (Number(year) < EARLIEST_YEAR || `${month}${day}` === "0101" || at - now > DAY) return undefined;
  const zone = /^([+-])(\d\d):([0-5]\d)$/.exec(offset), minutes = zone && Number(zone[2]) * 60 + Number(zone[3]);
  return (!zone || minutes === null || minutes > 14 * 60 ? new Date(wall) : new Date(at - (zone[1] === "-" ? -minutes : minutes) * 60_000)).toISOString();
}
