// A draft back in its form: fields, timer and place as they were left. It comes where there is a draft to go on with.
// It imports nothing that pages load anyway: the build would part that off into one more file for every page.

/**
 * @param {import("./recorder-face.js").RecorderFace} recorder  <action-recorder>
 * @param {import("../store/store.js").DraftContent} draft
 * @param {boolean} runs  whether its timer does
 */
export async function bringBack(recorder, { body, run, fixes: found, problem }, runs) {
  const { form, timer, fixes, photos } = recorder;
  if (body.captured_at) recorder.beganAt(Date.parse(body.captured_at));
  fillIn(form, body);
  if (timer && run?.start) timer.run = run;
  bringPlaceBack(fixes, body.fix, found);
  recorder.turn(runs ? "running" : "filling");
  if (runs || !fixes.fix) fixes.watch();
  if (!problem) return;
  // The server refused it: it says why at its fields.
  await Promise.all([import("./put-right.js"), import("./form-check.js"), photos.want()]).then(([{ putRight }, { tell }]) => putRight(recorder, tell)).catch(console.error);
}

/** @typedef {import("../store/store.js").Body} Body */

/** @param {HTMLFormElement} form @param {Body} body */
function fillIn(form, body) {
  /** @param {string} name @param {string | number | null | undefined} value */
  const put = (name, value) => {
    const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name));
    if (!field) return;
    // What is no number yet is there as it was typed.
    if (typeof value === "number") field.valueAsNumber = value;
    else field.value = value ?? "";
    field.dispatchEvent?.(new Event("input"));
  };
  put("minutes", body.minutes);
  put("note", body.note);
  put("rw", body.rw);
  const measures = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(".measures [data-numeral]"));
  for (const { name } of measures) put(name, body.measures?.[name]);
  for (const [code, value] of Object.entries(body.measures ?? {})) if (form.elements.namedItem(code) instanceof RadioNodeList) put(code, value);
}

/** @param {import("./fix-keeper.js").Keeper} keeper @param {Body["fix"]} fix @param {import("../store/store.js").Fix[]} found */
function bringPlaceBack(keeper, fix, found = []) {
  keeper.fixes = found;
  if (fix?.source === "pin") {
    const site = keeper.sites.find(({ lon, lat }) => lon === fix.lon && lat === fix.lat);
    if (!site) [keeper.inputs.lon.value, keeper.inputs.lat.value] = [fix.lon, fix.lat].map(String);
    return keeper.choose(site?.id ?? "typed");
  }
  // An entry that is put right knows only the position it was sent with.
  if (fix && !found.length) keeper.fixes = [{ accuracy_m: 0, ...fix, at: Date.parse(fix.fixed_at ?? "") || 0, heard: keeper.start }];
  keeper.choose("device");
}
