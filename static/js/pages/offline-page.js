// <offline-page>: how many of one's own entries wait on this phone; asks for the page again once there is a network.
import { isOwn } from "../store/due.js";
import { entries, isPossible, onChange, present } from "../store/store.js";

class OfflinePage extends HTMLElement {
  connectedCallback() {
    const told = this.querySelector('[role="status"]');
    if (!told) throw new Error("<offline-page> holds a status");
    /** @type {() => void} */
    this.again = () => location.reload();
    addEventListener("online", this.again);
    if (!isPossible()) return;
    this.deaf = onChange(() => this.count(told));
    void this.count(told);
  }

  disconnectedCallback() {
    removeEventListener("online", this.again);
    this.deaf?.();
  }

  /** @param {HTMLElement} told */
  async count(told) {
    const [kept, who] = await Promise.all([entries(), present()]);
    // Those of another account are nobody's business here.
    const mine = kept.filter((entry) => isOwn(entry, who?.account)).length;
    told.textContent = (this.getAttribute(mine ? "words-some" : "words-none") ?? "").replace("{n}", String(mine));
    this.dataset.tone = mine ? "look" : "ok";
    this.hidden = false;
  }
}

customElements.define("offline-page", OfflinePage);
