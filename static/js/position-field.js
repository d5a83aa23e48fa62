// <position-field>: offers the phone's position beside the places of the plain form, keeps the best fix while it settles,
// and says how far it is from the nearest site. Without script the person chooses a site or writes coordinates.

// The formula of app/core/geo.py distance_m: a straight line through WGS84, bent onto a sphere of the mean radius.
const A = 6378137, E2 = (1 / 298.257223563) * (2 - 1 / 298.257223563), R = 6371008.8;
function geocentric({ lon, lat }) {
  const l = (lon * Math.PI) / 180, p = (lat * Math.PI) / 180;
  const n = A / Math.sqrt(1 - E2 * Math.sin(p) ** 2);
  return [n * Math.cos(p) * Math.cos(l), n * Math.cos(p) * Math.sin(l), n * (1 - E2) * Math.sin(p)];
}
export function distanceM(a, b) {
  const [ax, ay, az] = geocentric(a), [bx, by, bz] = geocentric(b);
  return 2 * R * Math.asin(Math.min(1, Math.hypot(ax - bx, ay - by, az - bz) / (2 * R)));
}

const FORGIVEN_M = 30;
const OLD_MS = 60000;

class PositionField extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    this.told = this.querySelector('[role="status"]');
    this.device = this.querySelector('input[name="where"][value="device"]');
    this.inputs = Object.fromEntries(["lon", "lat", "accuracy_m", "fixed_at"].map((name) => [name, form?.elements.namedItem(name)]));
    if (!this.told || !this.device || Object.values(this.inputs).includes(null)) {
      throw new Error("<position-field> holds the choice of places, a status and the fields of a position");
    }
    this.sites = JSON.parse(this.getAttribute("sites") || "[]");
    if (!navigator.geolocation) return;
    this.setAttribute("ready", "");
    this.addEventListener("change", (event) => event.target.name === "where" && this.turn());
    if (!this.inputs.lon.value) this.device.checked = true;
    this.turn();
  }

  disconnectedCallback() {
    this.stop();
  }

  turn() {
    this.stop();
    this.told.hidden = !this.device.checked;
    if (!this.device.checked) return;
    this.say("wait");
    this.watch = navigator.geolocation.watchPosition((fix) => this.take(fix), () => this.deny(), {
      enableHighAccuracy: true, maximumAge: 0, timeout: 30000,
    });
  }

  stop() {
    if (this.watch !== undefined) navigator.geolocation.clearWatch(this.watch);
    this.watch = this.best = undefined;
  }

  take({ coords, timestamp }) {
    // A later fix wins when it is finer, or when the kept one has grown old.
    if (this.best && coords.accuracy > this.best.accuracy && timestamp - this.best.at < OLD_MS) return;
    this.best = { lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy, at: timestamp };
    this.inputs.lon.value = this.best.lon.toFixed(7);
    this.inputs.lat.value = this.best.lat.toFixed(7);
    this.inputs.accuracy_m.value = Math.max(this.best.accuracy, 0.1).toFixed(1);
    this.inputs.fixed_at.value = new Date(timestamp).toISOString();
    this.measure();
  }

  measure() {
    const near = this.sites
      .map((site) => ({ ...site, m: distanceM(site, this.best) }))
      .sort((a, b) => a.m - b.m)[0];
    const a = Math.round(this.best.accuracy);
    if (!near) return this.say("found", { a });
    const reach = near.radius_m + Math.min(this.best.accuracy, FORGIVEN_M);
    const where = near.m <= near.radius_m ? "inside" : near.m <= reach ? "perhaps" : "outside";
    this.say(where, { a, m: Math.round(near.m), r: Math.round(near.radius_m), site: near.name });
  }

  deny() {
    if (this.best) return;
    this.say("denied");
    const other = this.querySelector('input[name="where"]:not([value="device"])');
    if (other) other.checked = true;
    this.told.hidden = false;
  }

  say(what, values = {}) {
    const words = this.getAttribute(`words-${what}`) || "";
    this.told.textContent = words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    this.told.dataset.tone = { inside: "ok", found: "ok", outside: "hold" }[what] || "look";
  }
}

customElements.define("position-field", PositionField);
