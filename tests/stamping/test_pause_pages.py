"""`/meja/jeda`: weeks without programme days, declared by a school, a lurah or an administrator; nobody's streak ends in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.core.errors import Conflict, Invalid
from app.mine.queries.rhythm import pauses_for, programme_today
from app.people import queries as people
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes import service
from app.programmes.rules.pauses import days_between, proposed_pauses, why_no_pause
from app.programmes.service import PauseAsked
from app.stamping.queries import pausable
from tests.factories.actions import MONDAY, NOW, at, make_action, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import CITY
from tests.sync.wire import Sign

PAGE = "/meja/jeda"
A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("name", "first", "last", "field"),
    [
        ("Ramadan", MONDAY, MONDAY + 29 * A_DAY, None),
        ("Ujian", MONDAY, MONDAY, None),
        ("Ujian", MONDAY, MONDAY - A_DAY, "last"),
        ("Selamanya", MONDAY, MONDAY + 41 * A_DAY, None),
        ("Selamanya", MONDAY, MONDAY + 42 * A_DAY, "last"),
        ("Dulu", MONDAY - 40 * A_DAY, MONDAY - 28 * A_DAY, None),
        ("Dulu", MONDAY - 40 * A_DAY, MONDAY - 29 * A_DAY, "last"),
        ("Jauh", MONDAY + 366 * A_DAY, MONDAY + 367 * A_DAY, None),
        ("Jauh", MONDAY + 367 * A_DAY, MONDAY + 368 * A_DAY, "first"),
        (" ", MONDAY, MONDAY, "name"),
        ("x" * 61, MONDAY, MONDAY, "name"),
    ],
)
def test_a_pause_has_a_name_and_days_near_enough(name: str, first: date, last: date, field: str | None) -> None:
    wrong = why_no_pause(name, first, last, MONDAY)
    assert (wrong and wrong[0]) == field


def test_the_calendar_proposes_the_next_ramadan_with_its_days() -> None:
    ramadan = proposed_pauses(MONDAY)[0]
    assert (ramadan.key, ramadan.first, ramadan.last) == ("ramadan", date(2027, 2, 8), date(2027, 3, 9))
    assert proposed_pauses(date(2027, 2, 20))[0].first == date(2027, 2, 8), "while it lasts"
    assert [each.first for each in proposed_pauses(MONDAY)[1:]] == [None] * 3


def test_days_between_are_both_ends_and_all_between() -> None:
    assert days_between([(MONDAY, MONDAY + A_DAY), (MONDAY + 5 * A_DAY, MONDAY + 5 * A_DAY)]) == {
        MONDAY,
        MONDAY + A_DAY,
        MONDAY + 5 * A_DAY,
    }


def test_a_lurah_declares_one_and_the_volunteers_weeks_go_on(session: Session, cast: Cast, signed_in: Sign) -> None:
    first = make_action(session, cast.budi, captured_at=at(MONDAY - 2 * A_WEEK, 7))
    last = make_action(session, cast.budi, captured_at=at(MONDAY, 7))
    stamp(session, cast.lurah, first, last)
    assert "pekan berturut-turut dengan aksi" not in signed_in(cast.budi).get("/saya").text
    desk = signed_in(cast.lurah)
    place = desk.get(PAGE).text.split('<option value="a', 1)[1].split('"', 1)[0]
    monday = MONDAY - A_WEEK
    sent = {"place": f"a{place}", "name": "Ujian", "first": monday.isoformat(), "last": (monday + 6 * A_DAY).isoformat()}
    desk.submit(PAGE, sent)
    assert "Ujian" in desk.get(PAGE).text
    assert "Sebagian hari itu sudah masuk jeda" in desk.submit(PAGE, sent, status=422).text
    home = signed_in(cast.budi).get("/saya").text
    assert "pekan berturut-turut dengan aksi yang sudah dicap" in home
    assert "Jeda: Ujian" in home
    number = desk.get(PAGE).text.split('action="/meja/jeda/', 1)[1].split("/", 1)[0]
    desk.submit(PAGE, {}, to=f"/meja/jeda/{number}/cabut")
    assert "Jeda: Ujian" not in signed_in(cast.budi).get("/saya").text
    assert "pekan berturut-turut dengan aksi" not in signed_in(cast.budi).get("/saya").text


def test_a_proposal_fills_the_fields(cast: Cast, signed_in: Sign) -> None:
    page = signed_in(cast.lurah).get(PAGE + "?usul=ramadan").text
    assert 'value="Ramadan"' in page
    assert 'value="2027-02-08"' in page
    signed_in(cast.lurah).get(PAGE + "?usul=gone")


def test_nobody_is_reminded_in_a_pause_of_their_city(session: Session, cast: Cast) -> None:
    assert programme_today(session, cast.budi.person_id, MONDAY, now=NOW) is not None
    admin = make_account(session, "pengelola", f"administrator@{CITY}")
    (city,) = pausable(session, admin.person_id, NOW)
    asked = PauseAsked("Ramadan", MONDAY, MONDAY + A_WEEK, area_id=city.area_id)
    by = {"account_id": admin.id, "tenure_id": city.tenure.tenure_id, "today": MONDAY, "now": NOW}
    made = service.declare_pause(session, asked, **by)
    assert programme_today(session, cast.budi.person_id, MONDAY, now=NOW) is None
    resident = make_account(session, "warga")
    lives_in = places.areas(session).children(places.areas(session).children(city.area_id or 0)[0].id)[0].id
    assert programme_today(session, resident.person_id, MONDAY, now=NOW) is not None
    assert programme_today(session, resident.person_id, MONDAY, now=NOW, residence_id=lives_in) is None
    assert [each.name for each in pauses_for(session, people.tenures_at(session, cast.budi.person_id, NOW))] == ["Ramadan"]
    with pytest.raises(Conflict):
        service.declare_pause(session, asked, **by)
    with pytest.raises(Invalid):
        service.declare_pause(session, PauseAsked("", MONDAY, MONDAY, area_id=city.area_id), **by)
    service.withdraw_pause(session, made, account_id=admin.id, now=NOW)
    service.withdraw_pause(session, made, account_id=cast.lurah.id, now=NOW)
    assert made.withdrawn_by == admin.id
    assert not programmes.pauses(session, site_ids=[], area_ids=[city.area_id or 0])
    assert programme_today(session, cast.budi.person_id, MONDAY, now=NOW) is not None


def test_others_have_no_such_page_and_take_back_no_pause_elsewhere(session: Session, cast: Cast, signed_in: Sign) -> None:
    signed_in(cast.budi).get(PAGE, status=403)
    admin = make_account(session, "pengelola", f"administrator@{CITY}")
    (city,) = pausable(session, admin.person_id, NOW)
    asked = PauseAsked("Ramadan", MONDAY, MONDAY + A_WEEK, area_id=city.area_id)
    made = service.declare_pause(session, asked, account_id=admin.id, tenure_id=city.tenure.tenure_id, today=MONDAY, now=NOW)
    lurah = signed_in(cast.lurah)
    token = lurah.get(PAGE).text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    lurah.post(f"{PAGE}/{made.id}/cabut", data={"csrf_token": token}, status=404)
    assert made.withdrawn_at is None
