// The service worker: opens what a phone keeps without a signal, and sends what waits when the phone wakes it.
// `self.SABUK` (app/web/worker.py): `version`; `shells`: language -> address of a page -> where its shell is fetched; `offline`: the page
// that stands for all others; `files`: what the shells ask for, named by content; `icon`: what stands beside a notice.
// No page that knows anybody is ever kept: shells are fetched without cookies, everything else is passed on.

import { openNotice, showNotice } from "./push-events.js";
import { SYNC_TAG, flush } from "../send/send.js";

const { version, shells, offline, files } = self.SABUK;
const PAGES = `kerangka-${version}`;
const FILES = "aset";
const CHOICE = "pilihan";
const OUTLINES = "/api/v1/outlines.geojson";
const FOLDER = "/aset/";

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
  if (event.data === "language") event.waitUntil(keepPages());
});
self.addEventListener("sync", (event) => {
  if (event.tag === SYNC_TAG) event.waitUntil(send());
});
self.addEventListener("push", showNotice);
self.addEventListener("notificationclick", openNotice);
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith(FOLDER)) event.respondWith(file(event.request));
  else if (mode === "navigate") event.respondWith(page(event));
  else if (pathname + search === OUTLINES) event.respondWith(outlines(event));
});

/** The phone woke us because there is a signal: where none comes through after all, it is asked to wake us again. */
async function send() {
  const { away } = await flush();
  if (away) throw new Error("No answer came.");
}

async function keep() {
  const kept = await caches.open(FILES);
  const missing = await Promise.all(files.map(async (address) => ((await kept.match(address)) ? "" : address)));
  await Promise.all([keepPages(), ...missing.filter(Boolean).map((address) => kept.add(new Request(address, { credentials: "omit" })))]);
}

/** The shells in the reader's language; those of another language that are there stay. */
async function keepPages() {
  const kept = await caches.open(PAGES);
  const wanted = Object.values(shells[(await choice()).lang]);
  const missing = await Promise.all(wanted.map(async (address) => ((await kept.match(address)) ? "" : address)));
  await Promise.all(missing.filter(Boolean).map((address) => kept.add(new Request(address, { credentials: "omit", cache: "reload" }))));
}

/** What the reader chose on a page of the server: `lang`, and `theme` where it is not the phone's own. */
async function choice() {
  const said = await (await caches.open(CHOICE)).match("/pilihan");
  const { lang, theme } = said ? await said.json() : {};
  return { lang: lang in shells ? lang : "id", theme: ["light", "dark"].includes(theme) ? theme : "" };
}

async function takeOver() {
  await self.clients.claim();
  const old = (await caches.keys()).filter((name) => name.startsWith("kerangka-") && name !== PAGES);
  await Promise.all(old.map((name) => caches.delete(name)));
  // Pages that are open were made of the files of a version before, and may ask for more of them.
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await (await caches.open(CHOICE)).put("/terbuka", new Response(JSON.stringify(open.map(({ id }) => id))));
  await clear();
}

/** Remove the files that only earlier versions asked for, once no page of theirs is open. */
async function clear() {
  const chosen = await caches.open(CHOICE);
  const before = await chosen.match("/terbuka");
  if (!before) return;
  for (const id of await before.json()) if (await self.clients.get(id)) return;
  const kept = await caches.open(FILES);
  const wanted = new Set(files);
  for (const { url } of await kept.keys()) if (!wanted.has(new URL(url).pathname)) await kept.delete(url);
  await chosen.delete("/terbuka");
}

/** A file named by its content is the same for ever: from the phone where it is there. @param {Request} request */
async function file(request) {
  const kept = await caches.open(FILES);
  const found = await kept.match(request.url);
  if (found) return found;
  const fresh = await fetch(request);
  if (fresh.status === 200) kept.put(request.url, fresh.clone()).catch(() => {});
  return fresh;
}

/** The public outlines, for the map on which a place is pointed at: what is there at once, what is newer for the next time. @param {FetchEvent} event */
async function outlines(event) {
  const kept = await caches.open(FILES);
  const found = await kept.match(OUTLINES);
  const fresh = fetch(OUTLINES, { credentials: "omit" }).then(async (answer) => {
    if (answer.status === 200) await kept.put(OUTLINES, answer.clone());
    return answer;
  });
  if (!found) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return found;
}

/** A page that the phone keeps opens from there; the others come from the network, or an honest page says that there is none. @param {FetchEvent} event */
async function page(event) {
  event.waitUntil(clear());
  const { pathname, searchParams } = new URL(event.request.url);
  // Whoever chooses a language or a theme tells the server, which remembers it.
  const isPlain = !["lang", "tema", "kerangka"].some((name) => searchParams.has(name));
  const shell = isPlain && (await shellOf(pathname));
  if (shell && (await holds(shell, searchParams.get("program")))) return shell;
  try {
    const answer = await fetch(event.request);
    return shell && answer.status === 404 ? shell : answer;
  } catch (error) {
    const instead = (await shellOf(pathname, searchParams.get("lang"))) ?? (await shellOf(offline, searchParams.get("lang"), 503));
    if (instead) return instead;
    throw error;
  }
}

/** Whether a kept page has the programme's form: the server may know one that began since. @param {Response} shell @param {string | null} programme */
async function holds(shell, programme) {
  return !programme || (await shell.clone().text()).includes(`data-programme="${programme}"`);
}

/**
 * The kept page in the reader's language (or, where only that is there, another), looking as the reader chose.
 * @param {string} address @param {string | null} [asked]  the language that its address asks for @param {number} [status]
 */
async function shellOf(address, asked, status = 200) {
  const { lang, theme } = await choice();
  const kept = await caches.open(PAGES);
  for (const language of new Set([asked, lang, ...Object.keys(shells)])) {
    const found = shells[language]?.[address] && (await kept.match(shells[language][address]));
    if (!found) continue;
    const headers = new Headers(found.headers);
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    const text = await found.text();
    return new Response(theme ? text.replace("<html ", `<html data-theme="${theme}" `) : text, { status, headers });
  }
  return undefined;
}
