// <desk-keys>: the officer's desk. J and K walk through the cards, X chooses, C stamps those chosen (or the card that is
// stamped by itself only), F opens its photograph, T refuses. What is chosen is counted, and so is what of it was never on the
// screen: that is sent along, and somebody else looks at it again.
const DWELL_MS = 200;

class DeskKeys extends HTMLElement {
  connectedCallback() {
    /** @type {HTMLElement[]} */
    this.cards = [...this.querySelectorAll("[data-card]")];
    /** @type {Set<string>} */
    this.seen = new Set();
    for (const card of this.cards) card.tabIndex = -1;
    const told = this.querySelector(".keys");
    if (told) told.hidden = false;
    /** @type {(event: KeyboardEvent) => void} */
    this.listen = (event) => this.press(event);
    document.addEventListener("keydown", this.listen);
    /** @type {HTMLFormElement | null} */
    this.bulk = this.querySelector("form[data-bulk]");
    if (this.bulk) this.watch(this.bulk);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
    this.observer?.disconnect();
  }

  /** @param {HTMLFormElement} form */
  watch(form) {
    const rule = form.querySelector("[data-scripted]");
    if (rule) rule.hidden = false;
    /** @type {Map<Element, number>} */
    const dwelling = new Map();
    this.observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          clearTimeout(dwelling.get(target));
          if (isIntersecting) dwelling.set(target, setTimeout(() => this.saw(target), DWELL_MS));
        }
      },
      { threshold: 0.5 },
    );
    for (const box of this.boxes()) this.observer.observe(/** @type {Element} */ (box.closest("li")?.querySelector(".told")));
    form.addEventListener("change", () => this.count());
    form.addEventListener("submit", () => {
      /** @type {HTMLInputElement} */
      const told = form.querySelector("input[name=tampil]") ?? document.createElement("input");
      told.type = "hidden";
      told.name = "tampil";
      told.value = [...this.seen].join(" ");
      form.append(told);
    });
    for (const link of form.querySelectorAll("a[data-tick]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        for (const box of this.boxes()) box.checked = link.getAttribute("data-tick") === "all";
        this.count();
      });
    }
    this.count();
  }

  /** @param {Element} told */
  saw(told) {
    const box = told.closest("li")?.querySelector("input[name=aksi]");
    if (!(box instanceof HTMLInputElement) || this.seen.has(box.value)) return;
    this.seen.add(box.value);
    this.observer?.unobserve(told);
    this.count();
  }

  /** @returns {HTMLInputElement[]} */
  boxes() {
    const found = this.bulk?.querySelectorAll("input[name=aksi]") ?? [];
    return [...found].map((box) => /** @type {HTMLInputElement} */ (box));
  }

  count() {
    const ticked = this.boxes().filter((box) => box.checked);
    this.tell("ticked", ticked.length, true);
    const unseen = ticked.filter((box) => !this.seen.has(box.value)).length;
    this.tell("unseen", unseen, unseen > 0);
  }

  /** @param {string} what @param {number} count @param {boolean} shown */
  tell(what, count, shown) {
    const place = this.querySelector(`[data-${what}]`);
    if (place && place.textContent !== `${count}`) place.textContent = `${count}`;
    const line = this.querySelector(`[data-when=${what}]`);
    if (line) line.hidden = !shown;
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
    else (card?.querySelector("form") ?? card?.closest("form") ?? this.bulk ?? this.querySelector("form"))?.requestSubmit();
  }
}

customElements.define("desk-keys", DeskKeys);
