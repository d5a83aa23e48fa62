// Over which line photographs go: who has little quota lets the record go at once, and its photographs over Wi-Fi.
import { result, within } from "../store/database.js";
import { announce } from "../store/store.js";

const CHOICE = "photos";

/** @typedef {NavigatorID & {connection?: {type?: string}}} WithConnection  Chromium on phones has it */

/** Whether this phone's owner wants photographs to wait for Wi-Fi. @returns {Promise<boolean>} */
export const waitsForWifi = () => within(["present"], "readonly", async ({ present }) => (await result(present.get(CHOICE))) === "wifi");

/** @param {boolean} waits */
export async function setWaitsForWifi(waits) {
  await within(["present"], "readwrite", ({ present }) => result(present.put(waits ? "wifi" : "any", CHOICE)));
  // Whatever has waited for another line may go now.
  announce({ kind: "kept" });
}

/** What the browser says of the line; undefined where it does not say. */
export const lineType = () => /** @type {WithConnection} */ (navigator).connection?.type;

/** Whether photographs may go now without being asked for. */
export const mayPhotosGo = async () => ["wifi", "ethernet"].includes(lineType() ?? "") || !(await waitsForWifi());
