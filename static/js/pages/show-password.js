// <show-password>: its button shows the passwords of its form as they were typed, until it is pressed again or the form is sent.
class ShowPassword extends HTMLElement {
  connectedCallback() {
    const [button, form] = [this.querySelector("button"), this.closest("form")];
    if (!button || !form) throw new Error("<show-password> holds a button and stands in a form");
    const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[type="password"]'));
    /** @param {boolean} shown */
    const show = (shown) => {
      button.setAttribute("aria-pressed", String(shown));
      for (const field of fields) field.type = shown ? "text" : "password";
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-pressed") === "false"));
    // Else the browser would offer what was typed again, as it does for words.
    form.addEventListener("submit", () => show(false));
    this.hidden = false;
  }
}

customElements.define("show-password", ShowPassword);
