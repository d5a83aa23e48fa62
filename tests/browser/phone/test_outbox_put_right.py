"""What the server cannot take: said at its field, put right, and sent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.phone.house import House, Phones, action_body, is_served, new_id, row
from tests.media.pictures import jpeg


def test_what_the_server_cannot_take_is_put_right_at_its_field_and_sent(house: House, make_phone: Phones) -> None:
    """Refused, opened again whole, changed where the server said, kept, sent: one row."""
    phone = make_phone()
    page = phone.signs_in()
    kept = phone.keeps(action_body(12) | {"minutes": 9999}, jpeg(520), account=house.budi)
    card = page.locator(row(kept))
    expect(card).to_contain_text("Perlu diperbaiki")
    expect(card.locator("li")).to_contain_text("Durasi: Paling banyak")
    assert phone.flushes(ask=True)["left"] == 0
    card.get_by_role("button", name="Perbaiki").click()
    page.wait_for_url(re.compile(r"/catat\?program=gps&draf=[0-9a-f-]{36}"))
    assert phone.entries() == []
    draft = page.url.rpartition("=")[2]
    assert draft != kept
    page.wait_for_selector("action-recorder[ready]")
    expect(page.locator("[name=minutes]")).to_have_value("9999")
    expect(page.locator("[name=note]")).to_have_value("Catatan 12")
    expect(page.locator("[name=kg]")).to_have_value("3,5")
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
    left = "async () => (await (await import('/uji/store/store.js')).drafts()).length"
    assert page.evaluate(left) == 0


PLACES = {
    "captured_at": ("[name=started]", "Waktunya tidak mungkin."),
    "fix.lon": ("fix-keeper fieldset", "Lokasi ini tidak ada."),
    "measures.kg": ("[name=kg]", "Terlalu banyak."),
    "photos[0]": ("photo-box [data-scripted]", "Foto ini tidak dapat dibaca."),
    "note": ("[name=note]", "Terlalu panjang."),
}


def test_every_field_that_the_server_names_is_marked(house: House, make_phone: Phones) -> None:
    phone = make_phone()
    page = phone.signs_in()
    errors = [{"field": name, "code": "x", "message": words} for name, (_, words) in PLACES.items()]
    errors.append({"field": "unknown_to_the_form", "code": "x", "message": "Yang ini di luar formulir."})
    phone.is_refused(errors)
    kept = phone.keeps(action_body(12), jpeg(520), account=house.budi)
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
    kept = phone.keeps(action_body(12) | {"minutes": 9999}, jpeg(520), account=house.budi)
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
    kept = phone.keeps(action_body(12) | {"programme": "ended"}, account=house.budi)
    card = page.locator(row(kept))
    expect(card).to_contain_text("Program: Program ini tidak dikenal.")
    expect(card).to_contain_text("Program ini tidak menerima catatan baru lagi.")
    expect(card.get_by_role("button", name="Perbaiki")).to_be_hidden()
    expect(card.get_by_role("button", name="Buang")).to_be_visible()


@pytest.mark.long
def test_a_taken_number_is_explained(house: House, make_phone: Phones) -> None:
    """Once taken by an own record with other content, once by somebody else's."""
    phone = make_phone()
    own, other = new_id(), new_id()
    phone.signs_in("citra")
    phone.keeps(action_body(14), account=house.people["citra"], action_id=other)
    phone.waits_until_empty()
    phone.signs_out()
    page = phone.signs_in()
    phone.keeps(action_body(14), account=house.budi, action_id=own)
    phone.waits_until_empty()
    phone.keeps(action_body(14) | {"note": "lain"}, account=house.budi, action_id=own)
    phone.keeps(action_body(15), account=house.budi, action_id=other)
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
