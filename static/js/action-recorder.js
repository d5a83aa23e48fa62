// <action-recorder>: the form of a deed as a recorder that needs no network. A timer, the phone's position and photographs fill
// the plain form in; every change is a draft on this phone; saved means kept whole in the outbox, which sends it.
// Without a place to keep records it says so, and the plain form goes to the server as it does without script.
import { DeedPhotos } from "./deed-photos.js";
import { DraftKeeper, bytesOf, isRunning, tellOf } from "./draft-keeper.js";
import "./fix-keeper.js";
import { askOnlyWhatIsNeeded, bodyOf, fillIn } from "./record-body.js";
import { RecorderFace } from "./recorder-face.js";
import "./run-timer.js";
import { isPossible, keepEntry, onChange, open, present } from "./store.js";

const OVER = new Set(["kept", "unowned", "sent"]);
const PAUSE_MS = 400, USUAL_MS = 900_000;

class ActionRecorder extends RecorderFace {
  async connectedCallback() {
    this.form = this.querySelector("form") ?? this.unpack();
    const [timer, fixes, photos, list] = ["run-timer", "fix-keeper", "photo-box", "draft-list"].map((name) => this.querySelector(name));
    [this.timer, this.fixes] = [timer, fixes];
    if (!this.form || !fixes || !photos || !list) throw new Error("<action-recorder> holds a form with a position and photographs, and a list of drafts");
    this.words = JSON.parse(this.getAttribute("words"));
    this.form.noValidate = true;
    this.byHand(false);
    askOnlyWhatIsNeeded(this.form);
    this.addEventListener("click", ({ target }) => this.press(target.closest("[data-deed]")?.dataset.deed));
    this.turn(this.timer ? "idle" : "filling");
    // Enter in a field sends a form also where its button is hidden.
    this.form.addEventListener("submit", (event) => this.state === "filling" || event.preventDefault());
    if (!isPossible() || !(await open().catch(() => null))) return this.goWithout();
    const believed = await present();
    this.drafts = new DraftKeeper(document.querySelector('meta[name="sabuk-account"]')?.content || believed?.account || null);
    this.fixes.settle(believed?.sites ?? []);
    this.photos = new DeedPhotos(photos, {
      before: () => this.keep(true),
      here: () => (fixes.fix?.source === "device" ? fixes.fix : null),
      usual: () => (this.state === "filling" ? "after" : "before"),
    });
    this.form.addEventListener("submit", (event) => this.save(event));
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.changed());
    // A position alone is no draft: somebody only looked.
    this.form.addEventListener("fix", () => this.begun && this.changed());
    this.form.addEventListener("photos", () => this.keep(true));
    this.form.addEventListener("run", () => this.keep());
    this.leave = () => document.visibilityState === "hidden" && this.due && this.keep();
    document.addEventListener("visibilitychange", this.leave);
    this.silence = onChange((message) => this.hear(message));
    await this.meet();
    if (!this.timer) this.beganAt(Date.now());
    const draft = await this.drafts.toGoOn(new URLSearchParams(location.search).get("draf") ?? "", this.form.dataset.programme);
    await (draft ? this.resume(draft) : this.fixes.begin());
    this.turn(this.state);
    await tellOf(list, this.drafts, async () => this.due && this.keep());
    this.toggleAttribute("ready", true);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.leave);
    this.silence?.();
  }

  hear({ kind, id }) {
    if (kind === "present") this.meet();
    if (kind === "sent" && id === this.drafts.id && this.state === "kept") this.tellSent(id);
  }

  /** Who is signed in may become known only now: the page from the phone is faster than the server's answer. */
  async meet() {
    const believed = await present();
    if (!believed) return;
    if (!this.begun) this.drafts.account ??= believed.account;
    this.fixes.settle(believed.sites);
  }

  /** Nothing can be kept here: a signal is needed when it is saved. */
  goWithout() {
    this.fixes.begin();
    // What was found meanwhile, as it belongs to the times that are written now.
    this.form.addEventListener("submit", () => this.fixes.show());
    this.querySelector("[data-unkept]").hidden = false;
    this.toggleAttribute("ready", true);
  }

  async resume({ body, run, fixes, problem }) {
    this.begun = true;
    this.name(this.drafts.id);
    this.problem = problem;
    fillIn(this.form, body);
    if (this.timer && run?.start) this.timer.run = run;
    this.photos.all = await this.drafts.photos();
    this.fixes.recall(body.fix, fixes);
    this.turn(isRunning({ run }) ? "running" : "filling");
    if (isRunning({ run }) || !this.fixes.fix) this.fixes.watch();
    // The server refused it: it says why at its fields.
    if (problem) {
      const parts = [import("./put-right.js"), import("./form-check.js"), this.photos.want()];
      await Promise.all(parts).then(([{ putRight }, { tell }]) => putRight(this, tell)).catch(console.error);
    }
  }

  press(deed) {
    if (this.hasAttribute("turning")) return;
    const { run } = this.timer ?? {}, now = Date.now();
    if (deed === "start") {
      this.timer.run = { start: now };
      this.fixes.watch();
      this.turn("running");
    } else if (deed === "stop") {
      this.timer.run = { ...run, stop: now };
      const { minutes } = this.form.elements, { isUnsure } = this.timer;
      this.beganAt(Math.min(run.start, now));
      minutes.value = isUnsure ? "" : Math.min(this.timer.minutes, minutes.dataset.max);
      minutes.closest("details").open = isUnsure;
      // Without any position yet it is looked for still.
      if (this.fixes.fix) this.fixes.rest();
      this.turn("filling");
    } else if (deed === "resume") {
      this.timer.run = { start: run.start };
      this.fixes.watch();
      this.turn("running");
    } else if (deed === "by-hand") {
      this.beganAt(now - USUAL_MS);
      this.byHand(true);
      this.turn("filling");
    } else return;
    this.settle(".thumb button:not([hidden])");
    this.keep();
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
    const draft = { programme: body.programme, body, run: this.timer?.run ?? null, fixes: this.fixes.fixes, problem: this.problem };
    const kept = this.drafts.keep(draft, withPhotos ? photos : undefined);
    await kept.then(() => (this.querySelector("[data-warning]").hidden = true), (error) => this.warn(error));
  }

  async save(event) {
    event.preventDefault();
    if (this.saving || this.state !== "filling" || this.hasAttribute("turning")) return;
    const body = this.body(), { id, account } = this.drafts;
    if (!this.isWhole(body)) return;
    this.saving = true;
    clearTimeout(this.due);
    try {
      await this.photos.settled;
      await this.drafts.settled;
      await keepEntry({ id, account, programme: body.programme, body }, this.photos.all.map(bytesOf), { draft: id });
      this.fixes.rest();
      this.tellKept(id, account);
    } catch (error) {
      this.warn(error);
    } finally {
      this.saving = false;
    }
  }
}

customElements.define("action-recorder", ActionRecorder);
