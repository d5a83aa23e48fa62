// A city's areas in the shades of its drawn map; each opens a slip with its value and the way to its page.
import { openGround } from "./map-ground.js";

/** @typedef {import("./map-room.js").Owner} Owner */
/** @typedef {{step?: string, told: string, href: string}} Area  as the drawing has it */

/** @param {Owner} owner @param {import("./map-room.js").Outlines} outlines */
export function openAreas(owner, outlines) {
  const places = told(/** @type {Element} */ (owner.querySelector("svg.map")));
  const { map, areas } = openGround(owner, outlines, (feature) => places.get(String(feature.id))?.step ?? null);
  areas.eachLayer((layer) => {
    const { feature } = /** @type {import("./map-ground.js").AreaLayer} */ (layer);
    layer.bindPopup(() => slip(feature.properties, /** @type {Area} */ (places.get(String(feature.id))), owner.says("page")), { maxWidth: 220 });
  });
  return map;
}

/** What the drawing tells of each area: by its code the shade, the words and the address. @param {Element} drawing @returns {Map<string, Area>} */
function told(drawing) {
  /** @type {[string, Area][]} */
  const areas = [...drawing.querySelectorAll("a[href] > [data-step]")].map((path) => {
    const link = /** @type {Element} */ (path.parentNode);
    const href = String(link.getAttribute("href"));
    const code = decodeURIComponent(String(href.split("?")[0].split("/").pop()));
    return [code, { step: path.dataset.step, told: String(link.getAttribute("aria-label")), href }];
  });
  return new Map(areas);
}

/** @param {import("./map-room.js").AreaNames} names @param {Area} area @param {string} way */
function slip({ name, kecamatan }, { told, href }, way) {
  /** @param {string} tag @param {string} words @param {object} [more] */
  const part = (tag, words, more = {}) => Object.assign(document.createElement(tag), { textContent: words, ...more });
  const made = part("div", "", { className: "slip" });
  const value = told.startsWith(`${name}: `) ? told.slice(name.length + 2) : told;
  made.append(part("strong", name), part("p", value));
  if (kecamatan) made.append(part("p", `Kec. ${kecamatan}`, { className: "soft small" }));
  made.append(part("a", way, { href }));
  return made;
}
