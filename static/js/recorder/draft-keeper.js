// The drafts of one account on this phone, and the one that this page has in hand: no two tabs write the same.
import { IN_HAND, draft as draftOf, draftPhotosOf, drafts, draftsInHand, dropDraft, keepDraft, newId } from "../store/store.js";

const A_MOMENT_MS = 500;

/** @typedef {import("../store/store.js").Draft} Draft */
/** @typedef {import("../photos/photo-box.js").Shot} Shot */

export class DraftKeeper {
  /** @param {string | null} account  those of another are never shown; those of nobody are shown to whoever holds the phone */
  constructor(account) {
    this.account = account;
    /** @type {string} */
    this.id = newId();
    /** When everything asked for so far is kept. @type {Promise<void>} */
    this.settled = Promise.resolve();
  }

  /** For the list of drafts, which imports nothing. */
  held = draftsInHand;

  /**
   * Take a draft into this page's hand, or the new one; false where another tab has it. One that was closed just now, or loaded
   * again, still has it for a moment.
   * @param {string} [id] @returns {Promise<boolean>}
   */
  claim(id = this.id) {
    return new Promise((resolve) => {
      const patience = new AbortController(), { signal } = patience;
      setTimeout(() => patience.abort(), A_MOMENT_MS);
      const taken = () => {
        this.id = id;
        resolve(true);
        return new Promise(() => {}); // held until the page goes
      };
      navigator.locks.request(IN_HAND + id, { signal }, taken).catch(() => resolve(false));
    });
  }

  /** The drafts but the one in hand, the latest first. @returns {Promise<(Draft & {runs: boolean})[]>} */
  async waiting() {
    const mine = (await drafts()).filter(({ account, id }) => (account ?? this.account) === this.account && id !== this.id);
    return mine.sort((a, b) => b.changedAt.localeCompare(a.changedAt)).map((draft) => ({ ...draft, runs: isRunning(draft) }));
  }

  /** The draft to go on with, in hand: the one asked for, else one of the programme that still runs. @param {string} id @param {string} programme */
  async toGoOn(id, programme) {
    const mine = await this.waiting();
    for (const draft of mine.filter((each) => each.id === id || (each.programme === programme && each.runs))) {
      if (draft.programme !== programme || !(await this.claim(draft.id))) continue;
      // As the other tab has left it.
      const left = await draftOf(draft.id);
      if (left) return left;
      this.id = newId();
    }
    await this.claim();
    return undefined;
  }

  /**
   * One after the other, so that the last is what stays. Photographs only when they have changed: they are heavy.
   * @param {import("../store/store.js").DraftContent} draft @param {Shot[]} [photos]
   */
  keep(draft, photos) {
    const kept = this.settled.then(() => keepDraft({ id: this.id, account: this.account, ...draft }, photos?.map(bytesOf)));
    this.settled = kept.catch(() => {});
    return kept;
  }

  /** @param {string} id */
  drop = (id) => dropDraft(id);

  /** The photographs of the draft in hand, as <photo-box> has them. @returns {Promise<Shot[]>} */
  async photos() {
    return (await draftPhotosOf(this.id)).map(({ bytes, type, role, taken_at, lon, lat }) => ({
      blob: new Blob([bytes], { type }), type, role, ...(taken_at && { taken_at }), ...(lon !== undefined && { lon, lat }),
    }));
  }
}

/**
 * Say how many drafts wait; the list of them comes when somebody opens it.
 * @param {import("./draft-list.js").List} room  <draft-list> @param {DraftKeeper} keeper @param {() => Promise<unknown>} leave  awaited before another draft opens
 */
export async function tellOf(room, keeper, leave) {
  const { length } = await keeper.waiting(), details = /** @type {HTMLDetailsElement} */ (room.querySelector("details"));
  room.hidden = !length;
  /** @type {HTMLElement} */ (room.querySelector("[data-count]")).textContent = String(length);
  details.addEventListener("toggle", async () => {
    if (!details.open) return;
    const come = await import("./draft-list.js").then(() => true, () => false);
    /** @type {HTMLElement} */ (room.querySelector("[data-failed]")).hidden = come;
    if (come) await room.begin(keeper, leave);
  });
}

/** @param {{run?: import("../store/store.js").Run | null}} draft */
export const isRunning = ({ run }) => Boolean(run?.start && !run.stop);

/** A photograph as the store takes it. @param {Shot} photo @returns {import("../store/store.js").PhotoGiven} */
export const bytesOf = ({ blob, ...photo }) => ({ ...photo, bytes: blob });
