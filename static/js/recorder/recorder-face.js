// What <action-recorder> shows: the form in hand, one state after the other, what is wrong, and what has become of the record.
import { equip, judge } from "../common/number-fields.js";
import { forField } from "./record-body.js";
import { StorageFull, receipts, shortNumber } from "../store/store.js";

const TURN_MS = 400;

/**
 * @typedef {{
 *   form: Form, words: Record<string, string>, state: string, timer: import("./run-timer.js").Timer | null,
 *   fixes: import("./fix-keeper.js").Keeper, photos: import("../photos/action-photos.js").ActionPhotos,
 *   checks?: typeof import("./form-check.js"),
 *   drafts?: import("./draft-keeper.js").DraftKeeper, problem?: import("../store/store.js").Problem | null,
 *   begun: boolean, saving: boolean, failed: unknown, due?: ReturnType<typeof setTimeout>, way: Promise<void>,
 *   leave: () => void, silence?: () => void, sure?: number | string | null,
 * }} Parts  what <action-recorder> has found or made
 * @typedef {HTMLFormElement & {elements: {started: HTMLInputElement, minutes: HTMLInputElement, action_id: HTMLInputElement}}} Form
 */

/** The programme of this phone's last visit. */
function usual() {
  try {
    return localStorage.known;
  } catch {
    return null;
  }
}

export class RecorderFace extends /** @type {new () => HTMLElement & Parts} */ (HTMLElement) {
  /** What the page holds for it. @param {string} selector */
  one(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }

  /** In the shell every programme's form waits in a template; that another one was asked for is said. */
  unpack() {
    const wanted = new URLSearchParams(location.search).get("program");
    const all = /** @type {HTMLTemplateElement[]} */ ([...this.querySelectorAll("template[data-programme]")]);
    /** @param {string | null} code */
    const of = (code) => all.find((each) => each.dataset.programme === code);
    const found = of(wanted) ?? of(usual()) ?? of("gps") ?? all[0];
    this.one("[data-elsewhere]").hidden = !wanted || found?.dataset.programme === wanted;
    found?.replaceWith(found.content.cloneNode(true));
    this.one("[data-late]").hidden = true;
    equip(this);
    return /** @type {Form | null} */ (this.querySelector("form"));
  }

  /** The steps stand open at a phone's first visit, and folded ever after. */
  tellFirst() {
    try {
      /** @type {HTMLDetailsElement} */ (this.one("[data-first]")).open = !localStorage.known;
      // The one that is opened where none is asked for.
      localStorage.known = this.form.dataset.programme;
    } catch {
      // Nothing can be remembered here.
    }
  }

  /** By the phone's clock, whatever the server's says. @param {number} start */
  beganAt(start) {
    this.form.elements.started.value = forField(new Date(start));
  }

  /** @param {boolean} shown */
  byHand(shown) {
    for (const part of /** @type {NodeListOf<HTMLDetailsElement>} */ (this.querySelectorAll("details[data-plain-open]"))) part.open = shown || Boolean(part.querySelector("[data-wrong]"));
  }

  /** What is shown now: idle, running, filling; then kept, unowned (kept, and nobody is signed in) or sent. @param {string} state */
  turn(state) {
    this.state = state;
    this.setAttribute("state", state);
    for (const part of this.querySelectorAll("[data-in]")) part.hidden = !part.dataset.in?.split(" ").includes(state);
    this.toggleAttribute("timed", Boolean(this.timer?.run.start));
    if (state !== "running" && state !== "filling") return;
    this.photos?.want();
    // Where it does not come, the numbers are plain fields.
    import("../pages/number-stepper.js").catch(() => {});
    if (!this.checks) import("./form-check.js").then((checks) => (this.checks = checks), () => {});
  }

  /**
   * What stands where something was pressed is another thing now: a second tap there, or a key held down, means nothing yet. The
   * keyboard goes on at what is next. @param {string} next
   */
  settle(next) {
    this.toggleAttribute("turning", true);
    setTimeout(() => this.toggleAttribute("turning", false), TURN_MS);
    const part = this.one(next);
    if (part.tabIndex < 0) part.tabIndex = -1;
    part.focus({ preventScroll: true });
  }

  /** Whether the form may be kept: what is wrong is said at its field, by the browser itself while our words have not come. @param {{fix?: unknown}} body */
  isWhole({ fix }) {
    judge(this.form, this.words);
    /** @type {import("./form-check.js").Wrong[]} */
    const nowhere = fix ? [] : [[this.one("fix-keeper fieldset"), this.words.nowhere]];
    if (this.checks) return this.checks.isFine(this.form, this.words, nowhere);
    this.byHand(true);
    if (!fix) this.fixes.scrollIntoView();
    return Boolean(fix) && this.form.reportValidity();
  }

  /** The page's address names the draft: loaded again, or come back to, it goes on with it. @param {string} [id] */
  name(id) {
    const address = new URL(location.href);
    if (id) address.searchParams.set("draf", id);
    else address.searchParams.delete("draf");
    history.replaceState(history.state, "", address);
  }

  /** It is whole on this phone. @param {string} id @param {string | null} account */
  tellKept(id, account) {
    this.one("[data-number]").textContent = shortNumber(id);
    /** @type {HTMLAnchorElement} */ (this.one("[data-action]")).href = `/aksi/${id}`;
    this.name();
    /** @type {HTMLAnchorElement} */ (this.one("[data-again]")).href = location.pathname + location.search;
    this.turn(account ? "kept" : "unowned");
    this.settle(".kept");
    scrollTo(0, 0);
  }

  /** The server has it; held is said at once, the reasons stand with the action. Without a receipt its photographs follow. @param {string} id */
  async tellSent(id) {
    const receipt = (await receipts()).find((each) => each.id === id);
    this.one("[data-follows]").hidden = Boolean(receipt);
    this.one("[data-held]").hidden = receipt?.status !== "held";
    this.turn("sent");
  }

  /** Not kept: what to do, said where it is seen. @param {Error & {isAway?: boolean}} error */
  warn(error) {
    const told = this.one("[data-warning]"), full = error instanceof StorageFull;
    told.hidden = false;
    this.one("[data-warning] p").textContent = this.words[full ? "full" : error.isAway ? "away" : "failed"];
    if (!full && !error.isAway) console.error(error);
  }
}
