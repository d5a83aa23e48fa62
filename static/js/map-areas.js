// A city's areas in the shades of its drawn map; each opens a slip with its value and the way to its page.
import { openGround } from "./map-ground.js";

export function openAreas(owner, outlines) {
  const places = told(owner.querySelector("svg.map"));
  const { map, areas } = openGround(owner, outlines, (feature) => places.get(feature.id)?.step ?? null);
  areas.eachLayer((layer) => layer.bindPopup(() => slip(layer.feature, places.get(layer.feature.id), owner.says("page")), { maxWidth: 220 }));
  return map;
}

/** What the drawing tells of each area: by its code the shade, the words and the address. */
function told(drawing) {
  const areas = [...drawing.querySelectorAll("a[href] > [data-step]")].map((path) => {
    const link = path.parentNode;
    const href = link.getAttribute("href");
    const code = decodeURIComponent(href.split("?")[0].split("/").pop());
    return [code, { step: path.dataset.step, told: link.getAttribute("aria-label"), href }];
  });
  return new Map(areas);
}

function slip({ properties }, { told, href }, way) {
  const part = (name, words, more = {}) => Object.assign(document.createElement(name), { textContent: words, ...more });
  const made = part("div", "", { className: "slip" });
  const value = told.startsWith(`${properties.name}: `) ? told.slice(properties.name.length + 2) : told;
  made.append(part("strong", properties.name), part("p", value));
  if (properties.kecamatan) made.append(part("p", `Kec. ${properties.kecamatan}`, { className: "soft small" }));
  made.append(part("a", way, { href }));
  return made;
}
