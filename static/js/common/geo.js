// Metres between two points and the circle around a site, by the formula and the rule of the server: app/core/geo.py and
// app/actions/rules/assess.py. tests/distances.json holds both to the same cases.

/** @typedef {{lon: number, lat: number}} Point degrees, WGS84 */

const A = 6378137, F = 1 / 298.257223563, E2 = F * (2 - F), R = 6371008.8;

/** Metres from the centre of the Earth along x, y, z. @param {Point} point */
function geocentric({ lon, lat }) {
  const l = (lon * Math.PI) / 180, p = (lat * Math.PI) / 180;
  const n = A / Math.sqrt(1 - E2 * Math.sin(p) ** 2);
  return [n * Math.cos(p) * Math.cos(l), n * Math.cos(p) * Math.sin(l), n * (1 - E2) * Math.sin(p)];
}

/** The straight line through the ellipsoid, bent onto a sphere of the mean radius. @param {Point} a @param {Point} b */
export function distanceM(a, b) {
  const [ax, ay, az] = geocentric(a), [bx, by, bz] = geocentric(b);
  return 2 * R * Math.asin(Math.min(1, Math.hypot(ax - bx, ay - by, az - bz) / (2 * R)));
}

/**
 * "inside", "perhaps" (within what the accuracy cannot tell, a coarse fix forgiven no more than a good one) or "outside".
 * @param {number} m @param {number} radius @param {number|null} accuracy @param {number} perhaps the most that is forgiven
 */
export const circle = (m, radius, accuracy, perhaps) =>
  m <= radius ? "inside" : m <= radius + Math.min(accuracy ?? 0, perhaps) ? "perhaps" : "outside";

/** The nearest of the sites, with its metres. @template {Point} Site @param {Site[]} sites @param {Point} point @returns {Site & {m: number}} */
export const nearest = (sites, point) =>
  sites.map((site) => ({ ...site, m: distanceM(site, point) })).sort((a, b) => a.m - b.m)[0];

/** A site's own radius within what the programme allows. @param {number|null} own @param {number[]} rule usual, smallest, largest */
export const radiusM = (own, [usual, smallest, largest]) => (own == null ? usual : Math.min(Math.max(own, smallest), largest));
