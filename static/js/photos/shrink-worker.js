// Makes photographs smaller beside the page, so that it stays quick.
import { shrink } from "./shrink.js";

self.addEventListener("message", async ({ data: { file, port } }) => {
  try {
    port.postMessage(await shrink(file));
  } catch (error) {
    port.postMessage({ failed: String(error) });
  }
});
