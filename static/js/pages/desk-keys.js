// <desk-keys>: the officer's desk by keyboard. J and K walk through the cards, X chooses, C stamps those chosen
// (or the card that is stamped by itself only), F opens its photograph, T refuses.
class DeskKeys extends HTMLElement {
  connectedCallback() {
    /** @type {HTMLElement[]} */
    this.cards = [...this.querySelectorAll("[data-card]")];
    for (const card of this.cards) card.tabIndex = -1;
    const told = this.querySelector(".keys");
    if (told) told.hidden = false;
    /** @type {(event: KeyboardEvent) => void} */
    this.listen = (event) => this.press(event);
    document.addEventListener("keydown", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (/** @type {Element} */ (event.target).matches("textarea, select, input:not([type=checkbox])")) return;
    const here = this.cards.findIndex((card) => card.contains(document.activeElement));
    const card = this.cards[here];
    /** @type {Record<string, () => void>} */
    const commands = {
      j: () => this.cards[Math.min(here + 1, this.cards.length - 1)]?.focus(),
      k: () => this.cards[Math.max(here - 1, 0)]?.focus(),
      x: () => card?.querySelector('input[type="checkbox"]')?.click(),
      c: () => this.stamp(card),
      f: () => card?.querySelector("photo-viewer a[href]")?.click(),
      t: () => card?.querySelector('a[href^="/meja/tolak/"]')?.click(),
    };
    const command = commands[event.key.toLowerCase()];
    if (!command) return;
    event.preventDefault();
    command();
  }

  /** What is stamped by itself has its own button; a held card has its own form. @param {HTMLElement | undefined} card */
  stamp(card) {
    /** @type {HTMLButtonElement | null | undefined} */
    const alone = card?.querySelector('button[name="satu"]');
    if (alone) alone.click();
    else (card?.querySelector("form") ?? card?.closest("form") ?? this.querySelector("form"))?.requestSubmit();
  }
}

customElements.define("desk-keys", DeskKeys);
