// <action-recorder>: the form of an action as a recorder that needs no network. A timer, the phone's position and photographs fill
// the plain form in; every change is a draft on this phone; saved means kept whole in the outbox, which sends it.
// Where nothing can be kept it says so, and saving sends the plain form (plain-way.js). What was typed never leaves the page before
// it is kept or a server of ours has answered.
import { call } from "../send/call.js";
import { ActionPhotos } from "../photos/action-photos.js";
import { DraftKeeper, bytesOf, isRunning, tellOf } from "./draft-keeper.js";
import "./fix-keeper.js";
import { askOnlyWhatIsNeeded, bodyOf } from "./record-body.js";
import { RecorderFace } from "./recorder-face.js";
import "./run-timer.js";
import { inTime, isPossible, keepEntry, onChange, present } from "../store/store.js";

const OVER = new Set(["kept", "unowned", "sent"]);
const PAUSE_MS = 400, USUAL_MS = 900_000, FOUND_MS = 10_000;

/** @typedef {import("./recorder-face.js").Form} Form */
/** @typedef {import("../store/store.js").Draft} Draft */
/** @typedef {import("../photos/photo-box.js").Shot} Shot */

class ActionRecorder extends RecorderFace {
  async connectedCallback() {
    this.form = /** @type {Form} */ (this.querySelector("form") ?? this.unpack());
    // Before anything that may fail.
    this.form?.addEventListener("submit", (event) => this.save(event));
    this.timer = /** @type {import("./run-timer.js").Timer | null} */ (this.one("run-timer"));
    this.fixes = /** @type {import("./fix-keeper.js").Keeper} */ (this.one("fix-keeper"));
    const photos = /** @type {import("../photos/photo-box.js").Box} */ (this.one("photo-box"));
    const list = /** @type {import("./draft-list.js").List} */ (this.one("draft-list"));
    this.words = JSON.parse(/** @type {string} */ (this.getAttribute("words")));
    this.form.noValidate = true;
    this.byHand(false);
    askOnlyWhatIsNeeded(this.form);
    this.addEventListener("click", ({ target }) => this.press(/** @type {Element} */ (target).closest("[data-do]")?.dataset.do));
    this.turn(this.timer ? "idle" : "filling");
    this.tellFirst();
    this.way = this.prepare(photos, list).catch((error) => this.goWithout(error));
    await this.way;
    this.toggleAttribute("ready", true);
  }

  /** What this phone keeps for whoever is here: the drafts, and the one to go on with. Nothing of the form is touched yet. */
  async find() {
    if (!isPossible()) throw new Error("nothing can be kept");
    const believed = await present();
    const drafts = new DraftKeeper(/** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="sabuk-account"]'))?.content || believed?.account || null);
    const draft = await drafts.toGoOn(new URLSearchParams(location.search).get("draf") ?? "", /** @type {string} */ (this.form.dataset.programme));
    return { believed, drafts, draft, shots: draft ? await drafts.photos() : [] };
  }

  /** From here on every change is kept. @param {import("../photos/photo-box.js").Box} box @param {import("./draft-list.js").List} list */
  async prepare(box, list) {
    const { believed, drafts, draft, shots } = await inTime(this.find(), FOUND_MS);
    this.fixes.settle(believed?.sites ?? []);
    this.photos = new ActionPhotos(box, {
      before: () => this.keep(true),
      here: () => (this.fixes.fix?.source === "device" ? this.fixes.fix : null),
      usual: () => (this.state === "filling" ? "after" : "before"),
    });
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.changed());
    // A position alone is no draft: somebody only looked.
    this.form.addEventListener("fix", () => this.begun && this.changed());
    this.form.addEventListener("photos", () => this.keep(true));
    this.form.addEventListener("run", () => this.keep());
    this.leave = () => document.visibilityState === "hidden" && this.due && this.keep();
    document.addEventListener("visibilitychange", this.leave);
    this.silence = onChange((message) => this.hear(message));
    if (!this.timer) this.beganAt(Date.now());
    this.drafts = drafts;
    await (draft ? this.resume(draft, shots) : this.fixes.begin());
    this.turn(this.state);
    // Who has begun before it was known where it is kept.
    if (!draft && this.timer && this.state !== "idle") void this.keep();
    await tellOf(list, drafts, async () => this.due && this.keep()).catch(console.info);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.leave);
    this.silence?.();
  }

  /** @param {import("../store/store.js").Message} message */
  hear({ kind, id }) {
    if (kind === "present") void this.meet();
    if ((kind === "sent" || kind === "ahead") && id === this.drafts?.id && OVER.has(this.state)) void this.tellSent(/** @type {string} */ (id));
  }

  /** Who is signed in may become known only now: the page from the phone is faster than the server's answer. */
  async meet() {
    const believed = await present().catch(() => null);
    if (!believed || !this.drafts) return;
    if (!this.begun) this.drafts.account ??= believed.account;
    this.fixes.settle(believed.sites);
  }

  /** Nothing can be kept here: a signal is needed when it is saved. @param {unknown} error */
  goWithout(error) {
    console.info(error);
    this.drafts = undefined;
    this.one("[data-unkept]").hidden = false;
    this.form.addEventListener("input", () => (this.begun = true));
    addEventListener("beforeunload", (event) => this.begun && event.preventDefault());
    this.fixes.begin?.();
    // The kept page has the sites from this phone's memory; without one they are the server's to tell.
    call("GET", "/api/v1/me").then(({ told }) => this.fixes.settle?.(told.sites ?? [])).catch(console.info);
  }

  /** Go on with what the draft says; what brings it back comes only where there is one. @param {Draft} draft @param {Shot[]} shots */
  async resume(draft, shots) {
    this.begun = true;
    this.name(draft.id);
    this.problem = draft.problem;
    const { bringBack } = await import("./draft-back.js");
    this.photos.all = shots;
    await bringBack(this, draft, isRunning(draft));
    askOnlyWhatIsNeeded(this.form);
  }

  /** @param {string | undefined} command */
  press(command) {
    if (this.hasAttribute("turning")) return;
    // Who starts and stops has a timer.
    const timer = /** @type {import("./run-timer.js").Timer} */ (this.timer), start = Number(timer?.run.start), now = Date.now();
    if (command === "start") {
      timer.run = { start: now };
      this.fixes.watch();
      this.turn("running");
    } else if (command === "stop") {
      timer.run = { start, stop: now };
      const { minutes } = this.form.elements, isUnsure = timer.dataset.phase === "unsure";
      this.beganAt(Math.min(start, now));
      minutes.value = isUnsure ? "" : String(Math.min(timer.minutes, Number(minutes.dataset.max)));
      /** @type {HTMLDetailsElement} */ (minutes.closest("details")).open = isUnsure;
      // Without any position yet it is looked for still.
      if (this.fixes.fix) this.fixes.rest();
      this.turn("filling");
    } else if (command === "resume") {
      timer.run = { start };
      this.fixes.watch();
      this.turn("running");
    } else if (command === "by-hand") {
      this.beganAt(now - USUAL_MS);
      this.byHand(true);
      this.turn("filling");
    } else return;
    // What is to be filled in lies before the button that saves it.
    this.settle(this.state === "filling" ? "details[data-in]" : ".thumb button:not([hidden])");
    void this.keep();
  }

  changed() {
    askOnlyWhatIsNeeded(this.form);
    this.due ??= setTimeout(() => this.keep(), PAUSE_MS);
  }

  body() {
    return bodyOf(this.form, this.timer?.run.start, this.fixes.fix);
  }

  /** The draft as it is now. */
  async keep(withPhotos = false) {
    clearTimeout(this.due);
    this.due = undefined;
    if (!this.drafts || this.saving || OVER.has(this.state)) return;
    if (!this.begun) this.name(this.drafts.id);
    this.begun = true;
    const photos = this.photos.all, body = { ...this.body(), photos: photos.map(({ role }) => ({ role })) };
    const draft = { programme: /** @type {string} */ (body.programme), body, run: this.timer?.run ?? null, fixes: this.fixes.fixes, problem: this.problem };
    const kept = this.drafts.keep(draft, withPhotos ? photos : undefined);
    await kept.then(() => (this.one("[data-warning]").hidden = true), (error) => this.warn(error));
  }

  /** @param {Event} event */
  async save(event) {
    event.preventDefault();
    const { saving } = this;
    // Enter in a field sends a form also where its button is hidden.
    if (saving || this.state !== "filling" || this.hasAttribute("turning")) return;
    this.saving = true;
    try {
      await this.way;
      const body = this.body();
      if (!this.isWhole(body) || this.checks?.isShort(this, body)) return;
      await (this.drafts ? this.keepWhole(body) : this.sendPlain());
    } catch (error) {
      this.warn(/** @type {Error} */ (error));
    } finally {
      this.saving = false;
    }
  }

  /** @param {import("../store/store.js").Body} body */
  async keepWhole(body) {
    const drafts = /** @type {DraftKeeper} */ (this.drafts), { id, account } = drafts;
    clearTimeout(this.due);
    try {
      await this.photos.settled;
      await drafts.settled;
      await keepEntry({ id, account, programme: /** @type {string} */ (body.programme), body }, this.photos.all.map(bytesOf), { draft: id });
    } catch (error) {
      // A second time it is sent, as nothing is kept.
      if (!this.failed) throw (this.failed = error);
      return this.sendPlain();
    }
    this.fixes.rest();
    this.tellKept(id, account);
  }

  async sendPlain() {
    // What was found meanwhile, as it belongs to the times that are written now.
    this.fixes.show();
    const { sendPlain } = await import("./plain-way.js").catch((error) => {
      throw Object.assign(error, { isAway: true });
    });
    await sendPlain(this, () => (this.begun = false));
  }
}

customElements.define("action-recorder", ActionRecorder);
