// A map whose middle is the point: dragged, tapped or moved by the arrow keys beneath a cross that stands still.
import { circle, tooltip } from "leaflet/dist/leaflet-src.esm.js";
import { openGround, textOf } from "./map-ground.js";

const CLOSE = 16;
const METRES_IN_A_DEGREE = 110600;

/**
 * @typedef {import("./map-room.js").Owner} Owner
 * @typedef {import("./map-room.js").Outlines} Outlines
 * @typedef {{name: string, lon: number, lat: number, radius_m: number}} Site
 * @typedef {import("../common/geo.js").Point} Point
 * @typedef {Partial<Record<"lon" | "lat" | "point" | "radius", HTMLInputElement>>} Fields  those that the owner names
 */

/**
 * The map, taken as the owner's form has it, and writing into that form when its button is pressed.
 * @param {Owner} owner @param {Outlines} outlines @param {import("./map-room.js").Distance} distanceM
 */
export function openPin(owner, outlines, distanceM) {
  const fields = fieldsOf(owner);
  /** @type {Site[]} */
  const sites = JSON.parse(owner.getAttribute("sites") || "[]");
  const { map } = openGround(owner, outlines, () => "none");
  for (const site of sites) {
    circle([site.lat, site.lon], { radius: site.radius_m, className: "site-circle", interactive: false }).addTo(map);
    // Above its circle, where the cross does not hide it.
    tooltip({ permanent: true, direction: "top", className: "site-name" })
      .setLatLng([site.lat + site.radius_m / METRES_IN_A_DEGREE, site.lon])
      .setContent(textOf(site.name))
      .addTo(map);
  }
  const middle = () => ({ lon: map.getCenter().lng, lat: map.getCenter().lat });
  const begin = beginning(fields) || sites[0];
  if (begin) map.setView([begin.lat, begin.lon], CLOSE);
  const own = circle(map.getCenter(), { radius: 0, className: "own-circle", interactive: false }).addTo(map);
  const ring = () => own.setLatLng(map.getCenter()).setRadius(fields.radius?.valueAsNumber || 0);
  const cross = Object.assign(document.createElement("div"), { className: "cross" });
  cross.setAttribute("aria-hidden", "true");
  owner.ground.append(cross);

  function spot() {
    const at = middle();
    const area = outlines.features.find((feature) => holds(feature.geometry, at));
    const near = sites.map((site) => ({ ...site, m: distanceM(site, at) })).sort((a, b) => a.m - b.m)[0];
    return { ...at, place: area?.properties.name, site: near?.name, m: near && Math.round(near.m), r: near && Math.round(near.radius_m) };
  }

  /** @param {ReturnType<typeof spot>} at */
  const where = (at) => [at.place ? owner.says("in", at) : owner.says("nowhere"), at.site ? owner.says("from", at) : ""].join(" ").trim();
  const tell = () => owner.say(where(spot()));

  function use() {
    const at = spot();
    const [lon, lat] = [at.lon.toFixed(6), at.lat.toFixed(6)];
    const values = { lon, lat, point: `${lat}, ${lon}` };
    for (const [name, value] of Object.entries(values)) fill(fields[/** @type {keyof Fields} */ (name)], value);
    choose(owner);
    owner.close();
    owner.say(`${owner.says("chosen")} ${where(at)}`);
    owner.dispatchEvent(new CustomEvent("pin", { bubbles: true, detail: { lon: at.lon, lat: at.lat } }));
  }

  map.on("click", (event) => map.panTo(event.latlng)).on("move", ring).on("moveend", tell);
  fields.radius?.addEventListener("input", ring);
  owner.part("use").onclick = use;
  ring();
  tell();
  return {
    remove() {
      fields.radius?.removeEventListener("input", ring);
      cross.remove();
      map.remove();
    },
  };
}

/** The form's fields that the owner names; one that is named and is not there is a mistake. @param {Owner} owner @returns {Fields} */
function fieldsOf(owner) {
  const named = ["lon", "lat", "point", "radius"].filter((name) => owner.hasAttribute(name));
  const found = named.map((name) => [name, owner.closest("form")?.elements.namedItem(String(owner.getAttribute(name)))]);
  if (found.some(([, field]) => !field)) throw new Error("<map-pin> names fields that are not in its form");
  return Object.fromEntries(found);
}

/** @param {Fields} fields @returns {Point | null} */
function beginning({ lon, lat, point }) {
  const [y, x] = point ? point.value.split(",").map((text) => (text.trim() ? Number(text) : NaN)) : [lat?.valueAsNumber, lon?.valueAsNumber];
  return Number.isFinite(x) && Number.isFinite(y) ? { lon: Number(x), lat: Number(y) } : null;
}

/** @param {HTMLInputElement | undefined} field  of the form, where it has one @param {string} value */
function fill(field, value) {
  if (!field) return;
  field.value = value;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

/** @param {Owner} owner */
function choose(owner) {
  const [name, value] = (owner.getAttribute("choice") || "").split("=");
  const choice = /** @type {HTMLInputElement[]} */ ([...(owner.closest("form")?.elements ?? [])]).find((each) => each.name === name && each.value === value);
  if (choice && !choice.checked) choice.click();
}

/** @param {Outlines["features"][number]["geometry"]} geometry @param {Point} point */
function holds(geometry, { lon, lat }) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some((rings) => rings.filter((ring) => isWithin(ring, lon, lat)).length % 2 === 1);
}

/** Whether a ray to the east crosses the ring an odd number of times. @param {number[][]} ring @param {number} lon @param {number} lat */
function isWithin(ring, lon, lat) {
  let within = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x, y] = ring[i], [u, v] = ring[j];
    if (y > lat !== v > lat && lon < ((u - x) * (lat - y)) / (v - y) + x) within = !within;
  }
  return within;
}
