"""What the server's "no" becomes on the phone: kept, with a reason and a way on."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.phone.house import House, Phone, deed, is_served, new_id
from tests.factories.live import past_days
from tests.media.pictures import jpeg

Phones = Callable[..., Phone]


def row(kept: str) -> str:
    return f"[data-part=entries] [data-id='{kept}']"


def budi(house: House) -> str:
    return house.people["pak.budi"]


TROUBLES = {
    500: "Server sedang terganggu",
    503: "Server sedang terganggu",
    507: "Penyimpanan server sedang penuh",
    429: "Server minta jeda",
}


@pytest.mark.parametrize(("status", "words"), TROUBLES.items(), ids=map(str, TROUBLES))
def test_a_server_in_trouble_is_waited_for(house: House, make_phone: Phones, status: int, words: str) -> None:
    phone = make_phone()
    page = phone.signs_in()
    problem = {"type": f"urn:sabuk:problem:{status}", "title": "x", "status": status, "detail": "x", "errors": []}

    def refuse(route: Route) -> None:
        route.fulfill(status=status, json=problem, content_type="application/problem+json", headers={"Retry-After": "3600"})

    phone.context.route("**/api/v1/actions/*", refuse)
    kept = phone.keeps(deed(10), account=budi(house))
    expect(page.locator(row(kept))).to_contain_text(words)
    [entry] = phone.entries()
    assert (entry["state"], entry["problem"]["status"]) == ("full", status)
    assert phone.flushes() == {"busy": False, "away": False, "sent": [], "left": 1}, "a pause is kept"
    assert phone.sent.count(f"/api/v1/actions/{kept}") == 1
    phone.context.unroute("**/api/v1/actions/*")
    page.get_by_role("button", name="Kirim sekarang").click()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


def test_a_pause_reckoned_by_a_wrong_clock_is_not_kept(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(deed(11), account=budi(house))
    later = (
        "async (id) => (await import('/uji/store.js')).changeEntry(id, {state: 'full', problem: {status: 503}, nextTryAt: %s})"
    )
    phone.page.evaluate(later % "Date.now() + 2 * 86400000", kept)
    phone.context.set_offline(False)
    phone.flushes()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


def test_what_the_server_cannot_take_is_put_right_at_its_field_and_sent(house: House, make_phone: Phones) -> None:
    """Refused, opened again whole, changed where the server said, kept, sent: one row."""
    phone = make_phone()
    page = phone.signs_in()
    kept = phone.keeps(deed(12) | {"minutes": 9999}, jpeg(520), account=budi(house))
    card = page.locator(row(kept))
    expect(card).to_contain_text("Perlu diperbaiki")
    expect(card.locator("li")).to_contain_text("Lama: Paling banyak")
    assert phone.flushes(ask=True)["left"] == 0
    card.get_by_role("button", name="Perbaiki").click()
    page.wait_for_url(re.compile(r"/catat\?program=gps&draf=[0-9a-f-]{36}"))
    assert phone.entries() == []
    draft = page.url.rpartition("=")[2]
    assert draft != kept
    page.wait_for_selector("action-recorder[ready]")
    expect(page.locator("[name=minutes]")).to_have_value("9999")
    expect(page.locator("[name=note]")).to_have_value("Catatan 12")
    expect(page.locator("[name=kg]")).to_have_value("3.5")
    expect(page.get_by_role("radio", name="perkiraan")).to_be_checked()
    expect(page.locator(".shots li")).to_have_count(1)
    field = page.locator(".field", has=page.locator("[name=minutes]"))
    expect(field.locator(".error")).to_contain_text("Paling banyak 1440")
    expect(page.locator("form .errors")).to_be_focused()
    expect(page.locator("form .errors")).to_contain_text("Perbaiki yang di bawah ini")
    expect(page.locator("form .errors").get_by_role("link")).to_have_count(1)

    # Something else is changed: what is wrong is still said, also after the page was closed.
    page.locator("[name=note]").fill("Catatan 12 lagi")
    page.wait_for_timeout(700)
    page.reload()
    page.wait_for_selector("action-recorder[ready]")
    expect(field.locator(".error")).to_contain_text("Paling banyak 1440")
    page.locator("[name=minutes]").fill("20")
    expect(field.locator(".error")).to_have_count(0)
    expect(page.locator("form .errors")).to_have_count(0)
    page.get_by_role("button", name="Simpan aksi").click()
    phone.waits_until(lambda: house.actions(draft))
    phone.waits_until_empty()
    [action] = house.actions(draft, kept)
    assert (str(action.id), action.minutes, action.note) == (draft, 20, "Catatan 12 lagi")
    left = "async () => (await (await import('/uji/store.js')).drafts()).length"
    assert page.evaluate(left) == 0


PLACES = {
    "captured_at": ("[name=started]", "Waktunya tidak mungkin."),
    "fix.lon": ("fix-keeper fieldset", "Posisi ini tidak ada."),
    "measures.kg": ("[name=kg]", "Terlalu banyak."),
    "photos[0]": ("photo-box [data-scripted]", "Foto ini tidak dapat dibaca."),
    "note": ("[name=note]", "Terlalu panjang."),
}


def test_every_field_that_the_server_names_is_marked(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    errors = [{"field": name, "code": "x", "message": words} for name, (_, words) in PLACES.items()]
    errors.append({"field": "unknown_to_the_form", "code": "x", "message": "Yang ini di luar formulir."})
    problem = {"type": "urn:sabuk:problem:invalid", "title": "x", "status": 422, "detail": "x", "errors": errors}

    def refuse(route: Route) -> None:
        if route.request.method == "PUT":
            route.fulfill(status=422, json=problem, content_type="application/problem+json")
        else:
            route.continue_()

    phone.context.route("**/api/v1/actions/*", refuse)
    kept = phone.keeps(deed(12), jpeg(520), account=budi(house))
    page.locator(row(kept)).get_by_role("button", name="Perbaiki").click()
    page.wait_for_selector("action-recorder[ready]")
    for place, words in PLACES.values():
        shown = page.locator(place)
        expect(shown.locator("xpath=ancestor-or-self::*[@data-wrong]").last).to_contain_text(words)
    summary = page.locator("form .errors")
    expect(summary.locator("li")).to_have_count(len(errors))
    expect(summary).to_contain_text("Foto 1: Foto ini tidak dapat dibaca.")
    expect(summary).to_contain_text("Yang ini di luar formulir.")
    page.get_by_role("button", name="Hapus foto 1").click()
    expect(page.locator("photo-box .error")).to_have_count(0)
    expect(summary.locator("li")).to_have_count(len(errors) - 1)


def test_putting_right_works_without_a_signal(house: House, make_phone: Phones) -> None:
    """In the page that the phone keeps, with the script that only this needs."""
    phone = make_phone(service_workers="allow")
    page = phone.signs_in()
    is_served(page)
    kept = phone.keeps(deed(12) | {"minutes": 9999}, jpeg(520), account=budi(house))
    expect(page.locator(row(kept)).get_by_role("button", name="Perbaiki")).to_be_visible()
    phone.context.set_offline(True)
    page.locator(row(kept)).get_by_role("button", name="Perbaiki").click()
    page.wait_for_selector("action-recorder[ready]")
    expect(page.locator("html")).to_have_attribute("data-shell", "")
    expect(page.locator("form .errors")).to_contain_text("Berapa menit: Paling banyak 1440.")
    expect(page.locator(".shots li")).to_have_count(1)


def test_of_a_programme_that_has_ended_nothing_is_opened_that_could_not_be_shown(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    kept = phone.keeps(deed(12) | {"programme": "ended"}, account=budi(house))
    card = page.locator(row(kept))
    expect(card).to_contain_text("Program: Program ini tidak dikenal.")
    expect(card).to_contain_text("Program ini tidak menerima catatan baru lagi.")
    expect(card.get_by_role("button", name="Perbaiki")).to_be_hidden()
    expect(card.get_by_role("button", name="Buang")).to_be_visible()


def test_what_was_stored_before_the_refusal_is_no_second_record(house: House, make_phone: Phones) -> None:
    """The reply to the first was lost; then the server grew stricter."""
    phone = make_phone()
    phone.signs_in()
    problem = {"type": "urn:sabuk:problem:invalid", "title": "x", "status": 422, "detail": "x", "errors": []}
    phone.context.route("**/api/v1/actions/*", lambda route: (route.fetch(), route.abort()), times=1)
    phone.context.set_offline(True)
    kept = phone.keeps(deed(13), account=budi(house))
    phone.context.set_offline(False)
    phone.waits_until(lambda: house.actions(kept))

    def refuse(route: Route) -> None:
        if route.request.method == "PUT":
            route.fulfill(status=422, json=problem, content_type="application/problem+json")
        else:
            route.continue_()

    phone.context.route("**/api/v1/actions/*", refuse)
    phone.flushes(ask=True)
    phone.waits_until_empty()
    assert [receipt["id"] for receipt in phone.receipts()] == [kept]
    assert len(house.actions(kept)) == 1


def test_a_taken_number_is_explained(house: House, make_phone: Phones) -> None:
    """Once taken by an own record with other content, once by somebody else's."""
    phone = make_phone()
    own, other = new_id(), new_id()
    phone.signs_in("citra")
    phone.keeps(deed(14), account=house.people["citra"], action_id=other)
    phone.waits_until_empty()
    phone.signs_out()
    page = phone.signs_in()
    phone.keeps(deed(14), account=budi(house), action_id=own)
    phone.waits_until_empty()
    phone.keeps(deed(14) | {"note": "lain"}, account=budi(house), action_id=own)
    phone.keeps(deed(15), account=budi(house), action_id=other)
    expect(page.locator(row(own))).to_contain_text("Server sudah punya catatan Anda dengan nomor ini")
    expect(page.locator(row(own)).get_by_role("link", name="Lihat yang tercatat")).to_have_attribute("href", f"/aksi/{own}")
    expect(page.locator(row(other))).to_contain_text("Nomornya sudah dipakai catatan lain")
    assert page.locator(row(other)).get_by_role("link", name="Lihat yang tercatat").count() == 0
    assert {each["state"] for each in phone.entries()} == {"conflict"}
    assert [action.note for action in house.actions(own)] == ["Catatan 14"]

    page.locator(row(other)).get_by_role("button", name="Perbaiki").click()
    page.wait_for_selector("action-recorder[ready]")
    expect(page.locator("form .errors")).to_contain_text("dikirim dengan nomor baru")
    expect(page.locator("[name=note]")).to_have_value("Catatan 15")
    draft = page.url.rpartition("=")[2]
    page.get_by_role("button", name="Simpan aksi").click()
    phone.waits_until(lambda: house.actions(draft))
    [action] = house.actions(draft)
    assert action.note == "Catatan 15"
    assert len(house.actions(other)) == 1


def test_what_is_too_large_is_not_sent_again_and_again(house: House, make_phone: Phones) -> None:
    """Twelve megabytes every ten minutes would be paid by the volunteer."""
    phone = make_phone()
    page = phone.signs_in()
    phone.context.route("**/api/v1/photos/*", lambda route: route.fulfill(status=413, body="<h1>413</h1>"))
    kept = phone.keeps(deed(10), jpeg(511), account=budi(house))
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
    kept = phone.keeps(deed(18), account=budi(house))
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


def test_one_that_never_gets_through_does_not_hold_up_the_others(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    phone.context.set_offline(True)
    first, second = (phone.keeps(deed(n), account=budi(house)) for n in (31, 32))
    phone.context.route(f"**/api/v1/actions/{first}", lambda route: route.fulfill(status=403, body="<h1>Blocked</h1>"))
    phone.context.set_offline(False)
    phone.waits_until(lambda: house.actions(second))
    phone.waits_until(lambda: [entry["id"] for entry in phone.entries()] == [first])
    assert house.actions(first) == []


def test_a_clock_of_1970_when_sending_is_named_and_nothing_is_to_be_put_right(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(deed(33), account=budi(house))
    page.evaluate("() => { globalThis.RealDate = Date; " + WRONG % (-50 * 365 * 86400_000, -50 * 365 * 86400_000) + "; }")
    phone.context.set_offline(False)
    phone.flushes(ask=True)
    expect(page.locator(row(kept))).to_contain_text("Jam HP ini salah")
    assert [entry["state"] for entry in phone.entries()] == ["full"]
    page.evaluate("() => { globalThis.Date = RealDate; }")
    phone.flushes()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


def test_discarding_is_asked_twice(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.set_offline(True)
    kept = phone.keeps(deed(16), jpeg(521), account=budi(house))
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


def test_discarding_what_was_sent_without_an_answer_says_so(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.route("**/api/v1/actions/*", lambda route: route.abort())
    kept = phone.keeps(deed(16), account=budi(house))
    phone.waits_until(lambda: phone.entries()[0]["tries"])
    card = page.locator(row(kept))
    expect(card).to_contain_text("Menunggu dikirim")
    card.get_by_role("button", name="Buang").click()
    expect(card).to_contain_text("mungkin server sudah punya, mungkin belum")


def test_an_ended_session_keeps_and_asks_to_sign_in(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    phone.context.clear_cookies()
    kept = phone.keeps(deed(17), account=budi(house))
    phone.flushes(ask=True)
    expect(page.locator("[data-part=signed-out]")).to_contain_text("1 catatan")
    assert house.actions(kept) == []
    page.locator("[data-part=signed-out]").get_by_role("link", name="Masuk").click()
    page.wait_for_url("**/masuk?next=/kotak-keluar")
    phone.signs_in()
    phone.waits_until_empty()
    assert len(house.actions(kept)) == 1


WRONG = """(() => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + %d); }
    static now() { return Real.now() + %d; }
  };
})()"""


@pytest.mark.parametrize(
    ("hours", "finding", "level", "corrected_h"),
    [(3, "clock_corrected", "ok", -3), (-48, "clock_wrong", "hold", 0)],
    ids=["3 h fast", "2 days slow"],
)
def test_a_clock_that_is_wrong_all_the_time(
    house: House, make_phone: Phones, hours: int, finding: str, level: str, corrected_h: int
) -> None:
    phone = make_phone()
    phone.context.add_init_script(WRONG % (hours * 3600_000, hours * 3600_000))
    page = phone.signs_in()
    begun = page.evaluate("() => new Date(Date.now() - 26 * 3600000).toISOString()")
    kept = phone.keeps(deed() | {"captured_at": begun, "note": f"{hours} h"}, account=budi(house))
    phone.waits_until_empty()
    [action] = house.actions(kept)
    assert {code: level for code, level, _ in action.findings}.get(finding) == level
    assert (action.observed_at - action.captured_at).total_seconds() == pytest.approx(corrected_h * 3600, abs=60)
    assert len(phone.receipts()) == 1, "a receipt is not too old by a wrong clock"


def test_a_clock_that_was_wrong_at_the_deed_and_is_right_when_sending(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    phone.signs_in()
    day = past_days(20)[-1].isoformat()
    wrong = deed(19) | {"captured_at": f"{day}T10:05:00+07:00"}
    wrong["fix"] |= {"fixed_at": f"{day}T07:05:03+07:00"}
    kept = phone.keeps(wrong, account=budi(house))
    phone.waits_until_empty()
    [action] = house.actions(kept)
    assert {code for code, _, _ in action.findings} >= {"clock_corrected"}
    assert (action.observed_at - action.captured_at).total_seconds() == pytest.approx(-3 * 3600, abs=60)
