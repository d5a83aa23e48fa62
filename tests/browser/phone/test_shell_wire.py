"""What the worker sends is taken, what another place's page sends is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.phone import house as houses
from tests.browser.phone.house import House, action_body, is_served, new_id
from tests.browser.phone.proxy import proxied
from tests.media.pictures import jpeg

MakePhone = Callable[..., houses.Phone]
PUT = """async ([path, body, headers]) => {
  const answer = await fetch(path, { method: "PUT", headers: { "Content-Type": "application/json", ...headers }, body });
  return answer.status;
}"""


def wake(page: Page, origin: str, tag: str = "kirim") -> None:
    """The sync event that a browser sends to the worker when there is a signal again."""
    wire = page.context.new_cdp_session(page)
    found: list[str] = []
    wire.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(
            each["registrationId"]
            for each in told["registrations"]
            if each["scopeURL"].startswith(origin) and not each["isDeleted"]
        ),
    )
    wire.send("ServiceWorker.enable")
    phone_is_done(page, lambda: bool(found))
    wire.send("ServiceWorker.dispatchSyncEvent", {"origin": origin, "registrationId": found[-1], "tag": tag, "lastChance": False})
    wire.detach()


def test_the_worker_that_is_woken_sends_what_waits_while_no_page_of_ours_is_open(house: House, make_phone: MakePhone) -> None:
    phone = make_phone(service_workers="allow")
    page = phone.signs_in()
    kept = phone.keeps_and_leaves(31, house.budi)
    assert house.actions(kept) == []
    wake(page, house.url)
    phone_is_done(page, lambda: len(house.actions(kept)) == 1)
    phone.opens()
    phone.waits_until_empty()
    assert [receipt["id"] for receipt in phone.receipts()] == [kept]


def test_two_tabs_and_the_worker_at_once_send_once(house: House, make_phone: MakePhone) -> None:
    phone = make_phone(service_workers="allow")
    first = phone.signs_in()
    is_served(first)
    second = phone.context.new_page()
    second.goto(house.url + "/kotak-keluar")
    before = puts(house)
    with house.asleep():
        kept = phone.keeps(action_body(32), jpeg(732), account=house.budi)
        for page in (first, second):
            page.evaluate("async () => { (await import('/uji/send/send.js')).flush({ ask: true }); }")
        wake(second, house.url)
        first.wait_for_timeout(1000)
    phone.waits_until_empty()
    assert puts(house) == before + 1
    assert len(house.actions(kept)) == 1


def puts(house: House) -> int:
    """How many actions have been sent to the server, by its own log."""
    lines = (house.instance / "server.log").read_text().splitlines()
    return len([line for line in lines if '"method": "PUT"' in line and "/api/v1/actions/" in line])


def phone_is_done(page: Page, is_so: Callable[[], bool], seconds: float = 20) -> None:
    for _ in range(int(seconds * 10)):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("not within the time")


def test_a_request_of_the_worker_passes_the_guard_and_needs_its_header(house: House, make_phone: MakePhone) -> None:
    phone = make_phone(service_workers="allow")
    page = phone.signs_in()
    is_served(page)
    worker = next(each for each in phone.context.service_workers if each.url.startswith(house.url))
    path = f"/api/v1/actions/{new_id()}"
    assert worker.evaluate(PUT, [path, "{}", {"X-Sabuk": "1"}]) == 422, "past the guard, to the form"
    assert worker.evaluate(PUT, [path, "{}", {}]) == 403
    assert page.evaluate(PUT, [path, "{}", {}]) == 403


def test_another_place_writes_nothing_in_the_name_of_whoever_is_signed_in_here(house: House, make_phone: MakePhone) -> None:
    """Another port of the same machine: the same site to the browser's cookies, another origin to our guard."""
    phone = make_phone(service_workers="block")
    page = phone.signs_in()
    with proxied(house.url) as elsewhere:
        page.goto(f"{elsewhere.url}/healthz")  # a page whose policy lets it ask anybody
        tried: dict[str, Any] = {}
        for name, headers in {"plain": {}, "with the header": {"X-Sabuk": "1"}}.items():
            tried[name] = page.evaluate(
                """async ([address, headers]) => {
                     try {
                       const answer = await fetch(address, { method: "POST", credentials: "include", headers, body: "{}",
                         mode: Object.keys(headers).length ? "cors" : "no-cors" });
                       return answer.type;
                     } catch { return "refused"; }
                   }""",
                [f"{house.url}/api/v1/stamps", headers],
            )
    assert tried == {"plain": "opaque", "with the header": "refused"}
    lines = (house.instance / "server.log").read_text().splitlines()
    arrived = [line for line in lines if '"method": "POST"' in line and "/api/v1/stamps" in line]
    assert arrived
    assert [line for line in arrived if '"status": 403' not in line] == []
    phone.opens("/saya")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Budi")
