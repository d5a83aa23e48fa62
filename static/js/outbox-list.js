// <outbox-list>: what waits on this phone, each with its state and what can be done about it; sends, opens again, discards.
// All of its sentences stand in the page.

import { Unreachable, call } from "./call.js";
import { saved, takenIn } from "./outbox-file.js";
import { fillDraft, fillEntry, fillReceipt, said } from "./outbox-rows.js";
import { flush, isDue, undisturbed } from "./send.js";
import {
  changeEntry, clearAll, drafts, dropDraft, dropEntry, dropReceipts, entries, isPossible, onChange, photosOf, present, receipts,
  reopenEntry, shortNumber,
} from "./store.js";

const A_DAY_MS = 86_400_000;

class OutboxList extends HTMLElement {
  async connectedCallback() {
    const sentences = this.querySelector('script[type="application/json"]');
    this.parts = Object.fromEntries([...this.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]));
    if (!sentences || !this.parts.entries || !this.parts.told) throw new Error("<outbox-list> holds its words and its parts");
    this.words = JSON.parse(sentences.textContent);
    if (!isPossible()) return this.tell("impossible");
    this.rows = new Map();
    this.addEventListener("click", (event) => this.press(event));
    this.querySelector('input[type="file"]').addEventListener("change", (event) => this.takeIn(event.target));
    this.silence = onChange((message) => this.hear(message));
    this.shown = this.show();
    await this.shown;
    this.hidden = false;
  }

  disconnectedCallback() {
    this.silence?.();
  }

  hear({ kind, id }) {
    this.sending = kind === "sending" ? id : kind === "rest" || kind === "sent" ? null : this.sending;
    // One look for many changes.
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      // One after the other: an older look never comes last.
      this.shown = this.shown.then(() => this.show());
    }, 50);
  }

  async show() {
    const [account, all, waiting, kept] = [(await present())?.account ?? null, await entries(), await drafts(), await receipts()];
    const mine = all.filter((entry) => this.isMine(entry, account));
    const told = kept.filter((receipt) => receipt.account === account && Math.abs(Date.now() - receipt.sentAt) < A_DAY_MS);
    const old = kept.filter((receipt) => Math.abs(Date.now() - receipt.sentAt) >= A_DAY_MS);
    if (old.length) await dropReceipts(old.map((receipt) => receipt.id));
    const own = waiting.filter((draft) => !draft.account || draft.account === account);
    await this.fill("entries", mine, (row, entry) => fillEntry(row, entry, this.words, { account, sending: this.sending }));
    await this.fill("drafts", own, (row, draft) => fillDraft(row, draft, this.words));
    await this.fill("receipts", told.reverse(), (row, receipt) => fillReceipt(row, receipt, this.words));
    const due = mine.filter((entry) => isDue(entry, account)).length;
    const shown = {
      empty: !all.length, send: due > 0, drafts: own.length, receipts: told.length, others: account && all.length - mine.length,
      "signed-out": !account && all.length, save: mine.length, clear: !all.length && (kept.length || waiting.length || account),
    };
    for (const [part, is] of Object.entries(shown)) this.parts[part].hidden = !is;
    for (const part of ["others", "signed-out"]) {
      const number = this.parts[part].querySelector("[data-count]");
      number.textContent = String(account ? all.length - mine.length : all.length);
    }
  }

  /** What belongs to somebody else is never shown. */
  isMine(entry, account) {
    return entry.account === null ? !entry.declined.includes(account) : entry.account === account;
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
        this.rows.set(key, row);
        list.append(row);
        if (part === "entries") await this.picture(row, thing.id);
      }
      fillRow(row, thing);
    }
  }

  async picture(row, id) {
    const [photo] = await photosOf(id);
    const image = row.querySelector("img");
    if (!photo) return image.closest(".frame").remove();
    image.src = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
    image.onload = image.onerror = () => URL.revokeObjectURL(image.src);
    row.querySelector(".action").dataset.picture = "";
  }

  async press(event) {
    const button = event.target.closest("button[data-do]");
    if (!button) return;
    const row = button.closest("[data-id]");
    button.disabled = true;
    try {
      await this[`do_${button.dataset.do}`](row?.dataset.id, row);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.tell("away");
    } finally {
      button.disabled = false;
    }
  }

  async do_send(id) {
    const { busy, away, sent } = await flush({ ask: id ?? true });
    if (busy || away) this.tell(busy ? "busy" : "away");
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
    await undisturbed(() => dropEntry(id));
    this.tell("discarded", { number: shortNumber(id) });
    this.parts.told.focus();
  }

  /** The server has no such record (asked when it refused this one): it becomes a draft under a new id. */
  async do_fix(id, row) {
    const draft = await undisturbed(() => reopenEntry(id));
    if (draft) location.assign(`/catat?program=${encodeURIComponent(row.dataset.programme)}#${draft}`);
  }

  async do_claim(id) {
    const account = (await present())?.account;
    // Who is signed in now is asked once more: the answer decides whose deed this is.
    const { status, told } = await call("GET", "/api/v1/me", { account });
    if (status !== 200) return this.tell("signed_out");
    await changeEntry(id, { account: told.id });
    await flush({ ask: id });
  }

  async do_decline(id) {
    const account = (await present())?.account;
    const entry = (await entries()).find((each) => each.id === id);
    if (account && entry) await changeEntry(id, { declined: [...entry.declined, account] });
  }

  do_drop_draft(id) {
    return dropDraft(id);
  }

  async do_save() {
    const account = (await present())?.account ?? null;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await saved((await entries()).filter((entry) => this.isMine(entry, account))));
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

  async do_clear() {
    await undisturbed(async () => {
      if (!(await entries()).length) await clearAll();
    });
    this.tell("cleared");
  }

  /** Said aloud and shown above the list. */
  tell(word, values = {}) {
    this.hidden = false;
    this.parts.told.hidden = false;
    this.parts.told.textContent = said(this.words.told[word], values);
  }
}

customElements.define("outbox-list", OutboxList);
