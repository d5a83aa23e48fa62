"""`/meja`: the officer's desk as a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.actions.models import Action, Refusal, Stamp
from app.actions.rules.words import Status
from app.people.models import Account
from app.stamping.models import StampBulk
from app.stamping.views import desk as desk_page
from tests.factories.actions import action_days, at, fix_at, holes, make_action, record
from tests.factories.cast import Cast, make_account
from tests.factories.city import IN_MELATI, MELATI, TERATAI
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]


def status_of(session: Session, action: Action) -> Status:
    session.refresh(action)
    return action.status


def test_those_chosen_are_stamped_at_once(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    actions = [make_action(session, cast.budi, captured_at=at(day, 7, 5)) for day in action_days(3)]
    desk = signed_in(cast.lurah)
    assert "Siap dicap" in desk.get("/meja").text
    desk.submit("/meja", {"aksi": [str(action.id) for action in actions[:2]]}, to="/meja/cap")
    assert [status_of(session, action) for action in actions] == [Status.STAMPED, Status.STAMPED, Status.WAITING]
    assert "2 aksi dicap." in desk.get("/meja").text


def test_a_card_tells_the_numbers_and_who_recorded_them(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    """Nobody puts their word under a number that they do not see."""
    coordinator = make_account(session, "ketua.pkk", f"coordinator@{MELATI}", full_name="Ibu Ketua")
    record(session, coordinator, holes(17, on_behalf_of=str(cast.kader.person.uuid)))
    shown = signed_in(cast.lurah).get("/meja").text
    assert 'Lubang dibuat <strong class="figures">17</strong>' in shown
    assert "Dicatat oleh Ibu Ketua" in shown
    assert 'Lubang dibuat <strong class="figures">17</strong>' in signed_in(coordinator).get("/meja").text
    make_action(session, cast.budi)
    assert signed_in(cast.lurah).get("/meja").text.count("Dicatat oleh") == 1


def test_a_held_one_is_released_with_a_reason(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    action = make_action(session, cast.budi, minutes=5)
    desk = signed_in(cast.lurah)
    assert "Perlu diperiksa dulu: satu per satu" in desk.get("/meja").text
    for nothing in (" ", "\u200b", "\u3164", "."):
        desk.submit("/meja", {"satu": str(action.id), "catatan": nothing}, to="/meja/cap")
        assert status_of(session, action) is Status.HELD
    assert "tulis alasan" in desk.get("/meja").text
    desk.submit("/meja", {"satu": str(action.id), "catatan": "Saya lihat sendiri."}, to="/meja/cap")
    assert session.scalars(select(Stamp)).one().note == "Saya lihat sendiri."


def test_a_stamp_can_be_taken_back_with_a_reason(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    action = make_action(session, cast.budi)
    desk = signed_in(cast.lurah)
    desk.submit("/meja", {"aksi": [str(action.id)]}, to="/meja/cap")
    stamp = session.scalars(select(Stamp)).one()
    assert f"/meja/batal/{stamp.id}" in desk.get("/meja").text
    assert "Tulis alasannya" in desk.submit(f"/meja/batal/{stamp.id}", {"alasan": " "}, status=422).text
    desk.submit(f"/meja/batal/{stamp.id}", {"alasan": "Keliru orang."})
    assert status_of(session, action) is Status.WAITING
    assert "Cap dibatalkan" in desk.get("/meja").text


def test_refusing_asks_for_a_reason(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    action = make_action(session, cast.budi)
    desk = signed_in(cast.lurah)
    assert "Tulis alasannya" in desk.submit(f"/meja/tolak/{action.id}", {"alasan": ""}, status=422).text
    desk.submit(f"/meja/tolak/{action.id}", {"alasan": "Fotonya bukan di sini."})
    assert session.scalars(select(Refusal)).one().reason == "Fotonya bukan di sini."
    assert "Fotonya bukan di sini." in signed_in(cast.budi).get(f"/aksi/{action.id}").text


def test_a_reason_that_is_too_long_is_told_and_stays_as_it_was_typed(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    action, stamped = (make_action(session, cast.budi, captured_at=at(day, 7, 5)) for day in action_days(2))
    desk = signed_in(cast.lurah)
    desk.submit("/meja", {"aksi": [str(stamped.id)]}, to="/meja/cap")
    stamp = session.scalars(select(Stamp)).one()
    for asked in (f"/meja/tolak/{action.id}", f"/meja/batal/{stamp.id}"):
        answer = desk.submit(asked, {"alasan": "a" * 1001}, status=422).text
        assert "Paling panjang 1.000 huruf." in answer
        assert "a" * 1001 in answer
        assert "Pak Budi" in answer
    assert session.scalars(select(Refusal)).all() == []
    desk.submit(f"/meja/tolak/{action.id}", {"alasan": "baris\r\n" * 142 + "a" * 6})
    assert len(session.scalars(select(Refusal)).one().reason) == 858


def test_what_is_out_of_reach_has_no_page_that_asks_for_a_reason(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    action = make_action(session, cast.budi)
    signed_in(cast.lurah).submit("/meja", {"aksi": [str(action.id)]}, to="/meja/cap")
    stamp = session.scalars(select(Stamp)).one()
    elsewhere = make_account(session, "bu.lurah", f"lurah@{TERATAI}")
    for officer, status in ((cast.lurah, 200), (elsewhere, 404)):
        for asked in (f"/meja/tolak/{action.id}", f"/meja/batal/{stamp.id}"):
            signed_in(officer).get(asked, status=status)
    for asked in (f"/meja/tolak/{uuid4()}", f"/meja/batal/{uuid4()}"):
        signed_in(cast.lurah).get(asked, status=404)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_clear_desk_says_so(cast: Cast, signed_in: SignedIn, language: str) -> None:
    words = {"id": "Tidak ada antrean", "en": "The queue is empty"}[language]
    assert words in signed_in(cast.lurah).get(f"/meja?lang={language}").text


def test_whoever_may_not_stamp_has_no_desk(session: Session, cast: Cast, signed_in: SignedIn, page: PageClient) -> None:
    action = make_action(session, cast.budi)
    for somebody in (cast.budi, cast.citra):
        signed_in(somebody).get("/meja", status=403)
    assert str(action.id) not in signed_in(cast.guru).get("/meja").text
    page.get("/meja", status=303)


def test_what_is_out_of_reach_stays_as_it_is(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    mine, theirs = make_action(session, cast.budi), uuid4()
    make_action(session, cast.kader, programme="gps")
    desk = signed_in(cast.lurah)
    desk.submit("/meja", {"aksi": [str(mine.id), str(theirs)]}, to="/meja/cap")
    assert status_of(session, mine) is Status.STAMPED
    assert "Tidak ditemukan" in desk.get("/meja").text
    desk.submit("/meja", {"aksi": ["bukan-nomor"]}, to="/meja/cap", status=422)


def test_one_person_does_not_fill_the_desk_of_all_others(
    session: Session, cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_page, "MAX_PER_PERSON", 2)
    dewi = make_account(session, "dewi", f"volunteer@site:{cast.office.uuid}")
    flood = [make_action(session, cast.budi, captured_at=at(day, 7, 5)) for day in action_days(5)]
    hers = make_action(session, dewi, captured_at=at(action_days(1)[0], 8, 5))
    desk = signed_in(cast.lurah)
    shown = desk.get("/meja").text
    assert sum(str(action.id) in shown for action in flood) == 2
    assert str(hers.id) in shown
    assert "Masih ada 3 aksi lagi dari Pak Budi" in " ".join(shown.split())
    his = desk.get(f"/meja?orang={cast.budi.person.uuid}").text
    assert all(str(action.id) in his for action in flood)
    assert str(hers.id) not in his
    assert "Hanya aksi dari Pak Budi." in his
    for unknown in (str(uuid4()), "x"):
        desk.get(f"/meja?orang={unknown}", status=404 if "-" in unknown else 422)


def test_the_pages_of_one_person_stay_with_that_person(
    session: Session, cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_page, "PAGE_SIZE", 2)
    flood = [make_action(session, cast.budi, captured_at=at(day, 7, 5)) for day in action_days(3)]
    desk = signed_in(cast.lurah)
    first = desk.get(f"/meja?orang={cast.budi.person.uuid}").text
    found = re.search(r'href="(/meja\?[^"]*after=[^"]+)"', first)
    assert found
    second = desk.get(unescape(found[1])).text
    assert [str(action.id) in second for action in reversed(flood)] == [False, False, True]
    assert "Hanya aksi dari Pak Budi." in second


def three(session: Session, cast: Cast) -> list[Action]:
    return [make_action(session, cast.budi, captured_at=at(day, 7, 5), note="Bersama tetangga.") for day in action_days(3)]


def test_pressed_with_nothing_ticked_it_says_so_on_the_desk(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    make_action(session, cast.budi)
    desk = signed_in(cast.lurah)
    desk.submit("/meja", {}, to="/meja/cap")
    assert "Belum ada yang dipilih." in desk.get("/meja").text


def test_a_row_tells_only_what_says_something(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    three(session, cast)
    make_action(session, cast.budi, captured_at=at(action_days(1)[0], 17, 5), site=None, fix=fix_at(IN_MELATI, north_m=5000))
    shown = signed_in(cast.lurah).get("/meja").text
    assert "Bersama tetangga." in shown
    assert "Sesuai." not in shown
    assert shown.count("2 aksi hari itu") == 1, "one elsewhere counts too, and is not this officer's to see"


def test_boxes_are_ticked_and_unticked_by_the_address(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    three(session, cast)
    desk = signed_in(cast.lurah)
    for address, ticked in (("/meja", 3), ("/meja?pilih=kosong", 0), ("/meja?pilih=semua", 3)):
        assert len(re.findall(r'name="aksi"[^>]* checked', desk.get(address).text)) == ticked
    desk.get("/meja?pilih=semuanya", status=422)


def test_the_desk_is_narrowed_by_its_address_and_stays_so_after_a_stamp(
    session: Session, cast: Cast, signed_in: SignedIn
) -> None:
    litter = make_action(session, cast.budi)
    dug = record(session, cast.kader, holes(2))
    ids = {str(litter.id), str(dug.id)}
    desk = signed_in(cast.lurah)
    for narrowed, kept in (
        ("program=gps", {str(litter.id)}),
        ("program=biopori", {str(dug.id)}),
        (f"orang={cast.kader.person.uuid}", {str(dug.id)}),
        (f"tempat={cast.office.uuid}", {str(litter.id)}),
        ("umur=baru", ids),
        ("umur=7-hari", set()),
        ("program=&orang=&umur=", ids),
    ):
        shown = desk.get(f"/meja?{narrowed}").text
        assert {each for each in ids if each in shown} == kept, narrowed
    assert "2 aksi menunggu di luar filter ini." in desk.get("/meja?umur=7-hari").text
    answer = desk.submit("/meja?program=gps", {"aksi": [str(litter.id)]}, to="/meja/cap?program=gps")
    assert answer.location == "/meja?program=gps"
    for unknown, status in (
        ("program=lari", 404),
        ("rw=99", 404),
        (f"tempat={uuid4()}", 404),
        ("umur=lama", 422),
        ("warna=1", 422),
    ):
        desk.get(f"/meja?{unknown}", status=status)


def test_a_bulk_is_found_again_and_taken_back_at_once(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    actions = three(session, cast)
    desk = signed_in(cast.lurah)
    desk.submit("/meja", {"aksi": [str(action.id) for action in actions]}, to="/meja/cap")
    bulk = session.scalars(select(StampBulk)).one()
    assert f"/meja/sekaligus/{bulk.id}" in desk.get("/meja").text
    assert f"/meja/sekaligus/{bulk.id}" in desk.get("/meja/dicap").text
    assert "Tulis alasannya" in desk.submit(f"/meja/sekaligus/{bulk.id}", {"alasan": ""}, to="", status=422).text
    desk.submit(f"/meja/sekaligus/{bulk.id}", {"alasan": "Keliru hari.", "kata": "batal"})
    assert "3 cap dibatalkan" in desk.get("/meja").text
    assert [status_of(session, action) for action in actions] == [Status.WAITING] * 3
    shown = desk.get("/meja/dicap").text
    assert shown.count("Keliru hari.") == 3
    assert "Batalkan 3 cap ini" not in shown


def test_what_the_script_never_saw_is_reviewed_by_another_officer(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    actions = three(session, cast)
    ids = [str(action.id) for action in actions]
    signed_in(cast.lurah).submit("/meja", {"aksi": ids, "tampil": " ".join(ids[:2])}, to="/meja/cap")
    bulk = session.scalars(select(StampBulk)).one()
    assert (bulk.unseen, bulk.flags) == (1, ["unseen"])
    own = f"/meja/sekaligus/{bulk.id}"
    assert "capnya tetap berlaku" not in signed_in(cast.lurah).get(own).text
    other = signed_in(make_account(session, "petugas", f"officer@{MELATI}"))
    assert "1 hal yang sudah dicap" in other.get("/meja").text
    assert own in other.get("/admin/tinjauan").text
    assert "tidak pernah tampil di layar" in other.get(own).text
    other.submit(own, {"alasan": "Saya lihat satu per satu.", "kata": "tetap"})
    assert own not in other.get("/admin/tinjauan").text
    signed_in(make_account(session, "bu.lurah", f"lurah@{TERATAI}")).get(own, status=404)


def test_more_rows_ask_no_more_of_the_database(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    asked: list[str] = []
    engine, listener = session.get_bind(), lambda *call: asked.append(call[2])
    event.listen(engine, "before_cursor_execute", listener)
    desk, days = signed_in(cast.lurah), action_days(8)
    counts = []
    for some in (days[:2], days[2:]):
        for day in some:
            make_action(session, cast.budi, captured_at=at(day, 7, 5))
            record(session, cast.kader, holes(2, captured_at=at(day, 9, 5)))
        desk.get("/meja")
        asked.clear()
        desk.get("/meja")
        counts.append(len(asked))
    event.remove(engine, "before_cursor_execute", listener)
    assert counts[0] == counts[1] <= 45
