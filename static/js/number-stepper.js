// <number-stepper>: the two buttons beside a number field take steps in it, within its bounds.
class NumberStepper extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector('input[type="number"]');
    const buttons = [...this.querySelectorAll("button[data-step]")];
    if (!input || buttons.length !== 2) throw new Error("<number-stepper> holds a number field and two buttons");
    const bound = () => {
      for (const button of buttons) {
        const limit = button.dataset.step < 0 ? input.min : input.max;
        button.disabled = limit !== "" && input.value !== "" && input.value * button.dataset.step >= limit * button.dataset.step;
      }
    };
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-step]");
      if (!button) return;
      if (input.value === "") input.value = input.min || 0;
      else button.dataset.step < 0 ? input.stepDown() : input.stepUp();
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("input", bound);
    bound();
  }
}

customElements.define("number-stepper", NumberStepper);
