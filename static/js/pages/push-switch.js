// <push-switch key="...">: whether notices are pushed to this browser. Shown where browser and worker can do it.
class PushSwitch extends HTMLElement {
  async connectedCallback() {
    const status = this.querySelector('[role="status"]'), on = this.querySelector('[data-when="on"]'), off = this.querySelector('[data-when="off"]');
    if (!status || !on || !off) throw new Error("push-switch: a status and both buttons are needed");
    /** @type {HTMLElement} */
    this.status = status;
    /** @type {Record<string, HTMLElement>} */
    this.parts = { on, off };
    if (!("serviceWorker" in navigator && "PushManager" in window)) return;
    off.addEventListener("click", () => this.change(() => this.begin()));
    on.addEventListener("click", () => this.change(() => this.end()));
    /** @type {ServiceWorkerRegistration} */
    this.worker = await navigator.serviceWorker.ready;
    this.hidden = false;
    const subscription = await this.worker.pushManager.getSubscription();
    // Told again at each visit: the server may have lost it, or another account may have had this browser.
    if (subscription) await this.change(() => this.tell("PUT", subscription));
    else this.show("off");
  }

  /** @param {() => Promise<void>} work */
  async change(work) {
    try {
      await work();
      this.show((await this.worker.pushManager.getSubscription()) ? "on" : "off");
    } catch {
      this.show("off", Notification.permission === "denied" ? "blocked" : "trouble");
    }
  }

  async begin() {
    const wanted = { userVisibleOnly: true, applicationServerKey: this.getAttribute("key") };
    const subscription = await this.worker.pushManager.subscribe(wanted).catch(async (problem) => {
      // Subscribed with keys of another time: begin anew.
      const old = await this.worker.pushManager.getSubscription();
      if (!old) throw problem;
      await old.unsubscribe();
      return this.worker.pushManager.subscribe(wanted);
    });
    try {
      await this.tell("PUT", subscription);
    } catch (problem) {
      await subscription.unsubscribe();
      throw problem;
    }
  }

  async end() {
    const subscription = await this.worker.pushManager.getSubscription();
    if (!subscription) return;
    await subscription.unsubscribe();
    await this.tell("DELETE", subscription);
  }

  /** @param {"PUT" | "DELETE"} method @param {PushSubscription} subscription */
  async tell(method, subscription) {
    const { endpoint, keys } = subscription.toJSON();
    const answer = await fetch("/api/v1/me/push", {
      method,
      headers: { "Content-Type": "application/json", "X-Sabuk": "1" },
      body: JSON.stringify(method === "PUT" ? { endpoint, keys } : { endpoint }),
    });
    if (!answer.ok) throw new Error(`push: ${answer.status}`);
  }

  /** @param {"on" | "off"} state @param {string} [words] */
  show(state, words = state) {
    for (const [name, part] of Object.entries(this.parts)) part.hidden = name !== state;
    this.status.textContent = this.getAttribute(`words-${words}`);
  }
}

customElements.define("push-switch", PushSwitch);
