// What <map-pin> and <place-map> are before anybody taps: a button. Code, style and outlines of maps come only then (map-room.js).
import { distanceM } from "./geo.js";

class MapOpener extends HTMLElement {
  connectedCallback() {
    const [opener, told] = ["open", "told"].map((name) => this.querySelector(`[data-${name}]`));
    const say = (what) => Object.assign(told, { hidden: false, textContent: this.getAttribute(`words-${what}`) });
    opener.addEventListener("click", async () => {
      opener.disabled = true;
      say("wait");
      try {
        await (await import("./maps-on-tap.js")).openMap(this, distanceM);
      } catch (failed) {
        console.info(failed);
        say("failed");
      }
      opener.disabled = false;
    });
  }

  disconnectedCallback() {
    this.map?.remove();
  }
}

customElements.define("map-pin", class extends MapOpener {});
customElements.define("place-map", class extends MapOpener {});
