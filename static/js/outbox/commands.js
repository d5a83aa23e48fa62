// What can be done in the outbox: send, put right, throw away, claim, save to a file and take one in, clear. Each by the name that its
// button bears, `data-do`.

import { Unreachable, call } from "../send/call.js";
import { isOwn } from "../store/due.js";
import { clearOwn, reopenEntry } from "./clear.js";
import { saved, takenIn } from "./file.js";
import { draftAddress, said } from "./rows.js";
import { flush, undisturbed } from "../send/send.js";
import { changeEntry, dropEntry, entry as entryOf } from "../store/entry-store.js";
import { draftsInHand, dropDraft, entries, present, shortNumber } from "../store/store.js";

const NOTICED_MS = 700;

/** The question that a row asks. @param {HTMLElement} row */
const askedIn = (row) => /** @type {HTMLElement} */ (row.querySelector("[data-ask]"));

/** @param {HTMLElement} asked @param {string} question */
const write = (asked, question) => Object.assign(asked.querySelector("p") ?? {}, { textContent: question });

/** @param {HTMLElement} room @param {string} name  of a button in it */
const focusOn = (room, name) => room.querySelector(`[data-do="${name}"]`)?.focus();

export class OutboxCommands {
  /** @param {import("./outbox-list.js").List} list  that shows and tells what becomes of it */
  constructor(list) {
    this.list = list;
  }

  /** While nobody sends; a wait for that is said. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  async alone(work) {
    const long = setTimeout(() => this.list.tell("wait"), NOTICED_MS);
    try {
      return await undisturbed(work);
    } finally {
      clearTimeout(long);
    }
  }

  /** @param {string} [id]  of one; else everything @param {unknown} [photos]  true: over whatever line */
  async send(id, photos) {
    const { busy, away, sent } = await flush({ ask: id ?? true, photos: photos === true });
    if (busy) this.list.tell("busy");
    else if (away) this.list.tellAway();
    else if (sent.length) this.list.tell("sent", { n: sent.length });
    else this.list.tell("tried");
  }

  /** @param {string} id */
  retry(id) {
    return this.send(id);
  }

  /** @param {string} id */
  photos(id) {
    return this.send(id, true);
  }

  /** Asked twice: what is thrown away here is nowhere else. @param {string} id @param {HTMLElement} row */
  async discard(id, row) {
    // A reply that was lost leaves it open whether the server has it; it may have been sent since the row was drawn.
    const entry = await entryOf(id);
    const isOpen = entry?.tries && ["waiting", "sign_in", "full"].includes(entry.state);
    const { discard_once, discard_perhaps, discard_photos } = this.list.words;
    this.ask(row, entry?.ahead ? discard_photos : isOpen ? discard_perhaps : discard_once, 1);
  }

  /** @param {HTMLElement} row @param {string} question @param {1 | 2} step */
  ask(row, question, step) {
    const asked = askedIn(row);
    asked.hidden = false;
    asked.dataset.ask = String(step);
    write(asked, said(question, { number: shortNumber(String(row.dataset.id)) }));
    focusOn(asked, "keep");
  }

  /** @param {string} _id @param {HTMLElement} row */
  keep(_id, row) {
    askedIn(row).hidden = true;
    focusOn(row, "discard");
  }

  /** @param {string} id @param {HTMLElement} row */
  async away(id, row) {
    if (askedIn(row).dataset.ask === "1") return this.ask(row, this.list.words.discard_twice, 2);
    const was = await this.alone(async () => {
      const found = await entryOf(id);
      if (found) await dropEntry(id);
      return found;
    });
    // It may have been sent while the question stood here.
    this.list.tell(was ? "discarded" : "gone", { number: shortNumber(id) });
    this.list.parts.told.focus();
  }

  /** The server has no such record (asked when it refused this one): it becomes a draft under a new id. @param {string} id @param {HTMLElement} row */
  async fix(id, row) {
    const draft = await this.alone(() => reopenEntry(id, row.dataset.told ?? ""));
    if (draft) location.assign(draftAddress(row.dataset.programme ?? "", draft));
    else this.list.tell("gone", { number: shortNumber(id) });
  }

  /** @param {string} id */
  async claim(id) {
    const account = (await present())?.account;
    // Who is signed in now is asked once more: the answer decides whose action this is.
    const { status, told } = await call("GET", "/api/v1/me", { account });
    if (status === 401) return this.list.tell("signed_out");
    if (status !== 200) throw new Unreachable(`Who is signed in was answered ${status}.`);
    await changeEntry(id, { account: told.id });
    await this.send(id);
  }

  /** @param {string} id */
  async decline(id) {
    const account = (await present())?.account;
    const entry = (await entries()).find((each) => each.id === id);
    if (!account || !entry) return;
    await changeEntry(id, { declined: [...entry.declined, account] });
    this.list.tell("declined");
  }

  /** Asked twice, as in the list of drafts at the log page. @param {string} id @param {HTMLElement} _row @param {HTMLElement} button */
  async drop_draft(id, _row, button) {
    if (!button.dataset.sure) {
      button.dataset.sure = "yes";
      button.textContent = this.list.words.sure;
      return;
    }
    if ((await draftsInHand()).has(id)) return;
    await dropDraft(id);
    this.list.tell("draft_dropped");
  }

  async save() {
    const account = (await present())?.account ?? null;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await saved((await entries()).filter((entry) => isOwn(entry, account))));
    link.download = `kotak-keluar-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    this.list.tell("saved");
  }

  /** @param {HTMLInputElement} input */
  async takeIn(input) {
    const [file] = input.files ?? [];
    if (!file) return;
    const { problem, taken, known } = await takenIn(file);
    input.value = "";
    this.list.tell(problem ?? "taken", { n: taken, known });
    if (taken) await flush();
  }

  /** Drafts go only after it was said how many; what runs or is open in another page stays, and what is not one's own. */
  async clear() {
    await this.list.refresh();
    if (!this.list.clearable.length) return this.clearAway([]);
    const asked = this.list.parts["clear-ask"];
    asked.hidden = false;
    write(asked, said(this.list.words.clear_drafts, { n: this.list.clearable.length }));
    focusOn(asked, "clear_rest");
  }

  clear_all() {
    return this.clearAway(this.list.clearable.map(({ id }) => id));
  }

  clear_keep() {
    this.list.parts["clear-ask"].hidden = true;
    focusOn(this.list, "clear");
  }

  clear_rest() {
    return this.clearAway([]);
  }

  /** @param {string[]} drafts */
  async clearAway(drafts) {
    this.list.parts["clear-ask"].hidden = true;
    const inHand = await draftsInHand();
    await clearOwn(this.list.account, drafts.filter((id) => !inHand.has(id)));
    this.list.tell("cleared");
    this.list.parts.told.focus();
  }
}
