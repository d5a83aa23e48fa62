// The bounds of a form's fields, checked on the phone with the server's own sentences. It is loaded once a form is filled in, and
// imports nothing that pages load anyway: the build would part that off into one more file for every page.

/** @typedef {[HTMLElement, string]} Wrong  a field, and what is wrong with it */

/**
 * Whether nothing is wrong; what is, is said. `also`: what is known to be wrong already.
 * @param {HTMLFormElement} form @param {Record<string, string>} words @param {Wrong[]} also
 */
export function isFine(form, words, also) {
  const found = [...also, ...wrongs(form, words)];
  tell(form, found);
  return !found.length;
}

/** What is wrong with the form's fields. @param {HTMLFormElement} form @param {Record<string, string>} words @returns {Wrong[]} */
function wrongs(form, words) {
  return /** @type {HTMLInputElement[]} */ ([...form.elements]).flatMap((field) => {
    const { validity: is, validationMessage, value, dataset } = field;
    // A browser would cut what is too long without a word.
    if ([...(value ?? "").trim()].length > Number(dataset?.most ?? Infinity)) return [[field, words.long.replace("{max}", String(dataset.most))]];
    if (!is || is.valid || !field.willValidate) return [];
    // What is wrong with a number was said of it already (numerals.js).
    return [[field, is.customError ? validationMessage : words[is.valueMissing ? "required" : "form"]]];
  });
}

/** @param {Element} line */
function unsay(line) {
  line.parentElement?.removeAttribute("data-wrong");
  line.remove();
}

/** Say what is wrong beside each field, as the server's page says it. @param {HTMLFormElement} form @param {Wrong[]} found */
export function tell(form, found) {
  for (const old of form.querySelectorAll(".error[data-told]")) unsay(old);
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const [field, sentence] of found) {
    const room = field.closest(".field") ?? field, line = document.createElement("p");
    line.className = "error";
    line.dataset.told = "";
    line.id = `${field.id || room.id}-told`;
    line.textContent = sentence;
    for (let part = field.parentElement; part; part = part.parentElement) if (part instanceof HTMLDetailsElement) part.open = true;
    room.toggleAttribute("data-wrong", true);
    if (room === field && !field.matches("fieldset")) room.append(line);
    else room.querySelector("label, legend")?.after(line);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", line.id);
    // What was changed is looked at again when it is saved.
    const forget = () => {
      unsay(line);
      field.removeAttribute("aria-invalid");
    };
    room.addEventListener("input", forget, { once: true });
  }
  found[0]?.[0].focus();
}

/**
 * Whether it lasted shorter than counts, and nobody has said that this is meant: asked once for each number.
 * @param {import("./recorder-face.js").RecorderFace} recorder @param {import("../store/store.js").Body} body
 */
export function isShort(recorder, { minutes }) {
  const { shortest = 0 } = recorder.timer ?? {};
  if (Number(minutes) >= shortest || recorder.sure === minutes) return false;
  recorder.sure = minutes;
  const told = recorder.one("[data-warning]");
  told.hidden = false;
  Object.assign(told.querySelector("p") ?? {}, { textContent: recorder.words.short.replace("{m}", String(shortest)) });
  return true;
}
