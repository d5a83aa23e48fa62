// <print-page>: its button prints the page. Without script the button is not shown.
class PrintPage extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button) throw new Error("<print-page> holds a button");
    button.addEventListener("click", () => window.print());
  }
}

customElements.define("print-page", PrintPage);
