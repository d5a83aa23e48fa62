// Which entries are to be sent: pages count them without loading what sends.

/** @param {import("./store.js").Entry} entry @param {string | undefined} account */
export const isDue = (entry, account) =>
  Boolean(account) && entry.account === account && ["waiting", "sign_in", "full"].includes(entry.state);
