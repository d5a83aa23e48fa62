// A draft back in its form: fields, timer and place as they were left. It comes where there is a draft to go on with.
// It imports nothing that pages load anyway: the build would part that off into one more file for every page.

/**
 * @param {any} recorder  <action-recorder>
 * @param {{body: Record<string, any>, run?: {start?: number, stop?: number} | null, fixes?: any[], problem?: any}} draft
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
  const parts = [import("./put-right.js"), import("./form-check.js"), photos.want()];
  await Promise.all(parts).then(([{ putRight }, { tell }]) => putRight(recorder, tell)).catch(console.error);
}

/** @param {HTMLFormElement} form @param {Record<string, any>} body */
function fillIn(form, body) {
  const put = (name, value) => {
    const field = /** @type {any} */ (form.elements.namedItem(name));
    if (!field) return;
    // What is no number yet is there as it was typed.
    if (typeof value === "number") field.valueAsNumber = value;
    else field.value = value ?? "";
    field.dispatchEvent?.(new Event("input"));
  };
  put("minutes", body.minutes);
  put("note", body.note);
  put("rw", body.rw);
  for (const field of form.querySelectorAll(".measures [data-numeral]")) put(field.getAttribute("name"), body.measures?.[field.getAttribute("name")]);
  for (const [code, value] of Object.entries(body.measures ?? {})) if (form.elements.namedItem(code) instanceof RadioNodeList) put(code, value);
}

/** @param {any} keeper  <fix-keeper> @param {Record<string, any> | null} fix @param {any[]} found */
function bringPlaceBack(keeper, fix, found = []) {
  keeper.fixes = found;
  if (fix?.source === "pin") {
    const site = keeper.sites.find(({ lon, lat }) => lon === fix.lon && lat === fix.lat);
    if (!site) [keeper.inputs.lon.value, keeper.inputs.lat.value] = [fix.lon, fix.lat];
    return keeper.choose(site?.id ?? "typed");
  }
  // An entry that is put right knows only the position it was sent with.
  if (fix && !found.length) keeper.fixes = [{ ...fix, at: Date.parse(fix.fixed_at ?? "") || 0, heard: keeper.start }];
  keeper.choose("device");
}
