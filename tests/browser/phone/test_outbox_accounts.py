"""Whose it is: on a phone that a family shares, nothing is credited to the wrong person and nothing is shown to others."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from app.people.models import Account
from tests.browser.phone.house import House, Phone, deed
from tests.media.pictures import jpeg

Phones = Callable[..., Phone]


def recorder(house: House, kept: str) -> str:
    """The sign-in name of the account that the action was recorded by."""
    [action] = house.actions(kept)
    with house.session() as session:
        return session.get_one(Account, action.recorded_by).name


def cards(page: Page) -> int:
    return page.locator("[data-part=entries] [data-id]").count()


def test_what_one_leaves_is_sent_when_that_one_signs_in_again(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(deed(20), jpeg(530), account=house.people["pak.budi"])
    phone.context.route("**/api/v1/actions/*", lambda route: route.abort())
    phone.context.set_offline(False)
    foot = page.locator("footer sign-out-guard")
    foot.get_by_role("button", name="Keluar").click()
    expect(foot.get_by_role("alert")).to_contain_text("1 catatan Anda masih di HP ini")
    foot.get_by_role("button", name="Keluar").click()
    page.wait_for_url(house.url + "/")
    assert page.evaluate("async () => (await import('/uji/store.js')).present()") is None
    phone.context.unroute("**/api/v1/actions/*")

    page = phone.signs_in("citra")
    expect(page.locator("[data-part=others]")).to_contain_text("1")
    assert cards(page) == 0
    assert "07.05" not in page.locator("main").inner_text()
    phone.flushes(ask=True)
    assert house.actions(kept) == []
    phone.signs_out()
    phone.signs_in("pak.budi")
    phone.waits_until_empty()
    assert recorder(house, kept) == "pak.budi"


def test_a_sign_in_between_the_look_and_the_sending_credits_nobody_else(house: House, make_phone: Phones) -> None:
    other = make_phone()
    other.signs_in("citra")
    phone = make_phone()
    phone.signs_in("pak.budi")
    phone.context.set_offline(True)
    kept = phone.keeps(deed(21), jpeg(531), account=house.people["pak.budi"])
    phone.context.set_offline(False)
    budi = {"id": house.people["pak.budi"], "sites": [], "programmes": []}
    phone.context.route("**/api/v1/me", lambda route: route.fulfill(json=budi), times=1)
    phone.context.add_cookies(other.context.cookies())  # type: ignore[arg-type]
    phone.flushes(ask=True)
    phone.waits_until(lambda: any("/photos/" in path for path in phone.sent))
    phone.waits_until(lambda: [entry["state"] for entry in phone.entries()] == ["sign_in"])
    assert house.actions(kept) == []
    assert phone.entries()[0]["problem"]["type"] == "urn:sabuk:problem:other_account"
    expect(phone.opens().locator("[data-part=others]")).to_contain_text("1")


def test_what_was_made_signed_out_asks_whose_it_is(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.opens()
    kept = phone.keeps(deed(22), jpeg(532), account=None)
    expect(page.locator("[data-part=entries]")).to_contain_text("Dibuat tanpa akun")
    page = phone.signs_in("citra")
    expect(page.locator("[data-part=entries]")).to_contain_text("Ini catatan Anda?")
    phone.flushes(ask=True)
    assert house.actions(kept) == [], "nothing goes before somebody has said that it is theirs"
    page.get_by_role("button", name="Bukan").click()
    expect(page.locator("[data-part=entries] [data-id]")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-part=others]")).to_be_visible()
    assert cards(page) == 0
    phone.signs_out()
    page = phone.signs_in("pak.budi")
    page.get_by_role("button", name="Ya, catatan saya").click()
    phone.waits_until_empty()
    assert recorder(house, kept) == "pak.budi"


def test_signing_out_forgets_who_was_here_and_clearing_forgets_the_rest(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.keeps(deed(23), account=house.people["pak.budi"])
    phone.waits_until_empty()
    expect(page.get_by_role("heading", name="Baru terkirim")).to_be_visible()
    draft = "async () => (await import('/uji/store.js')).keepDraft({ id: 'd', account: null, programme: 'gps', body: {} }, [])"
    page.evaluate(draft)
    phone.signs_out()
    phone.opens()
    assert phone.receipts() == []
    page.get_by_role("button", name="Bersihkan HP ini").click()
    expect(page.locator("[data-part=told]")).to_have_text("HP ini sudah bersih.")
    left = page.evaluate(
        """async () => {
          const { open } = await import("/uji/store.js");
          const db = await open();
          const count = (name) => new Promise((done) => {
            db.transaction(name).objectStore(name).count().onsuccess = ({ target }) => done(target.result);
          });
          return Object.fromEntries(await Promise.all([...db.objectStoreNames].map(async (name) => [name, await count(name)])));
        }"""
    )
    assert set(left.values()) == {0}, left


def test_a_receipt_keeps_no_place_on_a_shared_phone(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    phone.keeps(deed(24), account=house.people["pak.budi"])
    phone.waits_until_empty()
    [receipt] = phone.receipts()
    assert "Kantor Pos" not in str(receipt)
    assert {"code": "day_programme", "level": "ok"}.items() <= receipt["findings"][0].items()
    expect(phone.page.locator("[data-part=receipts]")).to_contain_text("Sudah sampai. Tercatat untuk")
    expect(phone.page.locator("[data-part=receipts]")).to_contain_text("hari program")
