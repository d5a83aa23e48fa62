"""A pushed notice on the phone: shown once however often it comes, and opened on our own pages only."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.phone.conftest import Phone
from tests.browser.visitors import sign_ins
from tests.serving import Server

# Who looks while a notice is being shown makes the browser forget it: one looks seldom, and the message may come again.
DELIVERIES, LOOKS, BETWEEN_LOOKS_MS = 5, 5, 500


@pytest.fixture
def browser(whole_browser: Browser) -> Browser:
    """Only the whole one shows notices."""
    return whole_browser


@pytest.fixture
def ring(phone: Callable[..., Phone]) -> Callable[[dict[str, Any]], list[dict[str, Any]]]:
    """Pushes a message to a phone's worker, as a push service does; gives the notices that then stand on its screen."""
    made = phone(permissions=["notifications"])
    made.opens("/kota")
    made.is_ready()
    tools = made.context.new_cdp_session(made.page)
    registration = _registration(tools, made.page)

    def rings(message: dict[str, Any]) -> list[dict[str, Any]]:
        told = {"origin": made.url, "registrationId": registration, "data": json.dumps(message)}
        for _ in range(DELIVERIES):
            tools.send("ServiceWorker.deliverPushMessage", told)
            for _ in range(LOOKS):
                made.page.wait_for_timeout(BETWEEN_LOOKS_MS)
                shown = _shown(made.page)
                if any(each["body"] == message["body"] for each in shown):
                    return shown
        raise AssertionError(f"no notice says {message['body']!r}; shown: {shown}")

    return rings


def _registration(tools: CDPSession, page: Page) -> str:
    found: list[str] = []

    def hear(event: dict[str, Any]) -> None:
        found.extend(each["registrationId"] for each in event["registrations"])

    tools.on("ServiceWorker.workerRegistrationUpdated", hear)
    tools.send("ServiceWorker.enable")
    for _ in range(250):
        if found:
            return found[0]
        page.wait_for_timeout(20)
    raise AssertionError("the browser tells of no worker")


def _shown(page: Page) -> list[dict[str, Any]]:
    notices: list[dict[str, Any]] = page.evaluate(
        """async () => {
             const worker = await navigator.serviceWorker.ready;
             return (await worker.getNotifications()).map(({title, body, tag, data, icon}) => ({title, body, tag, data, icon}));
           }"""
    )
    return notices


def test_a_pushed_notice_is_shown_and_replaces_itself(ring: Callable[[dict[str, Any]], list[dict[str, Any]]]) -> None:
    message = {"title": "Sabuk Hijau", "body": "1 aksi Anda sudah dicap.", "link": "/buku", "tag": "one"}
    (shown,) = ring(message)
    assert (shown["title"], shown["body"], shown["data"]) == ("Sabuk Hijau", "1 aksi Anda sudah dicap.", {"link": "/buku"})
    assert "/aset/icon-192." in shown["icon"]
    again = ring({**message, "body": "1 aksi Anda sudah dicap. Lagi."})
    assert [each["body"] for each in again] == ["1 aksi Anda sudah dicap. Lagi."]
    assert len(ring({**message, "tag": "two"})) == 2


# A headless browser has no push service to subscribe at: this stands in its place, with keys as a browser makes them.
SUBSCRIBES = """
(() => {
  const made = () => ({
    endpoint: "https://fcm.googleapis.com/fcm/send/of-a-test",
    async unsubscribe() { localStorage.removeItem("subscribed"); return true; },
    toJSON() { return { endpoint: this.endpoint, expirationTime: null, keys: { p256dh: "KEY", auth: "AUTH" } }; },
  });
  PushManager.prototype.getSubscription = async () => (localStorage.getItem("subscribed") ? made() : null);
  PushManager.prototype.subscribe = async () => (localStorage.setItem("subscribed", "yes"), made());
})();
"""
KEYS = {"KEY": b"\x04" + bytes(64), "AUTH": bytes(16)}


def subscribing(made: Phone) -> None:
    script = SUBSCRIBES
    for name, raw in KEYS.items():
        script = script.replace(f'"{name}"', f'"{base64.urlsafe_b64encode(raw).rstrip(b"=").decode()}"')
    made.context.add_init_script(script)


def test_the_switch_subscribes_and_ends_it(phone: Callable[..., Phone], demo_site: Server) -> None:
    password, _ = sign_ins(demo_site.log.parent)["budi"]
    made = phone(permissions=["notifications"])
    subscribing(made)
    made.signs_in("budi", password)
    made.opens("/kabar")
    switch = made.page.locator("push-switch")
    expect(switch.get_by_role("status")).to_have_text("Pemberitahuan di HP ini belum aktif.")
    with made.page.expect_response("**/api/v1/me/push") as told:
        switch.get_by_role("button", name="Aktifkan pemberitahuan").click()
    assert (told.value.request.method, told.value.status) == ("PUT", 200)
    expect(switch.get_by_role("status")).to_contain_text("memberi tahu Anda begitu ada cap")
    with made.page.expect_response("**/api/v1/me/push") as ended:
        switch.get_by_role("button", name="Matikan pemberitahuan").click()
    assert (ended.value.request.method, ended.value.status) == ("DELETE", 200)
    expect(switch.get_by_role("status")).to_have_text("Pemberitahuan di HP ini belum aktif.")


@pytest.mark.long
def test_whoever_signs_out_is_told_nothing_more_here(phone: Callable[..., Phone], demo_site: Server) -> None:
    """And whoever signs in next has not asked for anything."""
    signs = sign_ins(demo_site.log.parent)
    made = phone(permissions=["notifications"])
    subscribing(made)
    made.signs_in("budi", signs["budi"][0])
    made.opens("/kabar")
    with made.page.expect_response("**/api/v1/me/push"):
        made.page.get_by_role("button", name="Aktifkan pemberitahuan").click()
    expect(made.page.locator("push-switch").get_by_role("status")).to_contain_text("memberi tahu Anda begitu ada cap")
    made.page.locator("footer form[action='/keluar'] button").click()
    made.page.wait_for_url(made.url + "/")
    made.page.wait_for_function("() => localStorage.getItem('subscribed') === null")
    other = next(name for name in signs if name != "budi")
    made.signs_in(other, signs[other][0])
    made.opens("/kabar")
    expect(made.page.locator("push-switch").get_by_role("status")).to_have_text("Pemberitahuan di HP ini belum aktif.")


@pytest.mark.long
def test_the_phone_on_which_the_password_was_changed_goes_on_being_told(phone: Callable[..., Phone], demo_site: Server) -> None:
    """A new password ends the pushing that was asked before; this phone asks again by itself."""
    name = next(each for each in sign_ins(demo_site.log.parent) if each != "budi")
    password, _ = sign_ins(demo_site.log.parent)[name]
    made = phone(permissions=["notifications"])
    subscribing(made)
    made.signs_in(name, password)
    made.opens("/saya/akun")
    with made.page.expect_response("**/api/v1/me/push"):
        made.page.get_by_role("button", name="Aktifkan pemberitahuan").click()
    way = made.page.get_by_role("link", name="Ganti kata sandi").get_attribute("href") or ""
    # Back to what it was at once: other tests sign in with it.
    for old, new in ((password, f"{password} lagi"), (f"{password} lagi", password)):
        made.opens(way)
        made.page.locator("main [name=current]").fill(old)
        made.page.locator("main [name=password]").fill(new)
        made.page.locator("main [name=again]").fill(new)
        with made.page.expect_response("**/api/v1/me/push") as told:
            made.page.get_by_role("button", name="Ganti kata sandi").click()
        assert (told.value.request.method, told.value.status) == ("PUT", 200)
        expect(made.page.locator("main")).to_contain_text("Tersimpan")
