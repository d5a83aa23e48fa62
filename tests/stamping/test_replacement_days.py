"""A replacement day counts as the day whose place it takes: once for each person, whoever recorded first and whoever stamped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules.words import Status
from app.core.errors import Conflict, Invalid
from app.people.models import Account
from app.programmes import queries as programmes
from app.programmes.service import Replacement
from app.rebuild.service import rebuild
from app.stamping import queries, service
from app.tallies.queries import person_totals
from tests.factories.actions import MONDAY, NOW, at, make_action, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import MELATI

WEDNESDAY, THURSDAY = MONDAY - timedelta(days=5), MONDAY - timedelta(days=4)


def declare(
    session: Session, officer: Account, *, moved: date = WEDNESDAY, day: date = THURSDAY, which: int = 0
) -> service.DayMoved:
    place = queries.declarable(session, officer.person_id, NOW)[which]
    current = programmes.current(session, "gps", MONDAY)
    assert current is not None
    asked = Replacement(current, moved, day, "hujan deras", site_id=place.site_id, area_id=place.area_id)
    done = service.move_day(session, officer, place.tenure, asked, now=NOW)
    session.flush()
    return done


def made(session: Session, account: Account, day: date) -> Action:
    return make_action(session, account, captured_at=at(day, 7))


def credit(session: Session, account: Account) -> int:
    gps = programmes.programme_id(session, "gps")
    return person_totals(session, account.person_id).get(gps or 0, {}).get("credit", 0)


def days(action: Action) -> list[str]:
    return [row[0] for row in action.findings if str(row[0]).startswith("day_")]


def test_what_is_recorded_on_a_declared_day_counts_in_full(session: Session, cast: Cast) -> None:
    assert declare(session, cast.lurah) == service.DayMoved(0, 0)
    action = made(session, cast.budi, THURSDAY)
    assert days(action) == ["day_replacement"]
    stamp(session, cast.lurah, action)
    assert credit(session, cast.budi) == 1
    assert rebuild.verify(session, now=NOW).is_clean


def test_what_was_recorded_before_is_judged_again_stamped_or_not(session: Session, cast: Cast) -> None:
    colleague = make_account(session, "petugas", f"officer@{MELATI}")
    stamped, waiting = made(session, cast.budi, THURSDAY), made(session, cast.kader, THURSDAY)
    stamp(session, colleague, stamped)
    assert credit(session, cast.budi) == 0
    assert declare(session, cast.lurah) == service.DayMoved(2, 0)
    assert (days(stamped), stamped.status) == (["day_replacement"], Status.STAMPED)
    assert (days(waiting), waiting.status) == (["day_replacement"], Status.WAITING)
    assert credit(session, cast.budi) == 1
    assert rebuild.verify(session, now=NOW).is_clean


def test_the_two_days_count_once_for_whoever_came_on_both(session: Session, cast: Cast) -> None:
    both = [made(session, cast.budi, day) for day in (WEDNESDAY, THURSDAY)]
    declare(session, cast.lurah)
    stamp(session, cast.lurah, *both)
    assert credit(session, cast.budi) == 1
    first, late = made(session, cast.kader, THURSDAY), made(session, cast.kader, WEDNESDAY)
    assert (days(first), days(late)) == (["day_replacement"], ["day_other"]), "whichever is sent first"


def test_several_places_that_move_one_day_give_it_once(session: Session, cast: Cast) -> None:
    declare(session, cast.lurah)
    declare(session, cast.lurah, day=THURSDAY + timedelta(days=2), which=1)
    actions = [made(session, cast.budi, THURSDAY + timedelta(days=ahead)) for ahead in (0, 2)]
    assert [days(action) for action in actions] == [["day_replacement"], ["day_other"]]


def test_nobody_declares_for_other_places_and_volunteers_for_none(session: Session, cast: Cast) -> None:
    for account in (cast.budi, cast.kader, cast.citra):
        assert queries.declarable(session, account.person_id, NOW) == []
    assert [place.site_id for place in queries.declarable(session, cast.guru.person_id, NOW)] == [cast.school.id]
    action = made(session, cast.budi, THURSDAY)
    assert declare(session, cast.guru) == service.DayMoved(0, 0)
    assert days(action) == ["day_other"]


def test_whoever_stamps_looks_at_what_its_doer_declared(session: Session, cast: Cast) -> None:
    action = made(session, cast.lurah, THURSDAY)
    declare(session, cast.lurah)
    assert days(action) == ["day_replacement_own"]
    assert action.attention > 0


def test_a_stamp_that_the_officer_could_not_give_stays(session: Session, cast: Cast) -> None:
    colleague = make_account(session, "petugas", f"officer@{MELATI}")
    action = made(session, cast.lurah, THURSDAY)
    stamp(session, colleague, action)
    kept = action.status
    assert declare(session, cast.lurah) == service.DayMoved(0, int(kept is Status.STAMPED))
    assert action.status is kept
    assert rebuild.verify(session, now=NOW).is_clean


@pytest.mark.parametrize(
    ("moved", "day", "field"),
    [
        (WEDNESDAY - timedelta(days=7), THURSDAY, "day"),  # another week
        (THURSDAY, THURSDAY + timedelta(days=2), "moved"),  # no day of the programme
        (WEDNESDAY, WEDNESDAY + timedelta(days=2), "day"),  # a day of the programme itself
        (WEDNESDAY - timedelta(days=7), THURSDAY - timedelta(days=7), "day"),  # too late
        (MONDAY + timedelta(days=21), MONDAY + timedelta(days=22), "day"),  # too early
        (date(2026, 8, 17), date(2026, 8, 18), "moved"),  # a holiday
    ],
)
def test_a_day_moves_within_its_week_and_in_time(session: Session, cast: Cast, moved: date, day: date, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        declare(session, cast.lurah, moved=moved, day=day)
    assert [error.field for error in refused.value.errors] == [field]


def test_a_day_is_moved_once(session: Session, cast: Cast) -> None:
    declare(session, cast.lurah)
    for day in (THURSDAY, THURSDAY + timedelta(days=2)):
        with pytest.raises(Conflict):
            declare(session, cast.lurah, day=day)
