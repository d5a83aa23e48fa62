// <number-stepper>: the two buttons beside a number field add to it and take from it, within its bounds.
class NumberStepper extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector('input[type="number"]');
    const buttons = [...this.querySelectorAll("button[data-step]")];
    if (!input || buttons.length !== 2) throw new Error("<number-stepper> holds a number field and two buttons");
    const lowest = Number(input.min || -Infinity), highest = Number(input.max || Infinity);
    const bound = () => {
      for (const button of buttons) {
        const by = Number(button.dataset.step);
        button.disabled = input.value !== "" && (by < 0 ? input.value <= lowest : input.value >= highest);
      }
    };
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-step]");
      if (!button) return;
      // An empty field begins at nothing: a first "more" is one step of it.
      const made = Math.min(Math.max(Number(input.value) + Number(button.dataset.step), lowest), highest);
      input.value = Number(made.toFixed(3));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("input", bound);
    bound();
  }
}

customElements.define("number-stepper", NumberStepper);
