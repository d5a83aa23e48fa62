// <outbox-list>: what waits on this phone, each with its state and what can be done about it (commands.js).
// All of its sentences stand in the page.

import { Unreachable } from "../send/call.js";
import { isDue, isOwn } from "../store/due.js";
import { entriesAndReceipts, firstPhotoOf } from "../store/entry-store.js";
import { OutboxCommands } from "./commands.js";
import { fillDraft, fillEntry, fillReceipt, isRunning, said } from "./rows.js";
import { drafts, draftsInHand, dropReceipts, isPossible, onChange, open, present } from "../store/store.js";
import { tieWifi } from "./wifi-box.js";

const A_DAY_MS = 86_400_000;
const READ_MS = 8_000;
const SOON_MS = 50;
const AGAIN_MS = 1_000;
/** While many are sent, a phone has this many times as long for other things as it takes to look at all of them. */
const QUIET = 4;
/** What is told of a try to send, and no longer true once something has been sent. */
const OF_A_TRY = ["away", "unreached", "busy", "tried", "wait"];

/**
 * @typedef {import("../store/store.js").Message} Message
 * @typedef {import("./rows.js").Words} Words
 * @typedef {{
 *   parts: Record<string, HTMLElement>, words: Words, rows: Map<string, HTMLElement>, commands: OutboxCommands, seen: IntersectionObserver,
 *   silence: () => void, shown: Promise<unknown>, took: number, said: string, doing: boolean, account: string | null,
 *   clearable: import("../store/store.js").Draft[], sending: import("./rows.js").Sending | null,
 *   soon: ReturnType<typeof setTimeout> | undefined, reading: ReturnType<typeof setTimeout>,
 * }} Parts  said: which sentence was told last; took: milliseconds of the last look
 * @typedef {(id: string | undefined, row: HTMLElement | null, button: HTMLButtonElement) => unknown} Command
 * @typedef {OutboxList} List
 */

class OutboxList extends /** @type {new () => HTMLElement & Parts} */ (HTMLElement) {
  async connectedCallback() {
    const sentences = this.querySelector('script[type="application/json"]');
    this.parts = Object.fromEntries([...this.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]));
    if (!sentences || !this.parts.entries || !this.parts.told) throw new Error("<outbox-list> holds its words and its parts");
    this.words = JSON.parse(String(sentences.textContent));
    if (!isPossible() || !(await open().catch(() => null))) return this.giveUp();
    this.rows = new Map();
    this.commands = new OutboxCommands(this);
    this.seen = new IntersectionObserver((rows) => {
      for (const { isIntersecting, target } of rows) if (isIntersecting) void this.picture(/** @type {HTMLElement} */ (target));
    });
    this.addEventListener("click", (event) => this.press(event));
    const file = /** @type {HTMLInputElement} */ (this.querySelector('input[type="file"]'));
    file.addEventListener("change", () => this.commands.takeIn(file));
    void tieWifi(/** @type {HTMLInputElement} */ (this.querySelector("[data-wifi]"))).catch(console.info);
    this.silence = onChange((message) => this.hear(message));
    [this.shown, this.took] = [Promise.resolve(), 0];
    await this.refresh();
    this.hidden = false;
  }

  disconnectedCallback() {
    this.silence?.();
    this.seen?.disconnect();
  }

  /** Nothing is kept here: the page says so, and offers nothing of what it cannot do. */
  giveUp() {
    for (const part of this.children) /** @type {HTMLElement} */ (part).hidden = true;
    /** @type {HTMLElement} */ (this.parts.told.parentElement).hidden = false;
    this.tell("impossible");
  }

  /** @param {Message} message */
  hear({ kind, id, sent = [], away, photo, of }) {
    const { sending = null } = this;
    if (kind === "rest" && sent.length) this.tell("sent", { n: sent.length });
    // Who asked while somebody was sending already is told how that ended.
    else if (kind === "rest" && away && this.said === "busy") this.tellAway();
    else if (kind === "rest" && !away && OF_A_TRY.includes(this.said) && !this.doing) this.parts.told.hidden = true;
    this.sending = kind === "sending" && id ? { id, photo, of } : kind === "rest" || kind === "sent" ? null : sending;
    this.refreshIn(Math.max(SOON_MS, QUIET * this.took));
  }

  /** One look for many changes. @param {number} pause */
  refreshIn(pause) {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.refresh();
    }, pause);
  }

  /** One look after the other: an older one never comes last. One that fails (the browser took the storage away) is not the last. */
  refresh() {
    const { shown } = this;
    return (this.shown = shown
      .then(() => this.show())
      .then(
        () => this.said === "unreadable" && (this.parts.told.hidden = true),
        (error) => {
          console.warn(error);
          // An empty list would say that nothing waits.
          if (!this.took) this.tell("unreadable");
          this.refreshIn(AGAIN_MS);
        },
      ));
  }

  async show() {
    const began = performance.now();
    const account = (await present())?.account ?? null, waiting = await drafts(), [all, kept] = await entriesAndReceipts();
    const active = this.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const inHand = await draftsInHand();
    const mine = all.filter((entry) => isOwn(entry, account));
    const told = kept.filter((receipt) => receipt.account === account && Math.abs(Date.now() - receipt.sentAt) < A_DAY_MS);
    const old = kept.filter((receipt) => Math.abs(Date.now() - receipt.sentAt) >= A_DAY_MS);
    if (old.length) await dropReceipts(old.map((receipt) => receipt.id));
    const own = waiting.filter((draft) => !draft.account || draft.account === account);
    own.sort((a, b) => String(b.changedAt).localeCompare(String(a.changedAt)));
    await this.fill("entries", mine, (row, entry) => fillEntry(row, entry, this.words, { account, sending: this.sending }));
    await this.fill("drafts", own, (row, draft) => fillDraft(row, draft, this.words, inHand.has(draft.id)));
    await this.fill("receipts", told.reverse(), (row, receipt) => fillReceipt(row, receipt, this.words));
    const due = mine.filter((entry) => isDue(entry, account) && !entry.ahead).length;
    const shown = {
      empty: !all.length, send: due > 0, drafts: own.length, receipts: told.length, others: account && all.length - mine.length,
      "signed-out": !account && all.length, save: mine.length, clear: !mine.length && (told.length || own.length || account),
    };
    [this.account, this.clearable] = [account, own.filter((draft) => !inHand.has(draft.id) && !isRunning(draft))];
    for (const [part, is] of Object.entries(shown)) this.parts[part].hidden = !is;
    for (const part of ["others", "signed-out"]) {
      const number = this.parts[part].querySelector("[data-count]");
      if (number) number.textContent = String(account ? all.length - mine.length : all.length);
    }
    this.holdFocus(active);
    this.took = performance.now() - began;
  }

  /** Whoever works with the keyboard or by ear stays where they were: at the row, or where it is said what became of it. @param {HTMLElement | null} active */
  holdFocus(active) {
    if (active?.checkVisibility?.() !== false) return;
    const row = active.closest("[data-id]");
    const place = [row, this.parts.told, document.querySelector("h1")].find((each) => each?.isConnected && !each.hidden);
    place?.setAttribute("tabindex", "-1");
    place?.focus({ preventScroll: place === row });
  }

  /**
   * One row for each thing; a row that stays keeps its place and what is open in it.
   * @template {{id: string, body?: import("../store/store.js").Body}} T
   * @param {string} part @param {T[]} things @param {(row: HTMLElement, thing: T) => void} fillRow
   */
  async fill(part, things, fillRow) {
    const list = this.parts[part].matches("ol") ? this.parts[part] : this.parts[part].querySelector("ol");
    const wanted = new Set(things.map((thing) => `${part} ${thing.id}`));
    for (const [key, row] of this.rows) {
      if (!key.startsWith(`${part} `) || wanted.has(key)) continue;
      row.remove();
      this.rows.delete(key);
    }
    for (const thing of things) {
      const key = `${part} ${thing.id}`;
      let row = this.rows.get(key);
      if (!row) {
        const template = /** @type {HTMLTemplateElement} */ (this.querySelector(`template[data-row="${part}"]`));
        row = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
        row.dataset.id = thing.id;
        // "Kirim ini" is said of which one.
        Object.assign(row.querySelector("[data-fill=title]") ?? {}, { id: `row-${thing.id}` });
        for (const each of row.querySelectorAll(".button, .plain")) each.setAttribute("aria-describedby", `row-${thing.id}`);
        this.rows.set(key, row);
        list?.append(row);
        if (part === "entries") this.frame(row, thing.body?.photos?.length);
      }
      fillRow(row, thing);
    }
  }

  /** Room for the first photograph, where there is one. @param {HTMLElement} row @param {number | undefined} photos */
  frame(row, photos) {
    if (!photos) return row.querySelector(".frame")?.remove();
    row.querySelector(".action")?.toggleAttribute("data-picture", true);
    this.seen.observe(row);
  }

  /** Only of rows that are looked at: the photographs of many would not fit into a small phone. @param {HTMLElement} row */
  async picture(row) {
    this.seen.unobserve(row);
    const photo = await firstPhotoOf(String(row.dataset.id)), image = row.querySelector("img");
    if (!photo || !image) return;
    image.onload = () => {
      image.hidden = false;
      URL.revokeObjectURL(image.src);
    };
    // What this browser cannot decode (HEIC) is shown as a word.
    image.onerror = () => image.replaceWith(Object.assign(document.createElement("span"), { textContent: photo.type.slice(6).toUpperCase() }));
    image.src = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
  }

  /** @param {Event} event */
  async press(event) {
    /** @type {HTMLButtonElement | null} */
    const button = /** @type {Element} */ (event.target).closest("button[data-do]");
    if (!button || button.ariaBusy === "true") return;
    const row = button.closest("[data-id]");
    const command = /** @type {Command} */ (this.commands[/** @type {keyof OutboxCommands} */ (button.dataset.do)]);
    // Not disabled: that would take the focus away.
    [button.ariaBusy, this.doing] = ["true", true];
    try {
      await command.call(this.commands, row?.dataset.id, row, button);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.tellAway();
    } finally {
      [button.ariaBusy, this.doing] = [null, false];
      await this.refresh();
      if (!this.contains(document.activeElement)) this.holdFocus(button);
    }
  }

  /** No answer came: without a signal, or with one that leads somewhere else (a hotel's Wi-Fi). */
  tellAway() {
    this.tell(navigator.onLine ? "unreached" : "away");
  }

  /** Said aloud and shown above the list. @param {string} word  of this.words.told @param {Record<string, unknown>} [values] */
  tell(word, values = {}) {
    this.said = word;
    this.hidden = false;
    this.parts.told.hidden = false;
    this.parts.told.textContent = said(this.words.told[word], values);
    // In sight wherever the list is, for as long as it takes to read; then in its place above the list.
    const room = /** @type {HTMLElement} */ (this.parts.told.parentElement), { reading } = this;
    room.dataset.fresh = "";
    clearTimeout(reading);
    this.reading = setTimeout(() => delete room.dataset.fresh, READ_MS);
  }
}

customElements.define("outbox-list", OutboxList);
