// <number-stepper>: the two buttons beside a number's field add to it and take from it, within its bounds. What cannot be read as a
// number stays as it was typed. The field itself knows its number (number-fields.js, on every page): nothing is imported here, as the
// build would part that off into one more file for every page.
class NumberStepper extends HTMLElement {
  connectedCallback() {
    /** @type {HTMLInputElement | null} */
    const input = this.querySelector("input[data-numeral]");
    const buttons = /** @type {HTMLButtonElement[]} */ ([...this.querySelectorAll("button[data-step]")]);
    if (!input || buttons.length !== 2) throw new Error("<number-stepper> holds a field for a number and two buttons");
    const lowest = Number(input.dataset.min ?? -Infinity), highest = Number(input.dataset.max ?? Infinity);
    const bound = () => {
      for (const button of buttons) {
        const by = Number(button.dataset.step);
        button.disabled = by < 0 ? input.valueAsNumber <= lowest : input.valueAsNumber >= highest;
      }
    };
    this.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button[data-step]");
      if (!button) return;
      if (input.value.trim() && Number.isNaN(input.valueAsNumber)) return input.focus();
      // An empty field begins at nothing: a first "more" is one step of it.
      const made = Math.min(Math.max((input.valueAsNumber || 0) + Number(button.dataset.step), lowest), highest);
      input.valueAsNumber = Number(made.toFixed(3));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("input", bound);
    bound();
  }
}

customElements.define("number-stepper", NumberStepper);

export {};
