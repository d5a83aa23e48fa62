// Has a photograph made smaller by a worker; where there is none, or it fails, by the page itself.
import { shrink } from "./shrink.js";

const PATIENCE_MS = 30000;
/** @typedef {Awaited<ReturnType<typeof shrink>>} Shrunk */

/** @type {Worker | undefined} */
let worker;

/** @param {Blob} file @param {string} address of the worker @returns {Promise<Shrunk>} */
export async function shrinkApart(file, address) {
  try {
    const made = await asked(file, address);
    if (!("failed" in made)) return made;
  } catch {
    worker = undefined;
  }
  return shrink(file);
}

/** @param {Blob} file @param {string} address @returns {Promise<Shrunk | {failed: string}>} */
function asked(file, address) {
  return new Promise((resolve, reject) => {
    // A module where it travels as its source, a classic script where it was built: a module worker takes both.
    worker ??= new Worker(address, { type: "module" });
    const { port1, port2 } = new MessageChannel();
    const over = setTimeout(reject, PATIENCE_MS);
    port1.onmessage = ({ data }) => {
      clearTimeout(over);
      resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(over);
      reject(event);
    };
    worker.postMessage({ file, port: port2 }, [port2]);
  });
}
