// <outbox-list>: what waits on this phone, each with its state and what can be done about it; sends, opens again, discards.
// All of its sentences stand in the page.

import { Unreachable, call } from "./call.js";
import { isDue, isOwn } from "./due.js";
import { clearOwn, draftsInHand, reopenEntry } from "./outbox-clear.js";
import { saved, takenIn } from "./outbox-file.js";
import { draftAddress, fillDraft, fillEntry, fillReceipt, isRunning, said } from "./outbox-rows.js";
import { flush, undisturbed } from "./send.js";
import {
  changeEntry, drafts, dropDraft, dropEntry, dropReceipts, entries, entry as entryOf, firstPhotoOf, isPossible, onChange, open, present,
  receipts, shortNumber,
} from "./store.js";

const A_DAY_MS = 86_400_000;
const NOTICED_MS = 700;
const READ_MS = 8_000;
/** What is told of a try to send, and no longer true once something has been sent. */
const OF_A_TRY = ["away", "unreached", "busy", "tried", "wait"];

class OutboxList extends HTMLElement {
  async connectedCallback() {
    const sentences = this.querySelector('script[type="application/json"]');
    this.parts = Object.fromEntries([...this.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]));
    if (!sentences || !this.parts.entries || !this.parts.told) throw new Error("<outbox-list> holds its words and its parts");
    this.words = JSON.parse(sentences.textContent);
    if (!isPossible() || !(await open().catch(() => null))) return this.giveUp();
    this.rows = new Map();
    this.seen = new IntersectionObserver((rows) => rows.forEach((each) => each.isIntersecting && this.picture(each.target)));
    this.addEventListener("click", (event) => this.press(event));
    this.querySelector('input[type="file"]').addEventListener("change", (event) => this.takeIn(event.target));
    this.silence = onChange((message) => this.hear(message));
    this.shown = this.show();
    await this.shown;
    this.hidden = false;
  }

  disconnectedCallback() {
    this.silence?.();
    this.seen?.disconnect();
  }

  /** Nothing is kept here: the page says so, and offers nothing of what it cannot do. */
  giveUp() {
    for (const part of this.children) part.hidden = true;
    this.parts.told.parentElement.hidden = false;
    this.tell("impossible");
  }

  hear({ kind, id, sent, away, photo, of }) {
    if (kind === "rest" && sent.length) this.tell("sent", { n: sent.length });
    else if (kind === "rest" && !away && OF_A_TRY.includes(this.said) && !this.doing) this.parts.told.hidden = true;
    this.sending = kind === "sending" ? { id, photo, of } : kind === "rest" || kind === "sent" ? null : this.sending;
    // One look for many changes.
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      // One after the other: an older look never comes last.
      this.shown = this.shown.then(() => this.show());
    }, 50);
  }

  async show() {
    const [account, all, waiting, kept] = [(await present())?.account ?? null, await entries(), await drafts(), await receipts()];
    const active = this.contains(document.activeElement) ? document.activeElement : null;
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
    const due = mine.filter((entry) => isDue(entry, account)).length;
    const shown = {
      empty: !all.length, send: due > 0, drafts: own.length, receipts: told.length, others: account && all.length - mine.length,
      "signed-out": !account && all.length, save: mine.length, clear: !mine.length && (told.length || own.length || account),
    };
    [this.account, this.clearable] = [account, own.filter((draft) => !inHand.has(draft.id) && !isRunning(draft))];
    for (const [part, is] of Object.entries(shown)) this.parts[part].hidden = !is;
    for (const part of ["others", "signed-out"]) {
      const number = this.parts[part].querySelector("[data-count]");
      number.textContent = String(account ? all.length - mine.length : all.length);
    }
    this.holdFocus(active);
  }

  /** Whoever works with the keyboard or by ear stays where they were: at the row, or where it is said what became of it. */
  holdFocus(active) {
    if (!active || active.checkVisibility?.() !== false) return;
    const row = active.closest("[data-id]");
    const place = [row, this.parts.told, document.querySelector("h1")].find((each) => each?.isConnected && !each.hidden);
    place?.setAttribute("tabindex", "-1");
    place?.focus({ preventScroll: place === row });
  }

  /** One row for each thing; a row that stays keeps its place and what is open in it. */
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
        row = this.querySelector(`template[data-row="${part}"]`).content.firstElementChild.cloneNode(true);
        row.dataset.id = thing.id;
        // "Kirim ini" is said of which one.
        Object.assign(row.querySelector("[data-fill=title]"), { id: `row-${thing.id}` });
        for (const each of row.querySelectorAll(".button, .plain")) each.setAttribute("aria-describedby", `row-${thing.id}`);
        this.rows.set(key, row);
        list.append(row);
        if (part === "entries") this.frame(row, thing.body.photos?.length);
      }
      fillRow(row, thing);
    }
  }

  /** Room for the first photograph, where there is one. */
  frame(row, photos) {
    if (!photos) return row.querySelector(".frame").remove();
    row.querySelector(".action").dataset.picture = "";
    this.seen.observe(row);
  }

  /** Only of rows that are looked at: the photographs of many would not fit into a small phone. */
  async picture(row) {
    this.seen.unobserve(row);
    const [photo, image] = [await firstPhotoOf(row.dataset.id), row.querySelector("img")];
    if (!photo) return;
    image.onload = () => ((image.hidden = false), URL.revokeObjectURL(image.src));
    // What this browser cannot decode (HEIC) is shown as a word.
    image.onerror = () => image.replaceWith(Object.assign(document.createElement("span"), { textContent: photo.type.slice(6).toUpperCase() }));
    image.src = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
  }

  async press(event) {
    const button = event.target.closest("button[data-do]");
    if (!button || button.ariaBusy === "true") return;
    const row = button.closest("[data-id]");
    // Not disabled: that would take the focus away.
    [button.ariaBusy, this.doing] = ["true", true];
    try {
      await this[`do_${button.dataset.do}`](row?.dataset.id, row, button);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.tellAway();
    } finally {
      [button.ariaBusy, this.doing] = [null, false];
      await (this.shown = this.shown.then(() => this.show()));
      if (!this.contains(document.activeElement)) this.holdFocus(button);
    }
  }

  /** While nobody sends; a wait for that is said. */
  async alone(work) {
    const long = setTimeout(() => this.tell("wait"), NOTICED_MS);
    try {
      return await undisturbed(work);
    } finally {
      clearTimeout(long);
    }
  }

  /** No answer came: without a signal, or with one that leads somewhere else (a hotel's Wi-Fi). */
  tellAway() {
    this.tell(navigator.onLine ? "unreached" : "away");
  }

  async do_send(id) {
    const { busy, away, sent } = await flush({ ask: id ?? true });
    if (busy) this.tell("busy");
    else if (away) this.tellAway();
    else if (sent.length) this.tell("sent", { n: sent.length });
    else this.tell("tried");
  }

  do_retry(id) {
    return this.do_send(id);
  }

  /** Asked twice: what is thrown away here is nowhere else. */
  do_discard(id, row) {
    // A reply that was lost leaves it open whether the server has it.
    this.ask(row, row.dataset.perhaps ? this.words.discard_perhaps : this.words.discard_once, 1);
  }

  ask(row, question, step) {
    const asked = row.querySelector("[data-ask]");
    asked.hidden = false;
    asked.dataset.ask = String(step);
    asked.querySelector("p").textContent = said(question, { number: shortNumber(row.dataset.id) });
    asked.querySelector('[data-do="keep"]').focus();
  }

  do_keep(id, row) {
    row.querySelector("[data-ask]").hidden = true;
    row.querySelector('[data-do="discard"]').focus();
  }

  async do_away(id, row) {
    const asked = row.querySelector("[data-ask]");
    if (asked.dataset.ask === "1") return this.ask(row, this.words.discard_twice, 2);
    const was = await this.alone(async () => (await entryOf(id)) && (await dropEntry(id), true));
    // It may have been sent while the question stood here.
    this.tell(was ? "discarded" : "gone", { number: shortNumber(id) });
    this.parts.told.focus();
  }

  /** The server has no such record (asked when it refused this one): it becomes a draft under a new id. */
  async do_fix(id, row) {
    const draft = await this.alone(() => reopenEntry(id, row.dataset.told));
    if (draft) location.assign(draftAddress(row.dataset.programme, draft));
    else this.tell("gone", { number: shortNumber(id) });
  }

  async do_claim(id) {
    const account = (await present())?.account;
    // Who is signed in now is asked once more: the answer decides whose deed this is.
    const { status, told } = await call("GET", "/api/v1/me", { account });
    if (status === 401) return this.tell("signed_out");
    if (status !== 200) throw new Unreachable(`Who is signed in was answered ${status}.`);
    await changeEntry(id, { account: told.id });
    await this.do_send(id);
  }

  async do_decline(id) {
    const account = (await present())?.account;
    const entry = (await entries()).find((each) => each.id === id);
    if (!account || !entry) return;
    await changeEntry(id, { declined: [...entry.declined, account] });
    this.tell("declined");
  }

  /** Asked twice, as in the list of drafts at the log page. */
  async do_drop_draft(id, row, button) {
    if (!button.dataset.sure) {
      button.dataset.sure = "yes";
      button.textContent = this.words.sure;
      return;
    }
    if ((await draftsInHand()).has(id)) return;
    await dropDraft(id);
    this.tell("draft_dropped");
  }

  async do_save() {
    const account = (await present())?.account ?? null;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await saved((await entries()).filter((entry) => isOwn(entry, account))));
    link.download = `kotak-keluar-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    this.tell("saved");
  }

  async takeIn(input) {
    const [file] = input.files;
    if (!file) return;
    const { problem, taken, known } = await takenIn(file);
    input.value = "";
    this.tell(problem ?? "taken", { n: taken, known });
    if (taken) await flush();
  }

  /** Drafts go only after it was said how many; what runs or is open in another page stays, and what is not one's own. */
  async do_clear() {
    await (this.shown = this.shown.then(() => this.show()));
    if (!this.clearable.length) return this.clear([]);
    const asked = this.parts["clear-ask"];
    asked.hidden = false;
    asked.querySelector("p").textContent = said(this.words.clear_drafts, { n: this.clearable.length });
    asked.querySelector('[data-do="clear_rest"]').focus();
  }

  do_clear_all() {
    return this.clear(this.clearable.map(({ id }) => id));
  }

  do_clear_keep() {
    this.parts["clear-ask"].hidden = true;
    this.querySelector('[data-do="clear"]').focus();
  }

  do_clear_rest() {
    return this.clear([]);
  }

  async clear(drafts) {
    this.parts["clear-ask"].hidden = true;
    const inHand = await draftsInHand();
    await clearOwn(this.account, drafts.filter((id) => !inHand.has(id)));
    this.tell("cleared");
    this.parts.told.focus();
  }

  /** Said aloud and shown above the list. */
  tell(word, values = {}) {
    this.said = word;
    this.hidden = false;
    this.parts.told.hidden = false;
    this.parts.told.textContent = said(this.words.told[word], values);
    // In sight wherever the list is, for as long as it takes to read; then in its place above the list.
    const room = this.parts.told.parentElement;
    room.dataset.fresh = "";
    clearTimeout(this.reading);
    this.reading = setTimeout(() => delete room.dataset.fresh, READ_MS);
  }
}

customElements.define("outbox-list", OutboxList);
