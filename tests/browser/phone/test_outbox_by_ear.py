"""The outbox by keyboard and by ear: the focus is never lost, and what became of a press is said."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.phone.house import House, Phones, action_body
from tests.media.pictures import jpeg

FOCUS = """() => {
  const active = document.activeElement;
  const row = active.closest("[data-id]");
  if (active === document.body || row === active) return row ? "row" : "nowhere";
  return active.dataset.do || active.dataset.part || active.tagName;
}"""


def focus(page: Page) -> str:
    found: str = page.evaluate(FOCUS)
    return found


def presses(page: Page, kept: str, name: str) -> None:
    page.locator(f"[data-id='{kept}']").get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


@pytest.mark.long
def test_the_focus_stays_where_one_works(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    first, second = (phone.keeps(action_body(n), jpeg(580 + n), account=house.budi) for n in (50, 51))
    status = page.locator("outbox-list [role=status]")
    expect(page.locator("[data-part=entries] [data-id]")).to_have_count(2)
    presses(page, first, "Kirim ini")
    expect(status).to_have_text("Belum ada sinyal. Semua catatan tetap aman di HP ini.")
    page.wait_for_timeout(300)
    assert focus(page) == "retry"
    presses(page, first, "Buang")
    page.wait_for_timeout(300)
    assert focus(page) == "keep", "the safe answer comes first"
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert focus(page) == "discard"

    held: list[Route] = []
    phone.context.route("**/api/v1/actions/*", lambda route: held.append(route))
    phone.context.set_offline(False)
    presses(page, second, "Kirim ini")
    phone.waits_until(lambda: held)
    page.wait_for_timeout(300)
    assert focus(page) in ("row", "retry", "told")
    phone.context.unroute("**/api/v1/actions/*")
    for route in held:
        route.continue_()
    phone.waits_until_empty()
    page.wait_for_timeout(300)
    assert focus(page) == "told"
    expect(status).to_contain_text("catatan terkirim.")


def test_every_button_says_of_which_record_it_is(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(52), account=house.budi)
    button = page.locator(f"[data-id='{kept}']").get_by_role("button", name="Kirim ini")
    expect(button).to_have_accessible_description("Gerakan Pungut Sampah (GPS)")


@pytest.mark.long
def test_declining_and_throwing_away_say_what_became_of_it(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    nobodys, mine = phone.keeps(action_body(53), account=None), phone.keeps(action_body(54), account=house.budi)
    presses(page, nobodys, "Bukan")
    expect(page.locator("[data-part=told]")).to_have_text("Baik. Catatan itu menunggu pemiliknya.")
    page.wait_for_timeout(300)
    assert focus(page) == "told"
    for name in ("Buang", "Ya, buang", "Ya, buang"):
        presses(page, mine, name)
        page.wait_for_timeout(200)
    expect(page.locator("[data-part=told]")).to_contain_text("dibuang")
    assert focus(page) == "told"


@pytest.mark.long
def test_a_word_of_no_signal_does_not_outlive_the_signal(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(55), account=house.budi)
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.locator("[data-part=told]")).to_contain_text("Belum ada sinyal")
    phone.context.set_offline(False)
    phone.waits_until_empty()
    expect(page.locator("[data-part=told]")).to_have_text("1 catatan terkirim.")
    assert len(house.actions(kept)) == 1


@pytest.mark.long
def test_the_time_of_the_next_try_is_not_one_that_is_past(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(action_body(56), account=house.budi)
    change = """async ([id, ms]) => {
      const { changeEntry } = await import("/uji/store/entry-store.js");
      await changeEntry(id, { state: "full", problem: { status: 503 }, nextTryAt: Date.now() + ms });
    }"""
    card = page.locator(f"[data-id='{kept}']")
    page.evaluate(change, [kept, 600_000])
    expect(card).to_contain_text("dicoba lagi otomatis pukul")
    page.evaluate(change, [kept, -600_000])
    expect(card).to_contain_text("dicoba lagi otomatis begitu tersambung")
