"""`/meja`: the officer's desk as a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action, Refusal, Stamp
from app.actions.rules.words import Status
from app.people.models import Account
from app.stamping.views import desk as desk_page
from tests.factories.actions import action_days, at, holes, make_action, record
from tests.factories.cast import Cast, make_account
from tests.factories.city import MELATI, TERATAI
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
    assert 'Lubang dibuat: <strong class="figures">17</strong>' in shown
    assert "Dicatat oleh Ibu Ketua" in shown
    assert 'Lubang dibuat: <strong class="figures">17</strong>' in signed_in(coordinator).get("/meja").text
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
