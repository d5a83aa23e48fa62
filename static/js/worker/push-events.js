// What the worker does with a pushed notice: shows it, and opens its page when it is tapped.
/** @param {PushEvent} event */
export function showNotice(event) {
  const told = event.data?.json() ?? {};
  const { title = "Sabuk Hijau", body = "", link = "/kabar", tag } = told;
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: self.SABUK.icon, data: { link } }));
}

/** @param {NotificationEvent} event */
export function openNotice(event) {
  event.notification.close();
  const { link = "/kabar" } = event.notification.data ?? {};
  // Only our own pages are opened, whatever a notice says.
  const address = new URL(link, self.location.origin);
  const target = address.origin === self.location.origin ? address.href : self.location.origin;
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then(async (open) => {
      const page = open.find((client) => client.url === target);
      return page ? page.focus() : self.clients.openWindow(target);
    }),
  );
}
