// What <map-pin> and <place-map> are before anybody taps: a button. Code, style and outlines of maps come only then (map-room.js).
import { distanceM } from "../common/geo.js";

/** @typedef {import("./map-room.js").Owner} Owner */

class MapOpener extends HTMLElement {
  connectedCallback() {
    const opener = /** @type {HTMLButtonElement} */ (this.querySelector("[data-open]")), told = this.querySelector("[data-told]");
    /** @param {string} what */
    const say = (what) => Object.assign(told ?? {}, { hidden: false, textContent: this.getAttribute(`words-${what}`) });
    opener.addEventListener("click", async () => {
      opener.disabled = true;
      say("wait");
      try {
        await (await import("./maps-on-tap.js")).openMap(/** @type {Owner} */ (/** @type {unknown} */ (this)), distanceM);
      } catch (failed) {
        console.info(failed);
        say("failed");
      }
      opener.disabled = false;
    });
  }

  disconnectedCallback() {
    /** @type {Partial<Owner>} */ (/** @type {unknown} */ (this)).map?.remove();
  }
}

customElements.define("map-pin", class extends MapOpener {});
customElements.define("place-map", class extends MapOpener {});
