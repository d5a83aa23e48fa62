// <run-timer>: how long the deed has lasted. It reckons from two moments of the phone's clock, so it goes on where it was after
// the tab or the phone was killed; no network. `run` is {start, stop} in milliseconds; without a start it shows an idle clock.
// Where the clock is set while it runs, the start is set with it, and the event "run" tells so.

/** From here on the clock has not gone wrong, it was set. */
const SET_MS = 30_000;

/** @typedef {import("./store.js").Run} Run */
/** @typedef {{face: HTMLElement, told: HTMLElement, bar: SVGRectElement, shortest: number, longest: number}} Parts  minutes */

class RunTimer extends /** @type {new () => HTMLElement & Parts} */ (HTMLElement) {
  connectedCallback() {
    this.face = /** @type {HTMLElement} */ (this.querySelector("[data-face]"));
    this.told = /** @type {HTMLElement} */ (this.querySelector("[data-told]"));
    this.bar = /** @type {SVGRectElement} */ (this.querySelector("rect"));
    [this.shortest, this.longest] = ["shortest", "longest"].map((name) => Number(this.getAttribute(name)));
    this.hidden = false;
    /** @type {() => void} */
    this.seen = () => this.show();
    document.addEventListener("visibilitychange", this.seen);
    this.run = this.run ?? {};
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    document.removeEventListener("visibilitychange", this.seen);
  }

  /** @param {Run} run */
  set run(run) {
    /** @type {Run} */
    this.moments = run;
    /** @type {{clock: number, even: number, inSight: boolean} | undefined} */
    this.last = undefined;
    clearInterval(this.ticking);
    if (run.start && !run.stop) this.ticking = setInterval(() => this.show(), 1000);
    if (this.face) this.show();
  }

  get run() {
    return this.moments;
  }

  /** Milliseconds so far; a clock that was put back never makes them negative. */
  get lasted() {
    const { start, stop } = this.moments;
    return start ? Math.max((stop ?? Date.now()) - start, 0) : 0;
  }

  /** Whole minutes, as the wire counts them. */
  get minutes() {
    return Math.floor(this.lasted / 60000);
  }

  /** Twice as long as any deed counts, or a start that is to come: nobody knows how long it was. */
  get isUnsure() {
    const { start, stop } = this.moments;
    return this.minutes > 2 * this.longest || /** @type {number} */ (start) > (stop ?? Date.now());
  }

  /** Put back, the clock was set for certain; forward only in sight, for out of sight the phone may have slept. */
  follow() {
    const { start, stop } = this.moments, now = { clock: Date.now(), even: performance.now(), inSight: !document.hidden };
    const jump = this.last ? now.clock - this.last.clock - (now.even - this.last.even) : 0;
    const wasInSight = this.last?.inSight;
    this.last = now;
    if (!start || stop || Math.abs(jump) < SET_MS || (jump > 0 && !wasInSight)) return;
    this.moments = { start: start + jump };
    this.dispatchEvent(new Event("run", { bubbles: true }));
  }

  show() {
    this.follow();
    const seconds = Math.floor(this.lasted / 1000), minutes = this.minutes;
    /** @param {number} number */
    const two = (number) => String(number).padStart(2, "0");
    this.face.textContent = `${two(minutes)}.${two(seconds % 60)}`;
    this.bar.setAttribute("width", `${Math.min(100, (seconds / 60 / this.longest) * 100)}%`);
    const { start } = this.moments;
    const phase = !start ? "idle" : this.isUnsure ? "unsure" : minutes < this.shortest ? "short" : minutes < this.longest ? "enough" : "long";
    this.dataset.phase = phase;
    // Said anew only when it changes: it is read aloud.
    const words = (this.getAttribute(`words-${phase}`) ?? "").replace("{left}", String(this.shortest - minutes));
    if (this.told.textContent !== words) this.told.textContent = words;
  }
}

/** @typedef {RunTimer} Timer */

customElements.define("run-timer", RunTimer);

export {};
