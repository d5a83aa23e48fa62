// What <map-pin> and <place-map> are once somebody has tapped: a map in its room, and the way back.
//   <map-pin>: a position pointed at on a map. What is chosen is told as the event "pin", is written into the form's fields named by
//   `lon` and `lat`, or by `point` ("lat, lon"), and takes the choice `choice` ("name=value"); `radius` names a field of metres to
//   draw around the point. `sites` are circles to show.
//   <place-map>: the drawn map of a city becomes one to move in: the same areas, shades and addresses.
import { openAreas } from "./map-areas.js";
import { ready } from "./map-ground.js";
import { openPin } from "./map-point.js";

/**
 * @typedef {import("geojson").FeatureCollection<import("geojson").Polygon | import("geojson").MultiPolygon, AreaNames>} Outlines
 * @typedef {{name: string, kecamatan?: string}} AreaNames
 * @typedef {(a: import("../common/geo.js").Point, b: import("../common/geo.js").Point) => number} Distance  in metres
 * @typedef {{remove: () => void}} Drawn  a map
 * @typedef {OfBoth & OfEach & Found} Opened  <map-pin> or <place-map>, once somebody has tapped
 * @typedef {Omit<HTMLElement, "part"> & Opened} Owner
 * @typedef {{
 *   part: (name: string) => HTMLElement, says: (what: string, values?: Record<string, unknown>) => string, say: (words: string) => void,
 *   close: () => void,
 * }} OfBoth
 * @typedef {{opener: HTMLButtonElement, closer: HTMLElement, ground: HTMLElement, told: HTMLElement, map?: Drawn}} Found
 * @typedef {{drawn: (outlines: Outlines, distanceM: Distance) => Drawn, show: (open: boolean) => void}} OfEach
 */

/** @type {OfBoth & ThisType<Owner>} */
const OF_BOTH = {
  part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  },

  says(what, values = {}) {
    return (this.getAttribute(`words-${what}`) || "").replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  },

  say(words) {
    this.told.textContent = words;
    this.told.hidden = false;
  },

  close() {
    this.map?.remove();
    this.map = undefined;
    this.told.hidden = true;
    this.show(false);
    this.opener.focus();
  },
};

/** @type {Record<string, OfEach & ThisType<Owner>>} */
const OF_EACH = {
  "map-pin": {
    drawn(outlines, distanceM) {
      this.part("room").scrollIntoView({ block: "nearest" });
      return openPin(this, outlines, distanceM);
    },

    show(open) {
      this.part("room").hidden = !open;
      this.opener.hidden = open;
    },
  },

  "place-map": {
    drawn(outlines) {
      return openAreas(this, outlines);
    },

    show(open) {
      // Away, not taken out: the legend and the new map use its hatch.
      this.querySelector("svg.map")?.toggleAttribute("data-away", open);
      this.opener.hidden = open;
      this.ground.hidden = this.closer.hidden = !open;
    },
  },
};

/** The element's map, with the keyboard on it; an error where something of it does not come, and then nothing has changed. @param {Owner} element @param {Distance} distanceM */
export async function openMap(element, distanceM) {
  const outlines = await ready(String(element.getAttribute("outlines")), String(element.getAttribute("styles")));
  if (!element.ground) begin(element);
  element.told.hidden = true;
  element.show(true);
  try {
    element.map = element.drawn(outlines, distanceM);
  } catch (failed) {
    element.show(false);
    throw failed;
  }
  element.ground.focus();
}

/** @param {Owner} element */
function begin(element) {
  // Not assigned: elements have a `part` of their own, which would take it in.
  Object.defineProperties(element, Object.getOwnPropertyDescriptors({ ...OF_BOTH, ...OF_EACH[element.localName] }));
  const parts = Object.entries({ opener: "open", closer: "close", ground: "ground", told: "told" });
  Object.assign(element, Object.fromEntries(parts.map(([name, part]) => [name, element.part(part)])));
  if (!element.closer || !element.ground) throw new Error(`<${element.localName}> holds a ground and a button to close`);
  element.closer.addEventListener("click", () => element.close());
}
