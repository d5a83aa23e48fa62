// `input[data-numeral]` is a text field for a number (numerals.js): a browser's own number field drops the comma unseen.
import { readNumber, writeNumber } from "./numerals.js";

/** The fields know their numbers as a browser's own would: NaN where there is none, or none that can be read. @param {ParentNode} room */
export function equip(room) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (room.querySelectorAll("[data-numeral]"))) {
    Object.defineProperty(field, "valueAsNumber", {
      get: () => Number(readNumber(field.value, field.dataset.numeral)),
      set: (number) => (field.value = writeNumber(number, document.documentElement.lang)),
      configurable: true,
    });
  }
}

/**
 * Say of each number of a form what is wrong with it, as browsers say such things of their own fields.
 * @param {HTMLFormElement} form @param {Record<string, string>} words  by what is wrong
 */
export function judge(form, words) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-numeral]"))) {
    const { min, max, numeral } = /** @type {{min: string, max: string, numeral: string}} */ (field.dataset), read = readNumber(field.value, numeral);
    const wrong = typeof read === "string" ? words[read] : read < +min || read > +max ? words.between.replace("{min}", min).replace("{max}", max) : "";
    field.setCustomValidity(field.value.trim() && wrong);
  }
}

equip(document);
