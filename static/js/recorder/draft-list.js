// <draft-list programmes="...">: the drafts that wait on this phone, each to be gone on with or thrown away (asked twice). It
// is loaded when somebody opens it; draft-keeper.js says before how many there are.
// It imports nothing that pages load anyway: the build would part that off into one more file for every page.

/** @typedef {import("./draft-keeper.js").DraftKeeper} Keeper */
/** @typedef {{row: HTMLTemplateElement, list: HTMLUListElement, keeper: Keeper, names: Record<string, string>}} Parts */
/** @typedef {DraftList} List */

class DraftList extends /** @type {new () => HTMLElement & Parts} */ (HTMLElement) {
  /** @param {Keeper} keeper  the page's @param {() => Promise<unknown>} leave  awaited before another draft opens */
  async begin(keeper, leave) {
    const { keeper: known } = this;
    if (known) return this.show();
    const row = this.querySelector("template"), list = this.querySelector("ul");
    Object.assign(this, { row, list, keeper });
    if (!row || !list) throw new Error("<draft-list> holds a list and a row");
    this.names = JSON.parse(this.getAttribute("programmes") ?? "{}");
    this.addEventListener("click", async ({ target }) => {
      const button = /** @type {Element} */ (target).closest("button"), { id, programme } = button?.closest("li")?.dataset ?? {};
      if (button?.dataset.do === "open") {
        await leave();
        location.assign(`/catat?program=${programme}&draf=${id}`);
      } else if (button?.dataset.sure) {
        await keeper.drop(String(id));
        await this.show();
      } else if (button) {
        button.dataset.sure = "yes";
        button.textContent = this.getAttribute("words-sure");
      }
    });
    await this.show();
  }

  async show() {
    const drafts = await this.keeper.waiting(), held = await this.keeper.held();
    this.hidden = drafts.length === 0;
    for (const number of this.querySelectorAll("[data-count]")) number.textContent = String(drafts.length);
    this.list.replaceChildren(...drafts.map((draft) => this.rowOf(draft, held.has(draft.id))));
  }

  /** `isOpen`: another tab has it in hand, which alone writes it. @param {Awaited<ReturnType<Keeper["waiting"]>>[number]} draft @param {boolean} isOpen */
  rowOf({ id, programme, body, changedAt, runs }, isOpen) {
    const row = /** @type {HTMLElement} */ (this.row.content.firstElementChild?.cloneNode(true)), when = new Date(body.captured_at ?? changedAt);
    const day = when.toLocaleDateString(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long" });
    const clock = when.toLocaleTimeString("id", { hour: "2-digit", minute: "2-digit" }), photos = body.photos?.length;
    const words = [`${day}, ${clock}`, photos && this.getAttribute("words-photos")?.replace("{n}", String(photos)), runs && this.getAttribute("words-running"), isOpen && this.getAttribute("words-open")];
    /** @param {string} name */
    const part = (name) => /** @type {HTMLElement} */ (row.querySelector(`[data-${name}]`));
    if (isOpen) row.querySelector("div")?.remove();
    Object.assign(row.dataset, { id, programme });
    part("name").textContent = this.names[programme] ?? programme;
    part("about").textContent = words.filter(Boolean).join(" · ");
    return row;
  }
}

customElements.define("draft-list", DraftList);

export {};
