// What a camera wrote into a picture: when and where it was taken. Read before the picture is made smaller, which loses it.

const SEEN = 256 * 1024;
const TAKEN = 0x9003, OFFSET = 0x9011, EXIF = 0x8769, GPS = 0x8825;

/** @param {Blob} file @returns {Promise<{taken_at?: string, lon?: number, lat?: number}>} */
export async function cameraWords(file) {
  try {
    return words(new DataView(await file.slice(0, SEEN).arrayBuffer()));
  } catch {
    return {}; // cut off or broken: it says nothing
  }
}

/** @param {DataView} view */
function words(view) {
  const start = headerAt(view);
  if (start < 0) return {};
  const little = view.getUint16(start) === 0x4949;
  const u16 = (at) => view.getUint16(start + at, little), u32 = (at) => view.getUint32(start + at, little);
  /** The entries of a directory: tag -> where its value lies, and how many there are. */
  const directory = (at) => {
    const found = new Map(), sizes = [0, 1, 1, 2, 4, 8];
    for (let i = 0; i < u16(at); i += 1) {
      const row = at + 2 + i * 12, count = u32(row + 4), size = (sizes[u16(row + 2)] ?? 8) * count;
      found.set(u16(row), { at: size > 4 ? u32(row + 8) : row + 8, count });
    }
    return found;
  };
  const text = (entry) => entry && Array.from({ length: entry.count }, (_, i) => String.fromCharCode(view.getUint8(start + entry.at + i))).join("").split("\0")[0].trim();
  const degrees = (entry) => entry && [0, 1, 2].reduce((sum, i) => sum + u32(entry.at + i * 8) / u32(entry.at + i * 8 + 4) / 60 ** i, 0);
  const main = directory(u32(4));
  const own = main.has(EXIF) ? directory(u32(main.get(EXIF).at)) : new Map();
  const place = main.has(GPS) ? directory(u32(main.get(GPS).at)) : new Map();
  const lat = degrees(place.get(2)) * (text(place.get(1)) === "S" ? -1 : 1);
  const lon = degrees(place.get(4)) * (text(place.get(3)) === "W" ? -1 : 1);
  const known = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat || lon);
  const taken = instant(text(own.get(TAKEN)), text(own.get(OFFSET)));
  return { ...(taken && { taken_at: taken }), ...(known && { lon: Number(lon.toFixed(7)), lat: Number(lat.toFixed(7)) }) };
}

/** Where the tags begin, in a JPEG as in a HEIC: behind "Exif", two zeros and the order of bytes. @param {DataView} view */
function headerAt(view) {
  for (let at = 0; at < view.byteLength - 14; at += 1) {
    if (view.getUint32(at) === 0x45786966 && view.getUint16(at + 4) === 0) {
      const order = view.getUint16(at + 6);
      if (order === 0x4949 || order === 0x4d4d) return at + 6;
    }
  }
  return -1;
}

/** "2026:11:23 07:12:00" of a zone, else of this phone's; the year of a camera whose clock was never set is none. @param {string} [said] @param {string} [offset] */
function instant(said, offset) {
  const found = /^(20(?:1[1-9]|[2-9]\d)):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(said ?? "");
  if (!found) return undefined;
  const time = new Date(`${found[1]}-${found[2]}-${found[3]}T${found[4]}${/^[+-]\d\d:\d\d$/.test(offset ?? "") ? offset : ""}`);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
