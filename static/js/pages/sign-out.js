// What happens when somebody presses "sign out": the warning where records of theirs wait, else who was here is forgotten.
// It imports nothing that pages load anyway: the build would part that off into one more file for every page.

/** @typedef {Pick<typeof import("../store/store.js"), "clearPresent" | "dropReceipts" | "entries" | "present" | "receipts">} Store */

/** Whether signing out has to wait for a second press, as was said; else nothing of who was here is left. @param {HTMLElement} guard @param {Store} store */
export async function hold(guard, store) {
  const warning = /** @type {HTMLElement} */ (guard.querySelector("[data-waits]"));
  const count = await waiting(store).catch(() => 0);
  if (count && warning.hidden) {
    warn(warning, count);
    /** @type {HTMLElement} */ (warning.querySelector("button[data-send]")).onclick = () => send(warning, store);
    return true;
  }
  await forget(store).catch(() => {});
  return false;
}

/** How many records of the account that signs out have not been sent. @param {Store} store */
async function waiting({ entries, present }) {
  const account = (await present())?.account;
  return (await entries()).filter((entry) => account && entry.account === account).length;
}

/** @param {HTMLElement} warning @param {number} count */
function warn(warning, count) {
  /** @type {HTMLElement} */ (warning.querySelector("[data-count]")).textContent = String(count);
  warning.hidden = false;
  warning.focus();
}

/** @param {HTMLElement} warning @param {Store} store */
async function send(warning, store) {
  const { flush } = await import("../send/send.js");
  await flush({ ask: true });
  const left = await waiting(store);
  if (left) warn(warning, left);
  else warning.hidden = true;
}

/** Who was here, their places, and what the server said to them. @param {Store} store */
async function forget({ clearPresent, dropReceipts, present, receipts }) {
  const account = (await present())?.account;
  const told = (await receipts()).filter((receipt) => receipt.account === account);
  await dropReceipts(told.map(({ id }) => id));
  await clearPresent();
}
