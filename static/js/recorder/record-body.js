// Between the plain form of an action and the wire's body of an action: one reads the other.
import { two } from "./timing.js";

/** An instant with this phone's zone. @param {Date} time */
export function withZone(time) {
  const off = -time.getTimezoneOffset(), ahead = Math.abs(off);
  const local = new Date(time.getTime() + off * 60000).toISOString().slice(0, 19);
  return `${local}${off < 0 ? "-" : "+"}${two(Math.trunc(ahead / 60))}:${two(ahead % 60)}`;
}

/** As a datetime-local field takes it. @param {Date} time */
export const forField = (time) => withZone(time).slice(0, 16);

/** The measures that a form asks for: code -> the code whose way of measuring it tells, or "". @param {HTMLFormElement} form */
function measures(form) {
  return new Map((form.dataset.measures ?? "").split(" ").filter(Boolean).map((said) => /** @type {[string, string]} */ ([...said.split("/"), ""].slice(0, 2))));
}

/** @param {HTMLFormElement} form @param {string} name */
const text = (form, name) => {
  const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name));
  return field ? String(field.value ?? "").trim() : "";
};

/** A field's number; what is none, as it was typed: a draft keeps it. @param {HTMLFormElement} form @param {string} name */
function numberOf(form, name) {
  const { valueAsNumber: number } = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  return number - number === 0 ? number : text(form, name);
}

/**
 * The body of the action as far as the form is filled in, without photographs.
 * @param {HTMLFormElement} form @param {number | undefined} start  of the timer, finer than the field @param {import("../store/store.js").Position | null} fix
 * @returns {import("../store/store.js").Body}
 */
export function bodyOf(form, start, fix) {
  const began = text(form, "started"), minutes = text(form, "minutes");
  const exact = start && forField(new Date(start)) === began ? new Date(start) : new Date(began);
  /** @type {Record<string, number | string>} */
  const said = {};
  for (const [code, of] of measures(form)) {
    const value = text(form, code);
    if (value === "" || (of && text(form, of) === "")) continue;
    said[code] = numberOf(form, code);
  }
  return {
    programme: form.dataset.programme,
    captured_at: Number.isNaN(exact.getTime()) ? null : withZone(exact),
    minutes: minutes === "" ? null : numberOf(form, "minutes"),
    fix, site: null, rt: null, rw: text(form, "rw") || null, measures: said, on_behalf_of: null, note: text(form, "note"),
  };
}

/** A way of measuring is asked for only where something was measured. @param {HTMLFormElement} form */
export function askOnlyWhatIsNeeded(form) {
  for (const [code, of] of measures(form)) {
    const field = of && form.querySelector(`[name="${code}"]`)?.closest(".field");
    if (field) field.hidden = text(form, of) === "";
  }
}
