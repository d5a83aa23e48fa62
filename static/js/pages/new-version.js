// <new-version>: brings the service worker onto the phone, and says when a newer one is ready. Its button takes that one over;
// else it takes over by itself once every page of ours is closed.
class NewVersion extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button) throw new Error("<new-version>");
    if (!("serviceWorker" in navigator) || !("caches" in window)) return;
    button.addEventListener("click", () => this.takeOver(button));
    // After the page itself: the worker's own files must not stand in its way.
    if (document.readyState === "complete") void this.start();
    else addEventListener("load", () => this.start(), { once: true });
  }

  async start() {
    const changed = await rememberChoice().catch(() => false);
    // Without one (a private window, a full phone) pages go on as pages.
    const registration = await navigator.serviceWorker.register("/sw.js").catch(() => undefined);
    if (!registration) return;
    const worker = () => registration.installing ?? registration.waiting;
    const tell = () => {
      this.waiting = registration.waiting;
      // The first worker of a phone is no news.
      if (this.waiting && navigator.serviceWorker.controller) this.hidden = false;
    };
    const follow = () => worker()?.addEventListener("statechange", tell);
    registration.addEventListener("updatefound", follow);
    follow();
    tell();
    if (changed) registration.active?.postMessage("language");
  }

  /** @param {HTMLButtonElement} button */
  takeOver(button) {
    // The worker of before finishes what it is sending; so long nobody is left to wonder.
    const room = /** @type {HTMLElement} */ (button.parentElement);
    room.hidden = true;
    /** @type {HTMLElement} */ (room.nextElementSibling).hidden = false;
    // Only this page begins again; others go on with what they are made of.
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    /** @type {ServiceWorker} */ (this.waiting).postMessage("take-over");
  }
}

/** The worker cannot read cookies: language and theme of a page that the server made are left where it finds them. */
async function rememberChoice() {
  const { lang, dataset } = document.documentElement;
  if ("shell" in dataset) return false;
  const chosen = JSON.stringify({ lang, theme: dataset.theme ?? "" });
  const cache = await caches.open("pilihan");
  if ((await (await cache.match("/pilihan"))?.text()) === chosen) return false;
  await cache.put("/pilihan", new Response(chosen, { headers: { "Content-Type": "application/json" } }));
  return true;
}

customElements.define("new-version", NewVersion);
