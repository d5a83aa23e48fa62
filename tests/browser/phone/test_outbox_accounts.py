"""Whose it is: on a phone that a family shares, nothing is credited to the wrong person and nothing is shown to others."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from app.people.models import Account
from tests.browser.phone.house import House, Phones, action_body, until
from tests.factories.browsing import PASSWORD
from tests.media.pictures import jpeg


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
    kept = phone.keeps(action_body(20), jpeg(530), account=house.budi)
    phone.context.route("**/api/v1/actions/*", lambda route: route.abort())
    phone.context.set_offline(False)
    foot = page.locator("footer sign-out-guard")
    foot.get_by_role("button", name="Keluar").click()
    expect(foot.get_by_role("alert")).to_contain_text("1 catatan Anda masih di HP ini")
    foot.get_by_role("button", name="Keluar").click()
    page.wait_for_url(house.url + "/")
    assert page.evaluate("async () => (await import('/uji/store/store.js')).present()") is None
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
    kept = phone.keeps(action_body(21), jpeg(531), account=house.budi)
    budi = {"id": house.budi, "sites": [], "programmes": []}
    phone.context.route("**/api/v1/me", lambda route: route.fulfill(json=budi), times=1)
    phone.context.add_cookies(other.context.cookies())  # type: ignore[arg-type]
    # Only now: a signal that comes back sends by itself.
    phone.context.set_offline(False)
    phone.flushes(ask=True)
    phone.waits_until(lambda: any("/photos/" in path for path in phone.sent))
    phone.waits_until(lambda: [entry["state"] for entry in phone.entries()] == ["sign_in"])
    assert house.actions(kept) == []
    assert phone.entries()[0]["problem"]["type"] == "urn:sabuk:problem:other_account"
    expect(phone.opens().locator("[data-part=others]")).to_contain_text("1")


def test_what_was_made_signed_out_asks_whose_it_is(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.opens()
    kept = phone.keeps(action_body(22), jpeg(532), account=None)
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
    phone.opens("/saya")
    page.wait_for_timeout(500)
    expect(page.locator("outbox-state")).to_be_hidden()
    phone.signs_out()
    page = phone.signs_in("pak.budi")
    page.get_by_role("button", name="Ya, catatan saya").click()
    phone.waits_until_empty()
    assert recorder(house, kept) == "pak.budi"


def counts(page: Page) -> dict[str, int]:
    """How many rows each store of the phone has."""
    found: dict[str, int] = page.evaluate(
        """async () => {
          const { open } = await import("/uji/store/store.js");
          const db = await open();
          const count = (name) => new Promise((done) => {
            db.transaction(name).objectStore(name).count().onsuccess = ({ target }) => done(target.result);
          });
          return Object.fromEntries(await Promise.all([...db.objectStoreNames].map(async (name) => [name, await count(name)])));
        }"""
    )
    return found


KEEP_DRAFTS = """async (drafts) => {
  const { keepDraft } = await import("/uji/store/store.js");
  const bytes = new Uint8Array([1, 2, 3]).buffer;
  for (const draft of drafts) await keepDraft({ programme: "gps", body: { photos: [{}] }, ...draft }, [{ bytes }]);
}"""


def drafts(page: Page) -> set[str]:
    found: list[str] = page.evaluate("async () => (await (await import('/uji/store/store.js')).drafts()).map((each) => each.id)")
    return set(found)


@pytest.mark.long
def test_clearing_takes_ones_own_drafts_only_when_told_and_nothing_of_anybody_else(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    budi, citra = house.budi, house.people["citra"]
    theirs = phone.keeps(action_body(25), jpeg(533), account=citra)
    page.evaluate(
        KEEP_DRAFTS,
        [
            {"id": "mine-1", "account": budi}, {"id": "mine-2", "account": budi},
            {"id": "runs", "account": budi, "run": {"start": 1_795_000_000_000}},
            {"id": "in-hand", "account": budi}, {"id": "theirs", "account": citra},
        ],
    )  # fmt: skip
    page.evaluate("() => { navigator.locks.request('sabuk-draft-in-hand', () => new Promise(() => {})); }")
    page.get_by_role("button", name="Bersihkan HP ini").click()
    asked = page.locator("[data-part=clear-ask]")
    expect(asked).to_contain_text("2 draf yang belum selesai")
    asked.get_by_role("button", name="Batal").click()
    assert len(drafts(page)) == 5
    page.get_by_role("button", name="Bersihkan HP ini").click()
    asked.get_by_role("button", name="Simpan drafnya").click()
    expect(page.locator("[data-part=told]")).to_be_focused()
    assert len(drafts(page)) == 5
    page.get_by_role("button", name="Bersihkan HP ini").click()
    asked.get_by_role("button", name="Hapus juga drafnya").click()
    expect(page.locator("[data-part=told]")).to_have_text("HP ini sudah dibersihkan.")
    assert drafts(page) == {"runs", "in-hand", "theirs"}
    assert counts(page)["draft_photos"] == 3
    assert [entry["id"] for entry in phone.entries()] == [theirs]
    assert phone.photos(theirs) == 1


@pytest.mark.long
def test_a_draft_is_thrown_away_only_when_asked_twice(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    page.evaluate(KEEP_DRAFTS, [{"id": "mine", "account": house.budi}])
    shown = page.locator("[data-part=drafts] [data-id=mine]")
    expect(shown).to_contain_text("1\u00a0foto")
    expect(shown.get_by_role("link", name="Lanjutkan")).to_have_attribute("href", "/catat?program=gps&draf=mine")
    shown.get_by_role("button", name="Hapus").click()
    assert drafts(page) == {"mine"}
    shown.get_by_role("button", name="Yakin hapus?").click()
    expect(page.locator("[data-part=told]")).to_have_text("Draf dihapus.")
    expect(page.locator("[data-part=told]")).to_be_focused()
    assert drafts(page) == set()


@pytest.mark.long
def test_a_draft_that_another_page_has_open_is_left_to_it(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    page.evaluate("() => { navigator.locks.request('sabuk-draft-mine', () => new Promise(() => {})); }")
    page.evaluate(KEEP_DRAFTS, [{"id": "mine", "account": house.budi}])
    shown = page.locator("[data-part=drafts] [data-id=mine]")
    expect(shown).to_contain_text("sedang dibuka di halaman lain")
    expect(shown.get_by_role("link")).to_have_count(0)
    expect(shown.get_by_role("button")).to_have_count(0)


def test_who_comes_after_somebody_is_believed_at_once(house: House, make_phone: Phones) -> None:
    """On a slow line the page knows its reader before the wire has said so; what is logged meanwhile is that reader's."""
    phone = make_phone()
    page = phone.opens("/kota")
    page.evaluate(
        "async (account) => (await import('/uji/store/store.js'))"
        ".setPresent({ account, sites: [{}], programmes: [], seenAt: Date.now() })",
        house.people["citra"],
    )
    phone.context.route("**/api/v1/me", lambda route: route.abort())
    page.goto(house.url + "/masuk?next=/saya")
    believed = "async () => (await (await import('/uji/store/store.js')).present())?.account"
    until(page, f"async () => await ({believed})() === undefined")
    page.locator("[name=name]").fill("pak.budi")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/saya")
    until(page, f"async (account) => await ({believed})() === account", house.budi)


def test_signing_out_forgets_who_was_here_and_clearing_forgets_the_rest(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.keeps(action_body(23), account=house.budi)
    phone.waits_until_empty()
    expect(page.get_by_role("heading", name="Baru terkirim")).to_be_visible()
    draft = (
        "async () => (await import('/uji/store/store.js')).keepDraft({ id: 'd', account: null, programme: 'gps', body: {} }, [])"
    )
    page.evaluate(draft)
    phone.signs_out()
    phone.opens()
    assert phone.receipts() == []
    page.get_by_role("button", name="Bersihkan HP ini").click()
    expect(page.locator("[data-part=clear-ask]")).to_contain_text("1 draf yang belum selesai ikut terhapus")
    page.get_by_role("button", name="Hapus juga drafnya").click()
    expect(page.locator("[data-part=told]")).to_have_text("HP ini sudah dibersihkan.")
    left = counts(page)
    assert set(left.values()) == {0}, left


def test_a_receipt_keeps_no_place_on_a_shared_phone(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    phone.keeps(action_body(24), account=house.budi)
    phone.waits_until_empty()
    [receipt] = phone.receipts()
    assert "Kantor Pos" not in str(receipt)
    assert {"code": "day_programme", "level": "ok"}.items() <= receipt["findings"][0].items()
    expect(phone.page.locator("[data-part=receipts]")).to_contain_text("Sudah sampai. Tercatat untuk")
    expect(phone.page.locator("[data-part=receipts]")).to_contain_text("hari program")


ENDS = {"closed": {"disabled_at": datetime(2026, 1, 1, tzinfo=UTC)}, "signed out on all devices": {"session_key": "another"}}


@pytest.mark.parametrize("ended", ENDS)
def test_what_waits_outlives_the_end_of_the_account_and_of_its_sessions(house: House, make_phone: Phones, ended: str) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    number = 46 + list(ENDS).index(ended)
    kept = phone.keeps(action_body(number), jpeg(534 + number), account=house.budi)

    def change(**values: Any) -> dict[str, Any]:
        with house.session() as session:
            account = session.scalars(select(Account).where(Account.name == "pak.budi")).one()
            before = {name: getattr(account, name) for name in values}
            for name, value in values.items():
                setattr(account, name, value)
            return before

    before = change(**ENDS[ended])
    phone.context.set_offline(False)
    phone.flushes(ask=True)
    expect(page.locator("[data-part=signed-out]")).to_contain_text("1 catatan")
    assert cards(page) == 0
    assert [(entry["id"], entry["state"]) for entry in phone.entries()] == [(kept, "sign_in")]
    assert phone.photos(kept) == 1
    change(**before)
    phone.context.clear_cookies()
    phone.signs_in()
    phone.waits_until_empty()
    assert recorder(house, kept) == "pak.budi"


@pytest.mark.long
def test_two_take_turns_on_one_phone(house: House, make_phone: Phones) -> None:
    """Entries, drafts and receipts of each; the second signs in although the first has not signed out."""
    budi, citra = house.budi, house.people["citra"]
    phone = make_phone()
    page = phone.signs_in()
    sent = phone.keeps(action_body(60), account=budi)
    phone.waits_until_empty()
    phone.context.set_offline(True)
    first = phone.keeps(action_body(61), jpeg(590), account=budi)
    page.evaluate(KEEP_DRAFTS, [{"id": "of-budi", "account": budi}])
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    phone.context.route(f"**/api/v1/actions/{first}", lambda route: route.abort())

    page = phone.signs_in("citra")
    second = phone.keeps(action_body(62), jpeg(591), account=citra)
    page.evaluate(KEEP_DRAFTS, [{"id": "of-citra", "account": citra}])
    phone.waits_until(lambda: [entry["id"] for entry in phone.entries()] == [first])
    expect(page.locator("[data-part=drafts] [data-id]")).to_have_count(1)
    expect(page.locator("[data-part=receipts] [data-id]")).to_have_count(1)
    expect(page.locator("[data-id]")).to_have_count(2)
    assert {each.get_attribute("data-id") for each in page.locator("[data-id]").all()} == {second, "of-citra"}
    page.goto(house.url + "/catat")
    page.wait_for_selector("action-recorder[ready]")
    assert "draf=" not in page.url
    expect(page.locator("draft-list [data-count]")).to_have_text("1")
    phone.context.unroute(f"**/api/v1/actions/{first}")
    phone.signs_out()

    page = phone.signs_in("pak.budi")
    phone.waits_until_empty()
    expect(page.locator("[data-part=receipts] [data-id]")).to_have_count(2)
    expect(page.locator("[data-id]")).to_have_count(3)
    assert {each.get_attribute("data-id") for each in page.locator("[data-id]").all()} == {sent, first, "of-budi"}
    assert [recorder(house, each) for each in (sent, first, second)] == ["pak.budi", "pak.budi", "citra"]
    assert drafts(page) == {"of-budi", "of-citra"}


@pytest.mark.long
def test_a_page_of_a_server_in_trouble_signs_nobody_out(house: House, make_phone: Phones) -> None:
    """It knows nobody because it asked nobody: the phone goes on believing what it believed."""
    phone = make_phone()
    page = phone.signs_in()
    account = re.compile(r'<meta name="sabuk-account"[^>]*>|account="[^"]*"')

    def in_trouble(route: Route) -> None:
        route.fulfill(status=503, content_type="text/html", body=account.sub(' account="?"', route.fetch().text()))

    phone.context.route("**/buku", in_trouble)
    phone.context.route("**/api/v1/me", lambda route: route.abort())
    phone.opens("/buku")
    expect(page.locator("outbox-state")).to_have_attribute("account", "?")
    page.wait_for_timeout(500)
    believed = page.evaluate("async () => (await (await import('/uji/store/store.js')).present()).account")
    assert believed == house.budi
