// What <map-pin> and <place-map> are before anybody taps: a button. Code, style and outlines of maps come only then.
export class MapOpener extends HTMLElement {
  connectedCallback() {
    [this.opener, this.closer, this.ground, this.told] = ["open", "close", "ground", "told"].map((name) => this.part(name));
    if (![this.opener, this.closer, this.ground, this.told].every(Boolean)) {
      throw new Error(`<${this.localName}> holds buttons to open and to close, a ground and a status`);
    }
    this.opener.addEventListener("click", () => this.open());
    this.closer.addEventListener("click", () => this.close());
  }

  disconnectedCallback() {
    this.map?.remove();
  }

  async open() {
    this.opener.disabled = true;
    this.say(this.says("wait"));
    try {
      const maps = await import("./maps-on-tap.js");
      const outlines = await maps.ready(this.getAttribute("outlines"), this.getAttribute("styles"));
      this.told.hidden = true;
      this.show(true);
      this.map = this.drawn(maps, outlines);
      this.ground.focus();
    } catch (failed) {
      console.info(failed);
      this.show(false);
      this.say(this.says("failed"));
    }
    this.opener.disabled = false;
  }

  close() {
    this.map.remove();
    this.map = undefined;
    this.told.hidden = true;
    this.show(false);
    this.opener.focus();
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  says(what, values = {}) {
    return (this.getAttribute(`words-${what}`) || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  say(words) {
    this.told.textContent = words;
    this.told.hidden = false;
  }
}
