// A number as people type it, with a comma or a point, read by the server's rule (app/core/numerals.py); tests/numerals.json holds
// both to one table of cases. `input[data-numeral]` is a text field for one: a browser's own number field drops the comma unseen.

/** @typedef {"amount" | "whole" | "degrees"} Numeral  may have decimals; has none; below a thousand */

const PLAIN = /^-?(?=[.,]?\d)\d{0,15}([.,]\d{1,15})?$/;
const GROUPED = /^-?[1-9]\d{0,2}((\.\d{3}){1,4}(,\d{1,15})?|(,\d{3}){1,4}(\.\d{1,15})?)$/;

/**
 * The number, or why there is none: "number" (it is none), "whole" (it is no whole one), "unclear" ("1.250" is 1250 or 1.25).
 * @param {string} text @param {string | undefined} kind  a Numeral @returns {number | string}
 */
export function readNumber(text, kind) {
  const said = text.trim().replace("−", "-"), isPlain = PLAIN.test(said), isGrouped = kind !== "degrees" && GROUPED.test(said);
  if (!isPlain && !isGrouped) return kind === "whole" ? kind : "number";
  if (isPlain && isGrouped && kind === "amount") return "unclear";
  // The first mark of a grouped number parts thousands.
  const number = Number((isGrouped ? said.replaceAll(said.match(/[.,]/)?.[0] ?? "", "") : said).replace(",", "."));
  return kind === "whole" && number % 1 ? "whole" : number;
}

/** As a field shows it, so that reading it again gives the same: 1.125 is written 1,1250. @param {number} number @param {string} lang */
export function writeNumber(number, lang = document.documentElement.lang) {
  const text = String(number).replace(/^(-?[1-9]\d{0,2}\.\d{3})$/, "$10");
  return lang === "id" ? text.replace(".", ",") : text;
}

/** The fields know their numbers as a browser's own would: NaN where there is none, or none that can be read. @param {ParentNode} room */
export function equip(room) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (room.querySelectorAll("[data-numeral]"))) {
    Object.defineProperty(field, "valueAsNumber", {
      get: () => Number(readNumber(field.value, field.dataset.numeral)),
      set: (number) => (field.value = writeNumber(number)),
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
