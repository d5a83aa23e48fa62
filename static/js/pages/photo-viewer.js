// <photo-viewer close previous next>: small pictures that link to large ones open them on this page, one beside the other.
// Without script each link opens its picture by itself.
class PhotoViewer extends HTMLElement {
  connectedCallback() {
    for (const word of ["close", "previous", "next"]) {
      if (!this.getAttribute(word)) throw new Error(`<photo-viewer> needs its word for ${word}`);
    }
    /** @type {HTMLAnchorElement[]} */
    this.links = [...this.querySelectorAll("a[href] > img")].map((image) => /** @type {HTMLAnchorElement} */ (image.parentElement));
    for (const [place, link] of this.links.entries()) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.open(place);
      });
    }
  }

  disconnectedCallback() {
    this.dialog?.remove();
    /** @type {HTMLDialogElement | undefined} */
    this.dialog = undefined;
  }

  /** @param {number} place */
  open(place) {
    const dialog = (this.dialog ??= this.build());
    this.show(place);
    dialog.showModal();
  }

  build() {
    const dialog = document.createElement("dialog");
    dialog.className = "viewer";
    /** @type {HTMLImageElement} */
    this.picture = document.createElement("img");
    const bar = document.createElement("form");
    bar.method = "dialog";
    bar.className = "cluster";
    /** @param {string} word @param {() => void} [command] */
    const button = (word, command) => {
      const made = document.createElement("button");
      made.className = "button";
      made.dataset.kind = "quiet";
      made.textContent = this.getAttribute(word);
      if (command) {
        made.type = "button";
        made.addEventListener("click", command);
      }
      return made;
    };
    /** @param {number} by */
    const step = (by) => () => this.show((this.place + by + this.links.length) % this.links.length);
    if (this.links.length > 1) bar.append(button("previous", step(-1)), button("next", step(1)));
    bar.append(button("close"));
    dialog.append(this.picture, bar);
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "ArrowLeft") step(-1)();
      if (event.key === "ArrowRight") step(1)();
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.body.append(dialog);
    return dialog;
  }

  /** @param {number} place */
  show(place) {
    /** @type {number} */
    this.place = place;
    const link = this.links[place];
    const words = link.closest("figure")?.querySelector("figcaption")?.textContent?.trim() ?? "";
    this.picture.src = link.href;
    this.picture.alt = words;
    this.dialog?.setAttribute("aria-label", words);
  }
}

customElements.define("photo-viewer", PhotoViewer);
