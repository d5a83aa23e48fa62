// <photo-box>: the action's photographs: taken by the camera in the page or chosen, made smaller, shown, given a role, removed.
// `photos` are {blob, type, role, taken_at, lon, lat}. Each change says "photos". `before()` is awaited before a camera opens:
// another app may end this page. The plain form's file fields stay for whoever has no place to keep photographs.

const LARGEST = 12 * 1024 * 1024;

/**
 * @typedef {{blob: Blob, type: string, role: string | null, taken_at?: string, lon?: number, lat?: number}} Shot
 * @typedef {{role?: string | null, taken_at?: string, lon?: number, lat?: number}} Known  what is known of it; else what the camera wrote into it
 * @typedef {{lon: number, lat: number}} Point
 * @typedef {{
 *   list: HTMLUListElement, row: HTMLTemplateElement, told: HTMLElement, dialog: HTMLDialogElement, chooser: HTMLInputElement,
 *   capturer: HTMLInputElement, photos: Shot[], opening: boolean, refused: boolean,
 * }} Parts
 * @typedef {PhotoBox} Box
 */

class PhotoBox extends /** @type {new () => HTMLElement & Parts} */ (HTMLElement) {
  /** Take the place of the plain fields. */
  begin() {
    /** @param {string} selector */
    const one = (selector) => /** @type {HTMLElement} */ (this.querySelector(selector));
    const parts = {
      list: "ul", row: "template", told: "[data-told]", dialog: "dialog", chooser: 'input[data-for="pick"]', capturer: 'input[data-for="camera"]',
    };
    const found = Object.entries(parts).map(([name, selector]) => [name, one(selector)]);
    Object.assign(this, Object.fromEntries(found));
    if (!found.every(([, part]) => part)) {
      throw new Error("<photo-box> holds a list, a row, words, a dialog and two file fields");
    }
    this.photos ??= [];
    one("[data-plain]").remove();
    const show = () => (one("[data-scripted]").hidden = false);
    // Without it the pictures are there, only larger.
    document.head.append(
      Object.assign(document.createElement("link"), { rel: "stylesheet", href: this.getAttribute("styles"), onload: show, onerror: show }),
    );
    /** @param {Element} part  of a row */
    const placeOf = (part) => [...this.list.children].indexOf(/** @type {Element} */ (part.closest("li")));
    this.addEventListener("click", ({ target }) => {
      const button = /** @type {Element} */ (target).closest("[data-do]"), command = button?.dataset.do;
      if (command === "camera") void this.camera();
      if (command === "pick") this.chooser.click();
      if (button && command === "remove") this.removeAt(placeOf(button));
    });
    this.list.addEventListener("change", ({ target }) => {
      const choice = /** @type {HTMLSelectElement} */ (target);
      this.photos[placeOf(choice)].role = choice.value || null;
      this.changed();
    });
    for (const input of [this.chooser, this.capturer]) {
      input.addEventListener("change", async () => {
        const files = [...(input.files ?? [])];
        input.value = "";
        await this.take(files);
      });
    }
    void import("../outbox/wifi-box.js").then(({ tieWifi }) => tieWifi(this.querySelector("[data-wifi]"))).catch(console.info);
    this.show();
  }

  get most() {
    return Number(this.getAttribute("most"));
  }

  /** The role that a photograph taken now mostly has. */
  usual = () => "";

  /** What the programme asks for and is not there yet, else the usual; its owner may choose another. */
  nextRole() {
    const have = this.photos.map(({ role }) => role), usual = this.usual();
    const asked = (this.getAttribute("roles") ?? "").split(" ").find((role) => role && !have.includes(role));
    return asked ?? (have.includes(usual) ? null : usual);
  }

  /** Where the phone is now. @returns {Point | null} */
  here = () => null;
  /** @returns {Promise<void>} */
  before = async () => {};

  async camera() {
    const { opening } = this;
    if (opening) return;
    this.opening = true;
    await this.openCamera();
    this.opening = false;
  }

  async openCamera() {
    await this.before();
    const { refused } = this;
    if (refused) return this.capturer.click();
    try {
      const { takePhoto } = await import("./camera-box.js");
      const here = this.here(), blob = await takePhoto(this.dialog);
      const place = this.here() ?? here;
      if (blob) this.take([blob], { taken_at: new Date().toISOString(), ...(place && { lon: place.lon, lat: place.lat }) });
    } catch {
      // Denied, missing, or held by another app: the phone's own camera app, at once where the browser still counts the tap.
      this.refused = true;
      this.say("refused");
      if (navigator.userActivation?.isActive ?? true) this.capturer.click();
    }
  }

  /** When everything taken or chosen so far is among the photographs. */
  settled = Promise.resolve();

  /** @param {Blob[]} files @param {Known} [told] */
  take(files, told) {
    return (this.settled = this.settled.then(() => this.takeIn(files, told)).catch(console.error));
  }

  /** Made small; whole where that cannot be done just now. @param {Blob} file @returns {ReturnType<typeof import("./shrink.js").shrink>} */
  async smaller(file) {
    try {
      const { shrinkApart } = await import("./shrink-apart.js");
      return await shrinkApart(file, /** @type {string} */ (this.getAttribute("worker")));
    } catch {
      return file.size > LARGEST ? { error: "large" } : { blob: file };
    }
  }

  /** @param {Blob[]} files @param {Known} [told] */
  async takeIn(files, told) {
    this.say("");
    if (!files.length) return;
    await this.before();
    this.toggleAttribute("busy", true);
    for (const file of files) {
      if (this.photos.length >= this.most) {
        this.say("most");
        break;
      }
      const made = await this.smaller(file);
      if ("error" in made) this.say(made.error);
      else if (await this.has(made.blob)) this.say("twice");
      else this.photos.push({ type: made.blob.type, role: this.nextRole(), ...made, ...told });
      this.show();
    }
    this.toggleAttribute("busy", false);
    this.changed();
  }

  /** Whether the same picture is there already. @param {Blob} blob */
  async has(blob) {
    const alike = this.photos.filter((photo) => photo.blob.size === blob.size);
    const texts = await Promise.all([blob, ...alike.map((photo) => photo.blob)].map(async (each) => new Uint8Array(await each.arrayBuffer())));
    return texts.slice(1).some((text) => text.every((byte, at) => byte === texts[0][at]));
  }

  /** @param {number} place */
  removeAt(place) {
    this.photos.splice(place, 1);
    this.say("");
    this.show();
    this.changed();
    this.querySelector('[data-do="camera"]')?.focus();
  }

  changed() {
    this.dispatchEvent(new Event("photos", { bubbles: true }));
  }

  show() {
    for (const image of this.list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.list.replaceChildren(
      ...this.photos.map((photo, place) => {
        const number = String(place + 1);
        const row = /** @type {HTMLElement} */ (this.row.content.firstElementChild?.cloneNode(true));
        const image = /** @type {HTMLImageElement} */ (row.querySelector("img"));
        // What this browser cannot decode (HEIC) is shown as a word.
        image.addEventListener("error", () => image.replaceWith(Object.assign(document.createElement("span"), { textContent: photo.type.slice(6).toUpperCase() })));
        image.src = URL.createObjectURL(photo.blob);
        image.alt = image.alt.replace("{n}", number);
        for (const part of row.querySelectorAll("[aria-label]")) part.setAttribute("aria-label", String(part.getAttribute("aria-label")).replace("{n}", number));
        /** @type {HTMLSelectElement} */ (row.querySelector("select")).value = photo.role ?? "";
        return row;
      }),
    );
    const full = this.photos.length >= this.most;
    const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (this.querySelectorAll('[data-do="camera"], [data-do="pick"]'));
    for (const button of buttons) button.disabled = full;
  }

  /** @param {string} what  the sentence's name; "": nothing */
  say(what) {
    this.told.textContent = what && (this.getAttribute(`words-${what}`) ?? "");
  }
}

customElements.define("photo-box", PhotoBox);

export {};
