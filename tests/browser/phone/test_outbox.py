"""The outbox is never lost and never counted twice: signals, kills, cut replies, two tabs."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Route, expect

from app.actions import queries as actions
from tests.browser.phone.house import House, Phone, Phones, action_body
from tests.media.pictures import jpeg


def test_five_offline_actions_outlive_the_tab_and_the_browser(house: House, lasting_phone: Callable[[], Phone]) -> None:
    phone = lasting_phone()
    phone.signs_in()
    phone.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    phone.context.set_offline(True)
    ids = [phone.keeps(action_body(n), jpeg(500 + n), jpeg(600 + n), account=house.budi) for n in range(5)]
    phone.waits_until(lambda: phone.flushes()["away"])
    phone.page.close()
    house.down()
    phone.killed()

    phone = lasting_phone()
    assert house.actions(*ids) == []
    expect(phone.opens().locator("[data-part=entries] [data-id]")).to_have_count(5)
    expect(phone.page.locator("[data-part=entries] img").first).to_be_visible()
    house.up()
    # The browser's session ended with the browser: the records wait, and nobody sees more than their number.
    expect(phone.opens().locator("[data-part=signed-out]")).to_contain_text("5 catatan")
    assert phone.page.locator("[data-part=entries] [data-id]").count() == 0
    phone.signs_in()
    phone.waits_until_empty()
    assert {str(action.id) for action in house.actions(*ids)} == set(ids)
    assert [phone.photos(each) for each in ids] == [0] * 5
    assert {receipt["id"] for receipt in phone.receipts()} == set(ids)
    phone.page.get_by_role("heading", name="Baru terkirim").wait_for()
    expect(phone.page.locator("[data-part=receipts] [data-id]")).to_have_count(5)
    assert phone.page.get_by_text("Tidak ada yang menunggu", exact=True).is_visible()


def test_a_reply_cut_after_the_commit_is_one_row(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    answers: list[int] = []

    def cut(route: Route) -> None:
        answers.append(route.fetch().status)
        route.abort("connectionreset")

    phone.context.route("**/api/v1/actions/*", cut, times=1)
    kept = phone.keeps(action_body(6), jpeg(510), account=house.budi)
    phone.waits_until(lambda: answers)
    assert answers == [201]
    assert len(house.actions(kept)) == 1
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1
    assert phone.sent.count(f"/api/v1/actions/{kept}") == 2
    assert len([path for path in phone.sent if "/photos/" in path]) == 1, "what has arrived is not sent again"


def test_two_tabs_at_once_send_once(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    first = phone.signs_in()
    second = phone.context.new_page()
    second.goto(house.url + "/kotak-keluar")
    with house.asleep():
        kept = phone.keeps(action_body(7), jpeg(511), account=house.budi)
        for page in (first, second, first, second):
            page.evaluate("async () => { (await import('/uji/send/send.js')).flush({ ask: true }); }")
        first.wait_for_timeout(1500)
    phone.waits_until_empty()
    assert phone.sent.count(f"/api/v1/actions/{kept}") == 1
    assert len([path for path in phone.sent if "/photos/" in path]) == 1
    assert len(house.actions(kept)) == 1


def test_a_photograph_that_the_server_lost_is_sent_again_unseen(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(8), jpeg(512), jpeg(513), account=house.budi)
    page.evaluate("async (id) => (await import('/uji/store/entry-store.js')).markPhoto(id, 1, true)", kept)
    phone.context.set_offline(False)
    phone.flushes(ask=True)
    phone.waits_until_empty()
    assert phone.sent.count(f"/api/v1/actions/{kept}") == 2
    assert len(house.actions(kept)) == 1


def test_a_strangers_page_in_between_deletes_nothing(house: House, make_phone: Phones) -> None:
    """A hotel's sign-in page answers 200 to everything."""
    phone = make_phone()
    phone.signs_in()
    stranger = "<html><title>Wi-Fi</title></html>"
    phone.context.route("**/api/**", lambda route: route.fulfill(status=200, content_type="text/html", body=stranger))
    kept = phone.keeps(action_body(9), account=house.budi)
    phone.waits_until(lambda: phone.flushes(ask=True)["away"])
    phone.context.unroute("**/api/**")
    phone.context.route("**/api/v1/actions/*", lambda route: route.fulfill(status=201, json={"id": "another", "findings": []}))
    phone.flushes(ask=True)
    assert [entry["id"] for entry in phone.entries()] == [kept]
    phone.context.unroute("**/api/v1/actions/*")
    phone.flushes(ask=True)
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


def test_a_photographs_reply_cut_after_the_commit_is_one_photograph(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    answers: list[int] = []

    def cut(route: Route) -> None:
        answers.append(route.fetch().status)
        route.abort("connectionreset")

    phone.context.route("**/api/v1/photos/*", cut, times=2)
    kept = phone.keeps(action_body(38), jpeg(514), jpeg(515), account=house.budi)
    phone.waits_until(lambda: not phone.entries(), 40)
    assert answers == [201, 200]
    assert len(house.actions(kept)) == 1
    with house.session() as session:
        assert len(actions.photos(session, UUID(kept))) == 2


@pytest.mark.parametrize("cut_at", ["photos", "actions"])
def test_kill_9_between_the_photograph_and_the_receipt(house: House, lasting_phone: Callable[[], Phone], cut_at: str) -> None:
    """Killed once before anything but photographs had arrived, once when the server had it and the phone did not know."""
    phone = lasting_phone()
    phone.signs_in()
    arrived: list[int] = []

    def hold(route: Route) -> None:
        arrived.append(route.fetch().status)  # never answered

    phone.context.route(f"**/api/v1/{cut_at}/*", hold)
    number = {"photos": 39, "actions": 40}[cut_at]
    kept = phone.keeps(action_body(number), jpeg(516 + number), account=house.budi)
    phone.waits_until(lambda: arrived)
    assert len(house.actions(kept)) == (cut_at == "actions")
    phone.killed()

    phone = lasting_phone()
    phone.signs_in()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1
    assert phone.photos(kept) == 0


def test_a_redirect_to_a_hotels_page_deletes_nothing_and_is_said(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.route("**/api/**", lambda route: route.fulfill(status=302, headers={"Location": house.url + "/kota"}))
    kept = phone.keeps(action_body(41), account=house.budi)
    page.get_by_role("button", name="Kirim sekarang").click()
    told = page.locator("[data-part=told]")
    expect(told).to_contain_text("Jika memakai Wi-Fi umum")
    assert [entry["id"] for entry in phone.entries()] == [kept]
    phone.context.unroute("**/api/**")
    phone.flushes(ask=True)
    phone.waits_until_empty()
    expect(told).to_have_text("1 catatan terkirim.")
    assert len(house.actions(kept)) == 1


def test_who_asks_while_it_is_being_sent_is_told_how_that_ended(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    going: list[Route] = []
    phone.context.route("**/api/v1/actions/*", lambda route: going.append(route))
    phone.keeps(action_body(45), account=house.budi)
    phone.waits_until(lambda: going)
    page.get_by_role("button", name="Kirim sekarang").click()
    told = page.locator("[data-part=told]")
    expect(told).to_contain_text("Sedang dikirim")
    going[0].fulfill(status=403, body="<h1>Wi-Fi</h1>")
    expect(told).to_contain_text("Jika memakai Wi-Fi umum")


@pytest.mark.long
def test_throwing_one_away_waits_for_one_request_and_not_for_the_whole_outbox(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    ids = [phone.keeps(action_body(n), account=house.budi) for n in (42, 43, 44)]
    going: list[Route] = []
    phone.context.route("**/api/v1/actions/*", lambda route: going.append(route))
    phone.context.set_offline(False)
    phone.waits_until(lambda: going)
    card = page.locator(f"[data-id='{ids[2]}']")
    for name in ("Buang", "Ya, buang", "Ya, buang"):
        card.get_by_role("button", name=name, exact=True).click()
    told = page.locator("[data-part=told]")
    expect(told).to_contain_text("Tunggu sebentar")
    going[0].continue_()
    expect(told).to_contain_text("dibuang")
    expect(card).to_have_count(0)
    phone.context.unroute("**/api/v1/actions/*")
    for route in going[1:]:
        route.continue_()
    phone.waits_until_empty()
    assert {str(action.id) for action in house.actions(*ids)} == set(ids[:2])


def test_what_was_sent_while_the_question_stood_there_is_not_called_thrown_away(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(45), account=house.budi)
    held: list[Route] = []
    phone.context.route("**/api/v1/actions/*", lambda route: held.append(route))
    card = page.locator(f"[data-id='{kept}']")
    for name in ("Buang", "Ya, buang"):
        card.get_by_role("button", name=name, exact=True).click()
    phone.context.set_offline(False)
    phone.waits_until(lambda: held)
    card.get_by_role("button", name="Ya, buang").click()
    held[0].continue_()
    expect(page.locator("[data-part=told]")).to_contain_text("sudah terkirim")
    assert len(house.actions(kept)) == 1


@pytest.mark.long
def test_a_page_that_hangs_while_it_sends_does_not_stop_the_others_for_ever(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    phone.has_a_page_that_sends()
    later = "(() => { const now = Date.now; Date.now = () => now() + (globalThis.later ?? 0); })()"
    phone.context.add_init_script(later)
    page = phone.opens()
    kept = phone.keeps(action_body(57), account=house.budi)
    page.wait_for_timeout(2500)
    assert phone.sent == []
    page.evaluate("() => { globalThis.later = 3600_000; }")
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


def test_whoever_waits_on_a_slow_line_sees_which_photograph_is_going(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    held: list[Route] = []
    phone.context.route("**/api/v1/photos/*", lambda route: held.append(route))
    kept = phone.keeps(action_body(58), jpeg(520), jpeg(521), account=house.budi)
    card = page.locator(f"[data-id='{kept}']")
    for number in (1, 2):
        expect(card).to_contain_text(f"Sedang dikirim: foto {number} dari 2")
        phone.waits_until(lambda: len(held) == number)  # noqa: B023 - asked at once
        held[-1].continue_()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1
