// What the server had to say of a record that is being put right: said at the fields of its form until these are changed, and
// above them in one place, each with the way to its field.

/** @typedef {import("../store/store.js").Problem} Problem */
/** @typedef {{error: import("../store/store.js").FieldProblem, shown: HTMLElement | null, words: string}} Said */

const OF_THE_PLACE = new Set(["fix", "site", "rt", "rw"]);
const NAMES = new Map([["captured_at", "started"]]);

/** What shows the field that the wire names so; null where the form has none. @param {HTMLFormElement} form @param {string} name @returns {HTMLElement | null} */
function shownFor(form, name) {
  const [whole, first, measure] = /^(\w+)(?:\.(\w+))?/.exec(name) ?? [];
  if (OF_THE_PLACE.has(first)) return form.querySelector("fix-keeper fieldset");
  if (first === "photos") return form.querySelector("photo-box [data-scripted]");
  const field = whole && form.elements.namedItem(first === "measures" ? measure : (NAMES.get(first) ?? first));
  return field instanceof HTMLElement && /** @type {HTMLInputElement} */ (field).type !== "hidden" ? field : null;
}

/** "Foto 2: ..." where the sentence is of one of several. @param {{field: string, message: string}} error @param {HTMLFormElement} form */
function sentence({ field, message }, form) {
  const place = /^photos\[(\d+)\]/.exec(field)?.[1];
  const frame = place && form.querySelectorAll("photo-box li .frame")[Number(place)];
  const name = frame && (frame.querySelector("img")?.alt || frame.textContent?.trim());
  return name ? `${name}: ${message}` : message;
}

/** Changing anything in this changes the field. @param {HTMLElement} shown */
const around = (shown) => shown.closest("fix-keeper, photo-box, .field") ?? shown;

/** Its sentence goes, and the mark that it is wrong. @param {HTMLElement} shown */
function clear(shown) {
  const room = shown.closest(".field") ?? shown;
  room.querySelector(".error[data-told]")?.remove();
  room.removeAttribute("data-wrong");
  shown.removeAttribute("aria-invalid");
  shown.removeAttribute("aria-describedby");
}

/** @param {Problem} problem @param {Said[]} found */
function summaryOf({ told, detail }, found) {
  const made = Object.assign(document.createElement("div"), { className: "errors", tabIndex: -1 });
  const list = document.createElement("ul");
  made.append(Object.assign(document.createElement("h2"), { textContent: told || detail || "" }));
  for (const { error, shown, words } of found) {
    const line = document.createElement("li");
    const target = shown?.id ? shown : shown?.querySelector("[id]");
    let label = shown?.closest(".field")?.querySelector("label, legend")?.firstChild?.textContent?.trim().replace(/[?:]$/, "");
    // A measure that this form does not ask for: the programme has changed since.
    label ??= /^measures\.(\w+)/.exec(error.field)?.[1];
    const text = label ? `${label}: ${words}` : words;
    line.append(target ? Object.assign(document.createElement("a"), { href: `#${target.id}`, textContent: text }) : text);
    list.append(line);
  }
  if (found.length) made.append(list);
  return made;
}

/**
 * Say it. `recorder.problem` is what has not been changed yet: the draft keeps it.
 * @param {{form: HTMLFormElement, problem?: Problem | null}} recorder
 * @param {(form: HTMLFormElement, found: [HTMLElement, string][]) => void} tell  says sentences beside their fields
 */
export function putRight(recorder, tell) {
  const { form } = recorder;
  const problem = /** @type {Problem} */ (recorder.problem);
  /** @type {Said[]} */
  let found = (problem.errors ?? []).map((error) => ({ error, shown: shownFor(form, error.field), words: sentence(error, form) }));
  tell(form, found.flatMap(({ shown, words }) => (shown ? [/** @type {[HTMLElement, string]} */ ([shown, words])] : [])));
  let summary = summaryOf(problem, found);
  form.prepend(summary);
  for (const name of ["input", "change", "fix", "photos"]) {
    form.addEventListener(name, ({ target }) => {
      const changed = found.filter(({ shown }) => shown && around(shown).contains(/** @type {Node} */ (target)));
      if (!changed.length) return;
      for (const { shown } of changed) clear(/** @type {HTMLElement} */ (shown));
      found = found.filter((each) => !changed.includes(each));
      recorder.problem = found.length ? { ...problem, errors: found.map(({ error }) => error) } : undefined;
      summary.remove();
      if (found.length) form.prepend((summary = summaryOf(problem, found)));
    });
  }
  summary.focus();
}
