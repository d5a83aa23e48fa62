// <photo-viewer close previous next>: small pictures that link to large ones open them on this page, one beside the other.
// Without script each link opens its picture by itself.
class PhotoViewer extends HTMLElement {
  connectedCallback() {
    for (const word of ["close", "previous", "next"]) {
      if (!this.getAttribute(word)) throw new Error(`<photo-viewer> needs its word for ${word}`);
    }
    this.links = [...this.querySelectorAll("a[href] > img")].map((image) => image.parentElement);
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
    this.dialog = undefined;
  }

  open(place) {
    this.dialog ??= this.build();
    this.show(place);
    this.dialog.showModal();
  }

  build() {
    const dialog = document.createElement("dialog");
    dialog.className = "viewer";
    this.picture = document.createElement("img");
    const bar = document.createElement("form");
    bar.method = "dialog";
    bar.className = "cluster";
    const button = (word, deed) => {
      const made = document.createElement("button");
      made.className = "button";
      made.dataset.kind = "quiet";
      made.textContent = this.getAttribute(word);
      if (deed) {
        made.type = "button";
        made.addEventListener("click", deed);
      }
      return made;
    };
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

  show(place) {
    this.place = place;
    const link = this.links[place];
    const words = link.closest("figure")?.querySelector("figcaption")?.textContent.trim() ?? "";
    this.picture.src = link.href;
    this.picture.alt = words;
    this.dialog.setAttribute("aria-label", words);
  }
}

customElements.define("photo-viewer", PhotoViewer);
