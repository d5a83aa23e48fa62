// <install-button>: where the browser offers to install the house, its button does so; everywhere else the steps are enough.
class InstallButton extends HTMLElement {
  connectedCallback() {
    const [button, done] = [this.querySelector("button"), this.querySelector('[role="status"]')];
    if (!button || !done) throw new Error("<install-button> holds a button and a status");
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.offer = event;
      this.hidden = false;
    });
    addEventListener("appinstalled", () => {
      this.hidden = done.hidden = false;
      button.hidden = true;
    });
    // An offer can be made once; the browser makes another when it was declined.
    button.addEventListener("click", () => {
      this.hidden = true;
      this.offer?.prompt();
      this.offer = undefined;
    });
  }
}

customElements.define("install-button", InstallButton);
