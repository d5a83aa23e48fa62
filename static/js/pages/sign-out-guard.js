// <sign-out-guard>: signing out forgets who was here. Where records of this account still wait, it says so first (sign-out.js, which
// comes when somebody signs out); they stay on the phone, and nobody else sees them.
import { clearPresent, dropReceipts, entries, isPossible, present, receipts } from "../store/store.js";

class SignOutGuard extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form || !this.querySelector("[data-waits]")) throw new Error("<sign-out-guard>");
    if (!isPossible()) return;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      // Whatever is wrong with the phone's storage, signing out works.
      const isHeld = await import("./sign-out.js")
        .then(({ hold }) => hold(this, { clearPresent, dropReceipts, entries, present, receipts }))
        .catch(() => false);
      if (!isHeld) form.submit();
    });
  }
}

customElements.define("sign-out-guard", SignOutGuard);
