// A photograph small enough for a poor network: upright, a long side of 1600 px, at most 350 KB. Runs in a worker or in a page.
// What already is so small stays as it is; what the browser cannot decode (HEIC on most) goes as it is, up to what the wire takes.
import { cameraWords } from "./exif.js";

const SIDE = 1600, MOST = 350 * 1024, WIRE = 12 * 1024 * 1024;
const TRIES = [[1, 0.82], [1, 0.7], [1, 0.55], [0.75, 0.6], [0.5, 0.6]];

/** The kinds that the server takes, by their first bytes. @param {Uint8Array} b */
function kindOf(b) {
  const text = String.fromCharCode(...b);
  if (b[0] === 0xff && b[1] === 0xd8) return "image/jpeg";
  if (text.startsWith("\x89PNG")) return "image/png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "image/webp";
  return /^....ftyp(hei[cmsx]|hev[cx]|mif1|msf1)/s.test(text) ? "image/heic" : null;
}

/**
 * @param {Blob} file
 * @returns {Promise<{blob: Blob, taken_at?: string, lon?: number, lat?: number} | {error: "kind" | "large"}>}
 */
export async function shrink(file) {
  const type = kindOf(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  const told = await cameraWords(file);
  const picture = await decoded(file);
  if (picture && !(type && file.size <= MOST && Math.max(picture.width, picture.height) <= SIDE)) {
    const blob = await smaller(picture);
    picture.close();
    return { blob, ...told };
  }
  picture?.close();
  if (!type) return { error: "kind" };
  return file.size > WIRE ? { error: "large" } : { blob: file.type === type ? file : new Blob([file], { type }), ...told };
}

/** @param {Blob} file */
async function decoded(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
}

/** @param {ImageBitmap} picture @returns {Promise<Blob>} */
async function smaller(picture) {
  const fit = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  /** @type {Blob | undefined} */
  let made;
  for (const [scale, quality] of TRIES) {
    made = await drawn(picture, fit * scale, quality);
    if (made.size <= MOST) break;
  }
  return /** @type {Blob} */ (made);
}

/** @param {ImageBitmap} picture @param {number} scale @param {number} quality @returns {Promise<Blob>} */
async function drawn(picture, scale, quality) {
  const width = Math.max(1, Math.round(picture.width * scale)), height = Math.max(1, Math.round(picture.height * scale));
  const apart = typeof OffscreenCanvas === "function";
  const canvas = apart ? new OffscreenCanvas(width, height) : Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("There is no canvas");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#fff"; // what shines through a PNG is paper
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return canvas instanceof OffscreenCanvas
    ? canvas.convertToBlob({ type: "image/jpeg", quality })
    : new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("There is no canvas"))), "image/jpeg", quality));
}
