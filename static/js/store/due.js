// Which entries are to be sent: pages count them without loading what sends.

/** Own, or nobody's and not said to be somebody else's. @param {import("./store.js").Entry} entry @param {string | null | undefined} account */
export const isOwn = (entry, account) =>
  entry.account === null ? !entry.declined.includes(/** @type {string} */ (account)) : entry.account === account;

/** @param {import("./store.js").Entry} entry @param {string | null | undefined} account */
export const isDue = (entry, account) =>
  Boolean(account) && entry.account === account && ["waiting", "sign_in", "full"].includes(entry.state);
