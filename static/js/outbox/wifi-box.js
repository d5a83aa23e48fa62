// The box with which somebody lets photographs wait for Wi-Fi.
import { setWaitsForWifi, waitsForWifi } from "../send/line.js";

/** Tie a box to tick to the choice. @param {HTMLInputElement | null} box */
export async function tieWifi(box) {
  if (!box) return;
  box.checked = await waitsForWifi();
  box.addEventListener("change", () => setWaitsForWifi(box.checked));
}
