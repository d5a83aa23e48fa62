// Larger changes to what the phone keeps, which only the outbox's own page makes: opening a refused record again, and clearing.

import { all, result, within } from "../store/database.js";
import { announce, newId } from "../store/store.js";

/**
 * Turn an entry that the server will not take into a draft under a new id, photographs and all, in one transaction.
 * @param {string} id @param {string} told  what is to be done about it, in the reader's language
 * @returns {Promise<string | undefined>} the draft's id; undefined where the entry has gone
 */
export async function reopenEntry(id, told) {
  const reopened = await within(["entries", "photos", "drafts", "draft_photos"], "readwrite", async (stores) => {
    const before = await result(stores.entries.get(id));
    if (!before) return undefined;
    const { account, programme, body, version } = before;
    const problem = { ...before.problem, told };
    const made = { id: newId(), version, account, programme, body, problem, changedAt: new Date().toISOString(), reopened: id };
    stores.drafts.put(made);
    for (const { entry: _, arrived: __, ...photo } of await result(stores.photos.getAll(all(id)))) {
      stores.draft_photos.put({ ...photo, draft: made.id });
    }
    stores.entries.delete(id);
    stores.photos.delete(all(id));
    return made.id;
  });
  announce({ kind: "dropped", id });
  return reopened;
}

/**
 * Remove these drafts, the account's receipts and places. Entries are never touched, nor what another account has here.
 * @param {string | null} account @param {string[]} drafts
 */
export async function clearOwn(account, drafts) {
  await within(["drafts", "draft_photos", "receipts", "present"], "readwrite", async (stores) => {
    for (const id of drafts) {
      stores.drafts.delete(id);
      stores.draft_photos.delete(all(id));
    }
    for (const receipt of await result(stores.receipts.getAll())) {
      if (!account || receipt.account === account) stores.receipts.delete(receipt.id);
    }
    // Who is signed in stays signed in; the places are forgotten.
    if (account) stores.present.put({ account, sites: [], programmes: [], seenAt: 0 }, "account");
    else stores.present.clear();
  });
  announce({ kind: "present" });
}
