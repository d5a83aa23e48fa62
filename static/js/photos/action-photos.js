// The photographs of an action. <photo-box>, with its camera and its pictures, comes once they can be taken; until it is there, and
// where it does not come (no signal at a phone's first visit), the plain fields take them.

/** After which the plain fields are shown on a slow network. */
const PATIENCE_MS = 4000;
/** The plain fields, and what their photographs show. */
const FIELDS = { photos_before: "before", photos_after: "after", photos: null };

/** @typedef {import("./photo-box.js").Shot} Shot */

export class ActionPhotos {

  /** @param {import("./photo-box.js").Box} box @param {Partial<import("./photo-box.js").Box>} told  what <photo-box> asks of its recorder: before, here, usual */
  constructor(box, told) {
    this.box = box;
    this.told = told;
    this.plain = /** @type {HTMLElement} */ (box.querySelector("[data-plain]"));
    /** Those of a draft that was gone on with, before <photo-box> has them. @type {Shot[]} */
    this.recalled = [];
    this.plain.addEventListener("change", () => box.dispatchEvent(new Event("photos", { bubbles: true })));
    // What the worker has fetched for this phone comes without a signal; on a first visit that is soon after the page.
    navigator.serviceWorker?.ready.then(() => this.want());
  }

  /** Bring the camera and the pictures; asked for again where they did not come. */
  want() {
    return (this.coming ??= this.bring());
  }

  async bring() {
    this.plain.hidden = !this.chosen().length;
    setTimeout(() => (this.plain.hidden = false), PATIENCE_MS);
    try {
      await import("./photo-box.js");
    } catch {
      /** @type {Promise<void> | undefined} */
      this.coming = undefined;
      this.plain.hidden = false;
      return;
    }
    /** @type {[File[], {role: string | null}][]} */
    const chosen = Object.entries(FIELDS).map(([name, role]) => [this.files(name), { role }]);
    Object.assign(this.box, this.told, { photos: this.recalled });
    this.box.begin();
    this.here = true;
    for (const [files, told] of chosen) if (files.length) this.box.take(files, told);
  }

  /** @param {string} name */
  files = (name) => [...(/** @type {HTMLInputElement | null} */ (this.plain.querySelector(`[name="${name}"]`))?.files ?? [])];

  /** What the plain fields hold, as <photo-box> would have it. */
  chosen = () => Object.entries(FIELDS).flatMap(([name, role]) => this.files(name).map((blob) => ({ blob, type: blob.type, role })));

  /** All of them. @returns {Shot[]} */
  get all() {
    return this.here ? this.box.photos : [...this.recalled, ...this.chosen()];
  }

  set all(photos) {
    if (!this.here) this.recalled = photos;
    else {
      this.box.photos = photos;
      this.box.show();
    }
  }

  /** When everything taken or chosen so far is among them. */
  get settled() {
    return this.here ? this.box.settled : Promise.resolve();
  }
}
