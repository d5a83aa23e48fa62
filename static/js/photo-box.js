// <photo-box>: the deed's photographs: taken by the camera in the page or chosen, made smaller, shown, given a role, removed.
// `photos` are {blob, type, role, taken_at, lon, lat}. Each change says "photos". `before()` is awaited before a camera opens:
// another app may end this page. The plain form's file fields stay for whoever has no place to keep photographs.

const LARGEST = 12 * 1024 * 1024;

class PhotoBox extends HTMLElement {
  /** Take the place of the plain fields. */
  begin() {
    const one = (selector) => this.querySelector(selector);
    [this.list, this.row, this.told, this.dialog, this.chooser, this.capturer] = [
      "ul", "template", "[data-told]", "dialog", 'input[data-for="pick"]', 'input[data-for="camera"]',
    ].map(one);
    if (![this.list, this.row, this.told, this.dialog, this.chooser, this.capturer].every(Boolean)) {
      throw new Error("<photo-box> holds a list, a row, words, a dialog and two file fields");
    }
    this.photos = this.photos ?? [];
    one("[data-plain]").remove();
    one("[data-scripted]").hidden = false;
    this.addEventListener("click", ({ target }) => {
      const deed = target.closest("[data-deed]")?.dataset.deed;
      if (deed === "camera") this.camera();
      if (deed === "pick") this.chooser.click();
      if (deed === "remove") this.remove([...this.list.children].indexOf(target.closest("li")));
    });
    this.list.addEventListener("change", ({ target }) => {
      this.photos[[...this.list.children].indexOf(target.closest("li"))].role = target.value || null;
      this.changed();
    });
    for (const input of [this.chooser, this.capturer]) {
      input.addEventListener("change", async () => {
        const files = [...input.files];
        input.value = "";
        await this.take(files);
      });
    }
    this.show();
  }

  get most() {
    return Number(this.getAttribute("most"));
  }

  /** The role that a photograph taken now mostly has. */
  usual = () => "";

  /** What the programme asks for and is not there yet, else the usual; its owner may choose another. */
  role() {
    const have = this.photos.map(({ role }) => role), usual = this.usual();
    const asked = (this.getAttribute("roles") ?? "").split(" ").find((role) => role && !have.includes(role));
    return asked ?? (have.includes(usual) ? null : usual);
  }

  /** Where the phone is now: {lon, lat} or null. */
  here = () => null;
  before = async () => {};

  async camera() {
    if (this.opening) return;
    this.opening = true;
    await this.openCamera();
    this.opening = false;
  }

  async openCamera() {
    await this.before();
    if (this.refused) return this.capturer.click();
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

  /** @param {Blob[]} files @param {object} [told] what is known of them; else what the camera wrote into them */
  take(files, told) {
    return (this.settled = this.settled.then(() => this.takeIn(files, told)).catch(console.error));
  }

  /** Made small; whole where that cannot be done just now. @param {Blob} file */
  async smaller(file) {
    try {
      const { shrinkApart } = await import("./shrink-apart.js");
      return await shrinkApart(file, this.getAttribute("worker"));
    } catch {
      return file.size > LARGEST ? { error: "large" } : { blob: file };
    }
  }

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
      const { blob, error, ...words } = await this.smaller(file);
      if (error) this.say(error);
      else if (await this.has(blob)) this.say("twice");
      else this.photos.push({ blob, type: blob.type, role: this.role(), ...words, ...told });
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

  remove(place) {
    this.photos.splice(place, 1);
    this.say("");
    this.show();
    this.changed();
    this.querySelector('[data-deed="camera"]').focus();
  }

  changed() {
    this.dispatchEvent(new Event("photos", { bubbles: true }));
  }

  show() {
    for (const image of this.list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.list.replaceChildren(
      ...this.photos.map((photo, place) => {
        const row = this.row.content.firstElementChild.cloneNode(true), image = row.querySelector("img");
        // What this browser cannot decode (HEIC) is shown as a word.
        image.addEventListener("error", () => image.replaceWith(Object.assign(document.createElement("span"), { textContent: photo.type.slice(6).toUpperCase() })));
        image.src = URL.createObjectURL(photo.blob);
        image.alt = image.alt.replace("{n}", place + 1);
        for (const part of row.querySelectorAll("[aria-label]")) part.setAttribute("aria-label", part.getAttribute("aria-label").replace("{n}", place + 1));
        row.querySelector("select").value = photo.role ?? "";
        return row;
      }),
    );
    const full = this.photos.length >= this.most;
    for (const button of this.querySelectorAll('[data-deed="camera"], [data-deed="pick"]')) button.disabled = full;
  }

  say(what) {
    this.told.textContent = what && (this.getAttribute(`words-${what}`) ?? "");
  }
}

customElements.define("photo-box", PhotoBox);
