// <outbox-state account="...">: says on every page how many records wait on this phone, and sees to it that they are sent: on
// load, when the signal or the page comes back, and by a timer with growing pauses, for as long as something waits.
// `account` is who the page was made for; without it there was nobody, or it is a shell; "?": something of ours is broken.
// `data-asks`: on a page on which the account's sites change, what the phone knows of them is asked for anew.

import { askWho } from "./call.js";
import { isDue, isOwn } from "../store/due.js";
import { clearPresent, entries, isPossible, onChange, present, setPresent } from "../store/store.js";

const FRESH_MS = 600_000;
const LOOK_MS = 100;
const SOON_MS = 1_000;
const SHORTEST_MS = 5_000;
const LONGEST_MS = 600_000;
/** Longer than any request is waited for. */
const HUNG_MS = 2_400_000;

/** @typedef {Partial<Awaited<ReturnType<typeof import("./send.js").flush>>> & {sent: string[]}} Flushed */

const line = /** @type {Navigator & {connection?: EventTarget}} */ (navigator).connection;

class OutboxState extends HTMLElement {
  async connectedCallback() {
    /** @type {Record<string, HTMLElement>} */
    this.words = Object.fromEntries([...this.querySelectorAll("[data-when]")].map((each) => [each.dataset.when, each]));
    if (!isPossible()) return;
    this.pause = SHORTEST_MS;
    /** How often there was a reason to begin with the shortest pause again. @type {number} */
    this.begun = 0;
    this.silence = onChange((message) => this.hear(message));
    /** @type {() => void} */
    this.awake = () => document.visibilityState === "visible" && this.beginAnew();
    addEventListener("online", this.awake);
    document.addEventListener("visibilitychange", this.awake);
    // From mobile data to Wi-Fi: photographs may go.
    line?.addEventListener("change", this.awake);
    // Whatever the storage does just now, what waits is looked for again.
    await this.lookUp().catch(console.info);
    await this.show().catch(console.info);
    await this.send();
  }

  disconnectedCallback() {
    this.silence?.();
    clearTimeout(this.timer);
    removeEventListener("online", this.awake);
    line?.removeEventListener("change", this.awake);
    document.removeEventListener("visibilitychange", this.awake);
  }

  /** Keep what the phone believes of who is signed in true to what the page knows. */
  async lookUp() {
    const account = this.getAttribute("account") || undefined;
    if (account === "?") return;
    const believed = await present();
    const fresh = believed && !this.hasAttribute("data-asks") && Math.abs(Date.now() - believed.seenAt) < FRESH_MS;
    const isShell = document.documentElement.hasAttribute("data-shell");
    const agrees = account ? believed?.account === account && fresh : isShell ? fresh : !believed;
    // Who signs out here, or is followed by another, is told nothing more here.
    if (!isShell && (!account || believed?.account !== account)) await endPush().catch(() => {});
    // Known before the server has answered: what is logged in the next moment is not the one's before.
    const told = account ? () => setPresent({ account, sites: [], programmes: [], seenAt: 0 }) : clearPresent;
    if (!isShell && believed?.account !== account) await told().catch(() => {});
    if (!agrees) await askWho().catch(() => {});
  }

  /** @param {import("../store/store.js").Message} message */
  hear({ kind }) {
    // One look for many changes.
    this.soon ??= setTimeout(() => {
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      this.soon = undefined;
      this.show().catch(console.info);
    }, LOOK_MS);
    /** @type {number | undefined} */
    this.stuck = undefined;
    if (kind === "kept") void this.beginAnew({ wake: true });
  }

  /** @param {{wake?: boolean}} [how] */
  beginAnew(how) {
    /** @type {number} */
    this.pause = SHORTEST_MS;
    this.begun += 1;
    return this.send(how);
  }

  /** `wake`: the worker too is asked to send, in case that this page is closed before. */
  async send({ wake = false } = {}) {
    clearTimeout(this.timer);
    const { begun } = this;
    // What sends is loaded where something waits: the first page of a phone does without.
    const waiting = await entries().catch(() => null);
    if (!waiting) return this.again(begun);
    if (!waiting.length) return;
    const sender = await import("./send.js").catch(() => null);
    if (!sender) return this.again(begun);
    const { askForSync, flush } = sender;
    if (wake) askForSync();
    // A page that hangs while it sends says nothing any more: its turn is over.
    const steal = Date.now() - /** @type {number} */ (this.stuck) > HUNG_MS;
    const { busy, away, sent, left } = await flush({ steal }).catch(() => /** @type {Flushed} */ ({ away: true, sent: [] }));
    this.stuck = busy ? (this.stuck ?? Date.now()) : undefined;
    if (away) askForSync();
    // Who is sending just now may have looked before this was kept.
    if (busy) return this.sendAfter(SOON_MS);
    if (sent.length) this.pause = SHORTEST_MS;
    if (left || away) this.again(begun);
  }

  /** Try again after the pause; the next one will be longer, but for a try that began before the signal came back. @param {number} begun */
  again(begun) {
    this.sendAfter(this.pause);
    if (begun === this.begun) this.pause = Math.min(this.pause * 2, LONGEST_MS);
  }

  /** @param {number} pause */
  sendAfter(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  async show() {
    const [account, all] = [(await present())?.account, await entries()];
    const mine = all.filter((entry) => isOwn(entry, account));
    /** @type {Record<string, number>} */
    const counts = {
      waits: mine.filter((entry) => isDue(entry, account) && !entry.ahead).length,
      ahead: mine.filter((entry) => account && entry.ahead).length,
      help: mine.filter((entry) => account && !isDue(entry, account)).length,
      sign_in: account ? 0 : all.length,
    };
    for (const [when, words] of Object.entries(this.words)) {
      words.hidden = !counts[when];
      for (const number of words.querySelectorAll("[data-count]")) number.textContent = String(counts[when]);
    }
    this.hidden = "silent" in this.dataset || !Object.values(counts).some(Boolean);
  }
}

/** No more notices to this browser; the push service tells the server when it asks next. */
async function endPush() {
  const worker = await navigator.serviceWorker?.getRegistration();
  await (await worker?.pushManager?.getSubscription())?.unsubscribe();
}

customElements.define("outbox-state", OutboxState);
