"""Photographs that wait for Wi-Fi: the action is there at once, its photographs are never lost, and nothing is counted twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.phone.house import House, Phone, Phones, action_body, row
from tests.media.pictures import jpeg

ON_MOBILE_DATA = """() => {
  const line = Object.assign(new EventTarget(), { type: "cellular" });
  Object.defineProperty(navigator, "connection", { get: () => line });
}"""
TO_WIFI = "() => { navigator.connection.type = 'wifi'; navigator.connection.dispatchEvent(new Event('change')); }"


def saves_quota(page: Page) -> None:
    page.get_by_label("Kirim foto saat ada Wi-Fi").check()
    page.wait_for_timeout(100)


def photographs(phone: Phone) -> list[str]:
    return [path for path in phone.sent if "/photos/" in path]


def codes(house: House, kept: str) -> list[str]:
    [action] = house.actions(kept)
    return [each[0] for each in action.findings if each[0].startswith("photo")]


def have_come(house: House, kept: str) -> bool:
    """All are here, whether or not the runner has looked at them by now."""
    return codes(house, kept) in (["photos_pending"], ["photos_ok"])


def is_ahead(phone: Phone) -> bool:
    return any("ahead" in entry for entry in phone.entries())


def test_the_action_goes_at_once_and_its_photograph_over_wifi(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.context.add_init_script(f"({ON_MOBILE_DATA})()")
    page = phone.signs_in()
    saves_quota(page)
    kept = phone.keeps(action_body(60), jpeg(560), jpeg(561), account=house.budi)
    phone.waits_until(lambda: is_ahead(phone))
    assert (codes(house, kept), photographs(phone)) == (["photo_follows"], [])
    expect(page.locator(row(kept))).to_contain_text("Foto menyusul")
    expect(page.locator("[data-part=send]")).to_be_hidden()
    phone.flushes(ask=True)
    phone.opens("/kota")
    expect(page.locator("outbox-state")).to_contain_text("1 catatan: fotonya menyusul.")
    assert (photographs(phone), phone.photos(kept)) == ([], 2)
    page.evaluate(TO_WIFI)
    phone.waits_until_empty()
    assert (have_come(house, kept), len(photographs(phone))) == (True, 2)
    assert [receipt["id"] for receipt in phone.receipts()] == [kept]


@pytest.mark.long
def test_where_the_browser_tells_no_line_a_button_sends_them(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    saves_quota(page)
    kept = phone.keeps(action_body(61), jpeg(562), account=house.budi)
    phone.waits_until(lambda: is_ahead(phone))
    expect(page.locator(row(kept))).to_contain_text("tekan Kirim foto sekarang")
    page.reload()
    page.locator(row(kept)).get_by_role("button", name="Kirim foto sekarang").click()
    phone.waits_until_empty()
    assert have_come(house, kept)
    # Who no longer wants to wait does not have to press it.
    other = phone.keeps(action_body(62), jpeg(563), account=house.budi)
    phone.waits_until(lambda: is_ahead(phone))
    page.get_by_label("Kirim foto saat ada Wi-Fi").uncheck()
    phone.waits_until_empty()
    assert have_come(house, other)


@pytest.mark.long
def test_a_reply_cut_after_the_action_was_taken_ahead_is_one_row(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    saves_quota(page)
    answers: list[int] = []

    def cut(route: Route) -> None:
        answers.append(route.fetch().status)
        route.abort("connectionreset")

    phone.context.route("**/api/v1/actions/*", cut, times=1)
    kept = phone.keeps(action_body(63), jpeg(564), account=house.budi)
    phone.waits_until(lambda: is_ahead(phone))
    assert (answers, phone.sent.count(f"/api/v1/actions/{kept}"), len(house.actions(kept))) == ([201], 2, 1)
    assert phone.photos(kept) == 1


@pytest.mark.long
@pytest.mark.parametrize("cut_at", ["ahead", "photos", "actions"])
def test_kill_9_between_the_action_and_its_photographs_loses_nothing(
    house: House, lasting_phone: Callable[[], Phone], cut_at: str
) -> None:
    """Killed after the server has answered and before the phone has heard it, at each request of the way."""
    phone = lasting_phone()
    page = phone.signs_in()
    saves_quota(page)
    number = 64 + ["ahead", "photos", "actions"].index(cut_at)
    reached: list[int] = []

    def hang(route: Route) -> None:
        reached.append(route.fetch().status)

    if cut_at == "ahead":
        phone.context.route("**/api/v1/actions/*", hang)
    kept = phone.keeps(action_body(number), jpeg(2000 + number), account=house.budi)
    if cut_at != "ahead":
        phone.waits_until(lambda: is_ahead(phone))
        phone.context.route(f"**/api/v1/{cut_at}/*", hang)
        page.get_by_label("Kirim foto saat ada Wi-Fi").uncheck()
    phone.waits_until(lambda: reached)
    phone.killed()

    phone = lasting_phone()
    phone.signs_in()
    if cut_at == "ahead":
        # The others may be sent before one can look.
        assert phone.photos(kept) == 1
        phone.waits_until(lambda: is_ahead(phone))
        phone.page.get_by_label("Kirim foto saat ada Wi-Fi").uncheck()
    phone.waits_until_empty()
    assert have_come(house, kept)
    assert len(house.actions(kept)) == 1


@pytest.mark.long
def test_what_the_server_has_is_not_made_a_second_record_where_its_photograph_is_refused(
    house: House, make_phone: Phones
) -> None:
    phone = make_phone()
    page = phone.signs_in()
    saves_quota(page)
    kept = phone.keeps(action_body(68), jpeg(2100), account=house.budi)
    phone.waits_until(lambda: is_ahead(phone))
    phone.context.route("**/api/v1/photos/*", lambda route: route.fulfill(status=413, body="x"))
    page.locator(row(kept)).get_by_role("button", name="Kirim foto sekarang").click()
    phone.waits_until(lambda: phone.entries()[0]["state"] == "full")
    expect(page.locator(row(kept)).get_by_role("button", name="Perbaiki")).to_be_hidden()
    page.locator(row(kept)).get_by_role("button", name="Buang").click()
    expect(page.locator(row(kept))).to_contain_text("Aksinya tetap tercatat di server")
    phone.context.unroute("**/api/v1/photos/*")
    page.locator(row(kept)).get_by_role("button", name="Kirim foto sekarang").click()
    phone.waits_until_empty()
    assert have_come(house, kept)
