// <sign-out-guard>: signing out forgets who was here. Where records of this account still wait, it says so first; they stay on
// the phone, and nobody else sees them.

import { clearPresent, dropReceipts, entries, isPossible, present, receipts } from "./store.js";

class SignOutGuard extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const warning = this.querySelector("[data-waits]");
    if (!form || !warning) throw new Error("<sign-out-guard> holds the form and its warning");
    if (!isPossible()) return;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      // Whatever is wrong with the phone's storage, signing out works.
      const waiting = await this.waiting().catch(() => 0);
      if (waiting && warning.hidden) return this.warn(warning, waiting);
      await forget().catch(() => {});
      form.submit();
    });
    this.addEventListener("click", async ({ target }) => {
      const button = /** @type {Element} */ (target).closest("button[data-send]");
      if (!button) return;
      const { flush } = await import("./send.js");
      await flush({ ask: true });
      const waiting = await this.waiting();
      if (waiting) this.warn(warning, waiting);
      else warning.hidden = true;
    });
  }

  /** How many records of the account that signs out have not been sent. */
  async waiting() {
    const account = (await present())?.account;
    return (await entries()).filter((entry) => account && entry.account === account).length;
  }

  warn(warning, waiting) {
    warning.querySelector("[data-count]").textContent = String(waiting);
    warning.hidden = false;
    warning.focus();
  }
}

/** Who was here, their places, and what the server said to them. */
async function forget() {
  const account = (await present())?.account;
  const told = (await receipts()).filter((receipt) => receipt.account === account);
  await dropReceipts(told.map(({ id }) => id));
  await clearPresent();
}

customElements.define("sign-out-guard", SignOutGuard);
