// <run-timer>: how long the action has lasted. It reckons from two moments of the phone's clock, so it goes on where it was after
// the tab or the phone was killed; no network. `run` is {start, stop} in milliseconds; without a start it shows an idle clock.
// Where the clock is set while it runs, the start is set with it, and the event "run" tells so.

import { lastedMs, minutesOf, phaseOf, setBy, two } from "./timing.js";

/** @typedef {import("../store/store.js").Run} Run */
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
    /** @type {import("./timing.js").Look | undefined} */
    this.last = undefined;
    clearInterval(this.ticking);
    if (run.start && !run.stop) this.ticking = setInterval(() => this.show(), 1000);
    if (this.face) this.show();
  }

  get run() {
    return this.moments;
  }

  get minutes() {
    return minutesOf(this.moments, Date.now());
  }

  /** Where the clock was set, the start is set with it. */
  follow() {
    const { start, stop } = this.moments, now = { clock: Date.now(), even: performance.now(), inSight: !document.hidden };
    const jump = setBy(this.last, now);
    this.last = now;
    if (!start || stop || !jump) return;
    this.moments = { start: start + jump };
    this.dispatchEvent(new Event("run", { bubbles: true }));
  }

  show() {
    this.follow();
    const now = Date.now(), seconds = Math.floor(lastedMs(this.moments, now) / 1000), minutes = Math.floor(seconds / 60);
    this.face.textContent = `${two(minutes)}.${two(seconds % 60)}`;
    this.bar.setAttribute("width", `${Math.min(100, (seconds / 60 / this.longest) * 100)}%`);
    const phase = phaseOf(this.moments, this.shortest, this.longest, now);
    this.dataset.phase = phase;
    // Said anew only when it changes: it is read aloud.
    const words = (this.getAttribute(`words-${phase}`) ?? "").replace("{left}", String(this.shortest - minutes));
    if (this.told.textContent !== words) this.told.textContent = words;
  }
}

/** @typedef {RunTimer} Timer */

customElements.define("run-timer", RunTimer);
