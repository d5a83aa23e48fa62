// The plain way of a recorder where this phone keeps nothing: the form goes to the server, as it does without script. Not before an
// answer of ours has come, as a browser throws the page away, with what was typed, for one that says that there is no signal.
// It imports nothing that pages load anyway: the build would part that off into one more file for every page.

const FIELD_OF = new Map([["before", "photos_before"], ["after", "photos_after"]]);

/**
 * Send the form with its photographs; the server's answer takes the page's place.
 * @param {{form: HTMLFormElement, photos?: {all: {blob: Blob, type: string, role: string | null}[]}, drafts?: {id: string}}} recorder
 * @param {() => void} leaves  called when the page goes
 */
export async function sendPlain({ form, photos, drafts }, leaves) {
  const theirs = await formOfServer(form.action);
  // <photo-box> has put the plain fields for photographs away; a kept page has no field for a token.
  /** @param {string} name @param {string | FileList} value */
  const put = (name, value) => {
    const there = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name)), isFiles = value instanceof FileList;
    const field = there ?? form.appendChild(Object.assign(document.createElement("input"), { name, hidden: true, type: isFiles ? "file" : "hidden", multiple: isFiles }));
    if (value instanceof FileList) field.files = value;
    else field.value = value;
  };
  /** @param {string} name */
  const given = (name) => /** @type {HTMLInputElement | null | undefined} */ (theirs?.elements.namedItem(name))?.value;
  const token = given("csrf_token");
  if (token) put("csrf_token", token);
  // Under the number that it has here: should the phone have kept it after all, it is one record still.
  put("action_id", drafts?.id || /** @type {HTMLInputElement} */ (form.elements.namedItem("action_id")).value || given("action_id") || "");
  for (const name of [...FIELD_OF.values(), "photos"]) {
    const files = new DataTransfer();
    for (const { blob, type, role } of photos?.all ?? []) {
      if ((FIELD_OF.get(role ?? "") ?? "photos") === name) files.items.add(new File([blob], "foto", { type }));
    }
    if (photos) put(name, files.files);
  }
  leaves();
  form.submit();
}

/** The form that the server has for this page now; null for whoever has not signed in. @param {string} address @returns {Promise<HTMLFormElement | null>} */
async function formOfServer(address) {
  const page = await fetch(address, { cache: "no-store" })
    .then(async (answer) => answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html"))
    .catch(() => null);
  // A hotel's sign-in page is no answer of ours.
  if (!page || page.querySelector('link[href^="/manifest.webmanifest"]') === null) throw Object.assign(new Error("No answer of ours came."), { isAway: true });
  return page.querySelector("form[data-programme]");
}
