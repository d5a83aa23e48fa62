// <fix-keeper>: where the action was. It keeps the phone's positions while they settle, takes the best of the last ones, and says
// how far that is from the site, in the server's words. Beside it stay the plain form's choices: a site, or a place on the map.
import { circle, nearest, radiusM } from "../common/geo.js";
import { AROUND_MS, best, instantOf, isAround, leadOf } from "./positions.js";

/** @typedef {import("../store/store.js").Fix} Fix */
/** @typedef {import("../store/store.js").Site} Site */
/** @typedef {import("../store/store.js").Position} Position */
/**
 * @typedef {{form: import("./recorder-face.js").Form, inputs: Record<"lon" | "lat" | "accuracy_m" | "fixed_at", HTMLInputElement>, panel: HTMLElement, again: HTMLButtonElement | null, rule: number[],
 *   sites: Site[], fixes: Fix[], missing: string, isChosen: boolean, opened: boolean, watching: number | undefined,
 *   asking: ReturnType<typeof setTimeout> | undefined, looking: ReturnType<typeof setInterval>, label: string | null | undefined}} Parts
 *   missing: what is said while there is no position: "ask", "wait", "denied", "lost"
 */

/** What the form holds of a position. */
const OF_A_FIX = /** @type {const} */ (["lon", "lat", "accuracy_m", "fixed_at"]);
const KEPT = 12, AGAIN_MS = 5_000, LOOK_MS = 30_000, MINUTE_MS = 60_000;

/** @typedef {FixKeeper} Keeper */

class FixKeeper extends /** @type {new () => HTMLElement & Parts} */ (HTMLElement) {
  connectedCallback() {
    const form = (this.form = /** @type {Parts["form"]} */ (this.closest("form")));
    this.inputs = /** @type {Parts["inputs"]} */ (/** @type {unknown} */ (form?.elements));
    this.panel = /** @type {HTMLElement} */ (this.querySelector("[data-where]"));
    this.sites ??= JSON.parse(this.getAttribute("sites") || "[]");
    this.rule = (this.getAttribute("circle") || "").split(" ").filter(Boolean).map(Number);
    this.fixes ??= [];
    this.missing = "wait";
    this.panel.hidden = false;
    this.toggleAttribute("ready", true);
    // Its age is said, and grows.
    this.looking = setInterval(() => this.show(), LOOK_MS);
    this.addEventListener("change", ({ isTrusted }) => {
      this.isChosen ||= isTrusted;
      this.show();
    });
    this.addEventListener("input", ({ target }) => {
      // Whoever writes a coordinate means that place, not the phone's.
      if (target === this.inputs.lon || target === this.inputs.lat) this.choose("typed");
    });
    this.again = /** @type {HTMLButtonElement | null} */ (this.querySelector('[data-do="again"]'));
    this.label = this.again?.textContent;
    this.again?.addEventListener("click", () => {
      this.isChosen = false;
      this.watch();
      this.choose("device");
    });
  }

  disconnectedCallback() {
    clearInterval(this.looking);
    this.rest();
  }

  /** The sites that this phone knows of its person, where the page knows none; each is a choice. @param {Site[]} sites */
  settle(sites) {
    const { sites: known } = this;
    if (known.length) return;
    this.sites = sites;
    const circles = sites.map((site) => ({ ...site, radius_m: this.rule.length ? radiusM(site.radius_m, this.rule) : null }));
    this.querySelector("map-pin")?.setAttribute("sites", JSON.stringify(circles));
    const device = /** @type {HTMLElement} */ (this.querySelector('[value="device"]')?.closest(".choice"));
    for (const site of [...sites].reverse()) {
      const choice = /** @type {HTMLElement} */ (device.cloneNode(true));
      // A copy of what is chosen is not chosen too: the phone's own position stays.
      Object.assign(/** @type {HTMLInputElement} */ (choice.querySelector("input")), { value: site.id, checked: false });
      /** @type {HTMLElement} */ (choice.querySelector("span")).textContent = (this.getAttribute("words-at") ?? "").replace("{site}", site.name);
      device.after(choice);
    }
    this.show();
  }

  get where() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector('input[name="where"]:checked'))?.value;
  }

  /** @param {string} where  "device", "typed", or a site's id */
  choose(where) {
    const choice = /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll('input[name="where"]')]).find((each) => each.value === where);
    if (choice) choice.checked = true;
    this.show();
  }

  /** The phone's own position, unless somebody has chosen another place: at once where it was allowed before, else only after it was told what for and somebody tapped. */
  async begin() {
    this.missing = "ask";
    if (!this.isChosen) this.choose("device");
    const told = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
    if (told?.state === "granted") this.watch();
    else if (told?.state === "denied") this.miss("denied");
  }

  /** Look for the position from now on; what somebody has chosen instead stays chosen. */
  watch() {
    this.rest();
    this.missing = "wait";
    if (!navigator.geolocation) return this.miss("denied");
    /** @param {GeolocationPositionError} error */
    const error = ({ code }) => this.miss(code === 1 ? "denied" : "lost");
    this.watching = navigator.geolocation.watchPosition((fix) => this.take(fix), error, {
      enableHighAccuracy: true, maximumAge: 0, timeout: 60000,
    });
    this.show();
  }

  /** What was found stays; the positioning system may sleep. */
  rest() {
    if (this.watching !== undefined) navigator.geolocation.clearWatch(this.watching);
    this.watching = undefined;
    clearTimeout(this.asking);
  }

  /** @param {GeolocationPosition} position */
  take({ coords, timestamp }) {
    const accuracy_m = Math.min(Math.max(coords.accuracy, 0.1), 1e6);
    const fix = { lon: coords.longitude, lat: coords.latitude, accuracy_m, at: timestamp, heard: Date.now() };
    const { fixes, opened } = this;
    this.fixes = [...fixes, fix].slice(-KEPT);
    // What was offered instead is no more needed, unless somebody has taken it.
    if (opened && this.where === "device") /** @type {HTMLDetailsElement} */ (this.querySelector("details")).open = false;
    this.opened = false;
    this.show();
    // Some phones first give a position that they still had: it is asked again until a new one comes.
    clearTimeout(this.asking);
    if (this.isOld(best(this.fixes))) this.asking = setTimeout(() => this.watch(), AGAIN_MS);
    this.dispatchEvent(new Event("fix", { bubbles: true }));
  }

  /** No position came: "denied", or "lost" under a roof. @param {string} why */
  miss(why) {
    if (why === "denied") this.rest();
    const part = /** @type {HTMLDetailsElement} */ (this.querySelector("details"));
    if (!this.fixes.length) {
      this.missing = why;
      this.opened ||= !part.open;
      part.open = true;
    }
    this.show();
  }

  /**
   * The positioning system's own time, where it tells when the action was: that of a position found during it. One that was found
   * when the action was written down later says nothing about the clock at the action. @param {Fix} found
   */
  witness({ at, heard = at }) {
    return this.isAround(heard) === false ? null : instantOf(at);
  }

  /** Whether a moment of the phone's clock lies in the action or around it; undefined while nobody has said when that was. @param {number} moment */
  isAround(moment) {
    if (this.closest('[state="idle"]')) return undefined;
    const { start: begun, stop } = /** @type {import("./run-timer.js").Timer | null} */ (this.form.querySelector("run-timer"))?.run ?? {}, runs = begun && !stop;
    const lasted = (this.form.elements.minutes?.valueAsNumber || 0) * MINUTE_MS;
    const [from, to] = runs ? [begun, Date.now()] : [this.start, this.start + lasted];
    return isAround(moment, from, to);
  }

  /** Milliseconds since the position was found; NaN where it does not tell. @param {Fix} fix */
  age({ at }) {
    return at ? Date.now() - leadOf(this.fixes) - at : NaN;
  }

  /** Of another hour, perhaps of another place. @param {Fix} fix */
  isOld(fix) {
    return this.age(fix) > AROUND_MS && !this.isAround(fix.at + leadOf(this.fixes));
  }

  get start() {
    return Date.parse(this.form.elements.started.value);
  }

  /** The wire's `fix`; null while there is none. @returns {Position | null} */
  get fix() {
    const { where } = this, site = this.sites.find((each) => each.id === where);
    if (where === "device") {
      const found = this.fixes.length ? best(this.fixes) : null;
      return found && {
        lon: round(found.lon), lat: round(found.lat), accuracy_m: Math.round(found.accuracy_m * 10) / 10, source: "device",
        fixed_at: this.witness(found),
      };
    }
    const [lon, lat] = site ? [site.lon, site.lat] : [this.inputs.lon.valueAsNumber, this.inputs.lat.valueAsNumber];
    return Number.isFinite(lon) && Number.isFinite(lat) && (lon || lat) ? { lon, lat, source: "pin" } : null;
  }

  show() {
    const { fix } = this, device = this.where === "device";
    if (device) {
      for (const name of OF_A_FIX) this.inputs[name].value = /** @type {string} */ (fix?.[name] ?? "");
    }
    if (!fix) return this.say(device ? this.missing : "none");
    if (device && this.isOld(best(this.fixes))) return this.say("old", fix);
    // A place that was chosen says nothing of where the phone is.
    if (!device) return this.say("chosen", fix);
    const site = this.rule.length ? nearest(this.sites, fix) : undefined;
    if (!site) return this.say("found", fix);
    const radius = radiusM(site.radius_m, this.rule);
    this.draw(site, fix, radius);
    const where = circle(site.m, radius, fix.accuracy_m ?? null, Number(this.getAttribute("perhaps")));
    this.say(where === "inside" && /** @type {number} */ (fix.accuracy_m) > Number(this.getAttribute("coarse")) ? "coarse" : where, fix, site, radius);
  }

  /** A small map: the circle around the site, and the phone in it or beside it, north above. @param {Site & {m: number}} site @param {Position} fix @param {number} radius */
  draw(site, fix, radius) {
    const scale = Math.min(36 / radius, 46 / Math.max(site.m, 1)), east = Math.cos((fix.lat * Math.PI) / 180);
    /** @param {string} name @param {Record<string, number>} values */
    const put = (name, values) => {
      for (const [key, value] of Object.entries(values)) this.querySelector(`[data-draw="${name}"]`)?.setAttribute(key, String(value));
    };
    const at = { cx: 50 + (fix.lon - site.lon) * east * 111195 * scale, cy: 50 - (fix.lat - site.lat) * 111195 * scale };
    put("limit", { r: radius * scale });
    put("error", { ...at, r: Math.min((fix.accuracy_m ?? 0) * scale, 50) });
    put("me", at);
  }

  /** @param {string} what  the sentence's name @param {{accuracy_m?: number}} [fix] @param {{m: number, name: string}} [site] @param {number} [radius] */
  say(what, fix = {}, site = { m: 0, name: "" }, radius = 0) {
    const { lang } = document.documentElement;
    /** @param {number} value */
    const whole = (value) => Math.round(value).toLocaleString(lang);
    /** @type {Record<string, string>} */
    const values = { m: whole(site.m), r: whole(radius), site: site.name, a: whole(fix.accuracy_m ?? 0), fine: "" };
    /** @param {string | null} words */
    const fill = (words) => (words ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
    if (fix.accuracy_m) values.fine = `, ${fill(this.getAttribute("words-fine"))}`;
    const age = this.where === "device" && this.fixes.length ? this.age(best(this.fixes)) : 0;
    if (age >= MINUTE_MS) values.fine += `, ${(values.age = ago(age, lang))}`;
    this.panel.dataset.where = what;
    this.panel.dataset.tone = /** @type {Record<string, string>} */ ({ inside: "ok", found: "ok", outside: "hold" })[what] ?? "look";
    const [title, ...rest] = fill(this.getAttribute(`words-${what}`)).split("|");
    const strong = /** @type {HTMLElement} */ (this.panel.querySelector("strong")), line = /** @type {HTMLElement} */ (this.panel.querySelector("p"));
    if (strong.textContent !== title) strong.textContent = title;
    line.textContent = rest.join("|").replace(/(\d) m\b/g, "$1\u00a0m");
    const { again } = this, asks = what === "ask";
    if (!again) return;
    again.hidden = this.watching !== undefined;
    again.className = asks ? "button" : "plain";
    again.textContent = String(asks ? again.dataset.ask : this.label);
  }
}

/** "12 menit yang lalu". @param {number} ms @param {string} lang */
function ago(ms, lang) {
  const minutes = Math.round(ms / MINUTE_MS), [n, unit] = /** @type {[number, Intl.RelativeTimeFormatUnit]} */ (minutes < 90 ? [minutes, "minute"] : minutes < 2880 ? [minutes / 60, "hour"] : [minutes / 1440, "day"]);
  return new Intl.RelativeTimeFormat(lang).format(-Math.round(n), unit);
}

/** @param {number} degrees */
const round = (degrees) => Number(degrees.toFixed(7));

customElements.define("fix-keeper", FixKeeper);
