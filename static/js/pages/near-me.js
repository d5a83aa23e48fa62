// <near-me>: its form is sent with where the phone stands, once somebody asks for it. Without script it is not shown.
class NearMe extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const told = /** @type {HTMLElement | null} */ (this.querySelector("[data-told]"));
    if (!form || !told) throw new Error("<near-me> holds a form and a status");
    if (!("geolocation" in navigator)) return;
    this.hidden = false;
    const inputs = /** @type {Record<"lon" | "lat", HTMLInputElement>} */ (/** @type {unknown} */ (form.elements));
    form.addEventListener("submit", (event) => {
      if (inputs.lon.value) return;
      event.preventDefault();
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          [inputs.lon.value, inputs.lat.value] = [String(coords.longitude), String(coords.latitude)];
          form.requestSubmit();
        },
        () => {
          told.hidden = false;
        },
        { maximumAge: 60_000, timeout: 20_000 },
      );
    });
  }
}

customElements.define("near-me", NearMe);
