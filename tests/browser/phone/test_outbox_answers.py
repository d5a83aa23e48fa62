"""What the server's "no" becomes on the phone: kept, with a reason and a way on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests import long
from tests.browser.phone.house import House, Phones, action_body, row
from tests.media.pictures import jpeg

TROUBLES = {
    500: "Server sedang bermasalah",
    503: "Server sedang bermasalah",
    507: "Penyimpanan server sedang penuh",
    429: "Server sedang sibuk",
}


@pytest.mark.parametrize(("status", "words"), long.first(2, TROUBLES.items()), ids=map(str, TROUBLES))
def test_a_server_in_trouble_is_waited_for(house: House, make_phone: Phones, status: int, words: str) -> None:
    phone = make_phone()
    page = phone.signs_in()
    problem = {"type": f"urn:sabuk:problem:{status}", "title": "x", "status": status, "detail": "x", "errors": []}

    def refuse(route: Route) -> None:
        route.fulfill(status=status, json=problem, content_type="application/problem+json", headers={"Retry-After": "3600"})

    phone.context.route("**/api/v1/actions/*", refuse)
    kept = phone.keeps(action_body(10), account=house.budi)
    expect(page.locator(row(kept))).to_contain_text(words)
    [entry] = phone.entries()
    assert (entry["state"], entry["problem"]["status"]) == ("full", status)
    assert phone.flushes() == {"busy": False, "away": False, "sent": [], "left": 1}, "a pause is kept"
    assert phone.sent.count(f"/api/v1/actions/{kept}") == 1
    phone.context.unroute("**/api/v1/actions/*")
    page.get_by_role("button", name="Kirim sekarang").click()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


def test_what_was_stored_before_the_refusal_is_no_second_record(house: House, make_phone: Phones) -> None:
    """The reply to the first was lost; then the server grew stricter."""
    phone = make_phone()
    phone.signs_in()
    phone.context.route("**/api/v1/actions/*", lambda route: (route.fetch(), route.abort()), times=1)
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(13), account=house.budi)
    phone.context.set_offline(False)
    phone.waits_until(lambda: house.actions(kept))

    phone.is_refused([])
    phone.flushes(ask=True)
    phone.waits_until_empty()
    assert [receipt["id"] for receipt in phone.receipts()] == [kept]
    assert len(house.actions(kept)) == 1


def test_what_is_too_large_is_not_sent_again_and_again(house: House, make_phone: Phones) -> None:
    """Twelve megabytes every ten minutes would be paid by the volunteer."""
    phone = make_phone()
    page = phone.signs_in()
    phone.context.route("**/api/v1/photos/*", lambda route: route.fulfill(status=413, body="<h1>413</h1>"))
    kept = phone.keeps(action_body(10), jpeg(511), account=house.budi)
    expect(page.locator(row(kept))).to_contain_text("Terlalu besar untuk server")
    for ask in (False, True):
        assert phone.flushes(ask)["left"] == 0
    assert len([path for path in phone.sent if "/photos/" in path]) == 1
    expect(page.locator(row(kept)).get_by_role("button", name="Perbaiki")).to_be_visible()
    phone.context.unroute("**/api/v1/photos/*")
    page.locator(row(kept)).get_by_role("button", name="Kirim ini").click()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


def test_while_it_is_open_whether_the_server_has_it_nothing_is_offered_that_would_make_a_second(
    house: House, make_phone: Phones
) -> None:
    """Stored with its reply lost; then a refusal, and the question whether it is there is answered 500."""
    phone = make_phone()
    page = phone.signs_in()
    phone.context.route("**/api/v1/actions/*", lambda route: (route.fetch(), route.abort()), times=1)
    kept = phone.keeps(action_body(18), account=house.budi)
    phone.waits_until(lambda: house.actions(kept))

    def refuse(route: Route) -> None:
        status = 422 if route.request.method == "PUT" else 500
        problem = {"type": f"urn:sabuk:problem:{status}", "title": "x", "status": status, "detail": "x", "errors": []}
        route.fulfill(status=status, json=problem, content_type="application/problem+json")

    phone.context.route("**/api/v1/actions/*", refuse)
    phone.flushes(ask=True)
    phone.waits_until(lambda: phone.entries()[0]["state"] == "full")
    expect(page.locator(row(kept)).get_by_role("button", name="Perbaiki")).to_be_hidden()
    phone.context.unroute("**/api/v1/actions/*")
    phone.flushes(ask=True)
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


@pytest.mark.long
def test_waiting_while_another_tab_sends_makes_no_pause_longer(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    phone.has_a_page_that_sends(5000)
    blocked: list[Route] = []

    def block_once(route: Route) -> None:
        if blocked:
            route.continue_()
        else:
            blocked.append(route)
            route.fulfill(status=403, body="<h1>Blocked</h1>")

    phone.context.route("**/api/v1/actions/*", block_once)
    phone.keeps(action_body(35), account=house.budi)
    phone.waits_until_empty(40)
    assert blocked


@pytest.mark.long
def test_one_that_never_gets_through_does_not_hold_up_the_others(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    phone.context.set_offline(True)
    first, second = (phone.keeps(action_body(n), account=house.budi) for n in (31, 32))
    phone.context.route(f"**/api/v1/actions/{first}", lambda route: route.fulfill(status=403, body="<h1>Blocked</h1>"))
    phone.context.set_offline(False)
    phone.waits_until(lambda: house.actions(second))
    phone.waits_until(lambda: [entry["id"] for entry in phone.entries()] == [first])
    assert house.actions(first) == []


def test_discarding_is_asked_twice(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(16), jpeg(521), account=house.budi)
    card = page.locator(row(kept))
    card.get_by_role("button", name="Buang").click()
    card.get_by_role("button", name="Ya, buang").click()
    expect(card).to_contain_text("tidak dapat dibatalkan")
    card.get_by_role("button", name="Jangan").click()
    assert [entry["id"] for entry in phone.entries()] == [kept]
    for name in ("Buang", "Ya, buang", "Ya, buang"):
        card.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("[data-part=told]")).to_contain_text("dibuang")
    assert phone.entries() == []
    assert phone.photos(kept) == 0


@pytest.mark.long
def test_discarding_what_was_sent_without_an_answer_says_so(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.route("**/api/v1/actions/*", lambda route: route.abort())
    kept = phone.keeps(action_body(16), account=house.budi)
    phone.waits_until(lambda: phone.entries()[0]["tries"])
    card = page.locator(row(kept))
    expect(card).to_contain_text("Menunggu dikirim")
    card.get_by_role("button", name="Buang").click()
    expect(card).to_contain_text("mungkin server sudah punya, mungkin belum")


@pytest.mark.long
def test_discarding_asks_by_what_was_sent_also_since_the_row_was_drawn(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(37), account=house.budi)
    card = page.locator(row(kept))
    expect(card).to_contain_text("Menunggu dikirim")
    page.evaluate(
        """async (id) => {
             await (await import("/uji/store/entry-store.js")).changeEntry(id, { tries: 1 });
             document.querySelector(`[data-id='${id}'] [data-do=discard]`).click();
           }""",
        kept,
    )
    expect(card).to_contain_text("mungkin server sudah punya, mungkin belum")


def test_an_ended_session_keeps_and_asks_to_sign_in(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.clear_cookies()
    kept = phone.keeps(action_body(17), account=house.budi)
    phone.flushes(ask=True)
    expect(page.locator("[data-part=signed-out]")).to_contain_text("1 catatan")
    assert house.actions(kept) == []
    page.locator("[data-part=signed-out]").get_by_role("link", name="Masuk").click()
    page.wait_for_url("**/masuk?next=/kotak-keluar")
    phone.signs_in()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1
