// A number as people type it, with a comma or a point, read by the server's rule (app/core/numerals.py); tests/numerals.json holds
// both to one table of cases.

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
export function writeNumber(number, lang) {
  const text = String(number).replace(/^(-?[1-9]\d{0,2}\.\d{3})$/, "$10");
  return lang === "en" ? text : text.replace(".", ",");
}
