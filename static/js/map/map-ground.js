// What is the same on every map to move in: the outlines, their names, tiles where an operator has some, ways to zoom.
import { Map as LeafletMap, control, geoJSON, map, svg, tileLayer } from "leaflet/dist/leaflet-src.esm.js";

const LETTER_PX = 6; // of a name, which is shown where its area is as wide
const NEARLY_M = 50; // metres between two middles that are the same to an eye
const FAR = 5; // the whole country, where there are no outlines

/**
 * @typedef {import("./map-room.js").Outlines} Outlines
 * @typedef {Outlines["features"][number]} Area
 * @typedef {import("leaflet").Polygon & {feature: Area}} AreaLayer
 * @typedef {{url: string, credit: string, credit_href: string}} Tiles
 */

/** @type {Map<string, Promise<unknown>>} */
const fetched = new Map();

/** The outlines, once the style is there too. Each is asked for once; what failed is asked for again. @param {string} outlines @param {string} styles @returns {Promise<Outlines>} */
export function ready(outlines, styles) {
  /** @template T @param {string} key @param {() => Promise<T>} make */
  const once = (key, make) => {
    if (!fetched.has(key)) fetched.set(key, make().catch((failed) => { fetched.delete(key); throw failed; }));
    return /** @type {Promise<T>} */ (fetched.get(key));
  };
  const read = once(outlines, async () => {
    const answer = await fetch(outlines);
    if (!answer.ok) throw new Error(`outlines: ${answer.status}`);
    return answer.json();
  });
  const dressed = once(styles, () => new Promise((there, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles, onload: there });
    link.onerror = () => { link.remove(); failed(new Error("style")); };
    document.head.append(link);
  }));
  return Promise.all([read, dressed]).then(([collection]) => collection);
}

/** The owner's map with the outlines on it. `draw(feature)` gives an area's shade, or null where it is not to be drawn. @param {import("./map-room.js").Owner} owner @param {Outlines} outlines @param {(area: Area) => string | null} draw */
export function openGround(owner, outlines, draw) {
  const element = owner.ground;
  /** @type {Tiles | null} */
  const tiles = JSON.parse(owner.getAttribute("tiles") || "null");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moves = { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still };
  const made = map(element, { ...moves, attributionControl: false, zoomControl: false, renderer: svg({ padding: 0.6 }), maxZoom: 18, zoomSnap: 0.25 });
  // Also where the keyboard moves it.
  if (still) made.panBy = (offset) => LeafletMap.prototype.panBy.call(made, offset, { animate: false });
  control.zoom({ position: "bottomright", zoomInTitle: owner.says("closer"), zoomOutTitle: owner.says("farther") }).addTo(made);
  element.toggleAttribute("data-tiles", Boolean(tiles));
  if (tiles) {
    control.attribution({ prefix: false }).addTo(made);
    tileLayer(tiles.url, { attribution: credit(tiles), maxZoom: 19 }).addTo(made);
  }
  const areas = geoJSON(outlines, {
    filter: (feature) => draw(/** @type {Area} */ (feature)) !== null,
    style: () => ({ className: "area" }),
    onEachFeature: (feature, layer) => layer.bindTooltip(textOf(feature.properties.name), { permanent: true, direction: "center", className: "area-name" }),
  });
  const bounds = areas.getBounds();
  const whole = bounds.isValid() ? made.getBoundsZoom(bounds) : FAR;
  /** @type {import("leaflet").LatLng} */
  let shown;
  /** @type {number} */
  let zoom;
  const showAll = () => {
    if (bounds.isValid()) made.fitBounds(bounds, { padding: [8, 8], animate: false });
    else made.setView([0, 118], FAR);
    shown = made.getCenter();
    zoom = made.getZoom();
  };
  showAll();
  if (bounds.isValid()) made.setMaxBounds(bounds.pad(0.5)).setMinZoom(whole - 1);
  // A map that nobody has moved yet fills its place again when that changes.
  made.on("resize", () => made.getCenter().distanceTo(shown) < NEARLY_M && made.getZoom() === zoom && showAll());
  areas.addTo(made).eachLayer((layer) => {
    const { feature } = /** @type {AreaLayer} */ (layer), path = /** @type {SVGElement} */ (/** @type {AreaLayer} */ (layer).getElement());
    path.dataset.step = String(draw(feature));
  });
  const named = () =>
    areas.eachLayer((each) => {
      const layer = /** @type {AreaLayer} */ (each), box = layer.getBounds();
      const width = made.latLngToLayerPoint(box.getNorthEast()).x - made.latLngToLayerPoint(box.getSouthWest()).x;
      layer.getTooltip()?.getElement()?.toggleAttribute("data-narrow", width < layer.feature.properties.name.length * LETTER_PX);
    });
  made.on("zoomend resize", named);
  named();
  return { map: made, areas };
}

/** Leaflet takes any node for its words. @param {string} words */
export const textOf = (words) => /** @type {HTMLElement} */ (/** @type {Node} */ (document.createTextNode(words)));

/** @param {Tiles} tiles */
function credit({ credit: words, credit_href: href }) {
  const said = document.createElement(href ? "a" : "span");
  if (said instanceof HTMLAnchorElement) said.href = href;
  said.textContent = words;
  return said.outerHTML;
}
