// What <action-recorder> shows: the form in hand, one state after the other, what is wrong, and what has become of the record.
import { equip, judge } from "./numerals.js";
import { forField } from "./record-body.js";
import { StorageFull, receipts, shortNumber } from "./store.js";

const TURN_MS = 400;

export class RecorderFace extends HTMLElement {
  /** In the shell every programme's form waits in a template; that another one was asked for is said. */
  unpack() {
    const wanted = new URLSearchParams(location.search).get("program");
    const all = [...this.querySelectorAll("template[data-programme]")];
    const found = all.find((each) => each.dataset.programme === wanted) ?? all.find((each) => each.dataset.programme === "gps") ?? all[0];
    this.querySelector("[data-elsewhere]").hidden = !wanted || found?.dataset.programme === wanted;
    found?.replaceWith(found.content.cloneNode(true));
    this.querySelector("[data-late]").hidden = true;
    equip(this);
    return this.querySelector("form");
  }

  /** By the phone's clock, whatever the server's says. @param {number} start */
  beganAt(start) {
    this.form.elements.started.value = forField(new Date(start));
  }

  byHand(shown) {
    for (const part of this.querySelectorAll("details[data-plain-open]")) part.open = shown || Boolean(part.querySelector("[data-wrong]"));
  }

  /** What is shown now: idle, running, filling; then kept, unowned (kept, and nobody is signed in) or sent. */
  turn(state) {
    this.state = state;
    this.setAttribute("state", state);
    for (const part of this.querySelectorAll("[data-in]")) part.hidden = !part.dataset.in.split(" ").includes(state);
    this.toggleAttribute("timed", Boolean(this.timer?.run.start));
    if (state !== "running" && state !== "filling") return;
    this.photos?.want();
    // Where it does not come, the numbers are plain fields.
    import("./number-stepper.js").catch(() => {});
    if (!this.checks) import("./form-check.js").then((checks) => (this.checks = checks), () => {});
  }

  /**
   * What stands where something was pressed is another thing now: a second tap there, or a key held down, means nothing yet. The
   * keyboard goes on at what is next. @param {string} next
   */
  settle(next) {
    this.toggleAttribute("turning", true);
    setTimeout(() => this.toggleAttribute("turning", false), TURN_MS);
    this.querySelector(next).focus({ preventScroll: true });
  }

  /** Whether the form may be kept: what is wrong is said at its field, by the browser itself while our words have not come. */
  isWhole({ fix }) {
    judge(this.form, this.words);
    const nowhere = fix ? [] : [[this.fixes.querySelector("fieldset"), this.words.nowhere]];
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
    this.querySelector("[data-number]").textContent = shortNumber(id);
    this.querySelector("[data-action]").href = `/aksi/${id}`;
    this.name();
    this.querySelector("[data-again]").href = location.pathname + location.search;
    this.turn(account ? "kept" : "unowned");
    this.settle(".kept");
    scrollTo(0, 0);
  }

  /** The server has it; held is said at once, the reasons stand with the action. @param {string} id */
  async tellSent(id) {
    const receipt = (await receipts()).find((each) => each.id === id);
    this.querySelector("[data-held]").hidden = receipt?.status !== "held";
    this.turn("sent");
  }

  /** Not kept: what to do, said where it is seen. */
  warn(error) {
    const told = this.querySelector("[data-warning]"), full = error instanceof StorageFull;
    told.hidden = false;
    told.querySelector("p").textContent = this.words[full ? "full" : error.isAway ? "away" : "failed"];
    if (!full && !error.isAway) console.error(error);
  }
}
