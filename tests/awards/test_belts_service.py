"""Awards follow the stamps and the ladder in force."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from app.awards.models import Award
from app.awards.queries import belts as queries
from app.awards.service import belts as service
from app.core.catalogue import INDONESIAN
from app.programmes import queries as programmes
from app.tallies.queries import counted
from app.tallies.service import add

MONDAY = date(2026, 1, 5)


@pytest.fixture
def ladder(session, stage):
    return programmes.version(session, stage.versions[stage.gps]).definition.ladder


def mondays(count):
    return [MONDAY + timedelta(weeks=week) for week in range(count)]


def held(session, person_id):
    asked = select(Award.threshold, Award.belt, Award.stripes, Award.earned_at).where(Award.person_id == person_id)
    return [tuple(row) for row in session.execute(asked.order_by(Award.threshold))]


def test_each_rung_is_earned_with_the_stamp_that_reaches_it(session, stage):
    budi = stage.person("Pak Budi")
    stamps = [stage.done(budi, day) for day in mondays(25)]
    assert held(session, budi) == [
        (1, "white", 0, stamps[0].stamped_at),
        (7, "white", 1, stamps[6].stamped_at),
        (13, "white", 2, stamps[12].stamped_at),
        (19, "white", 3, stamps[18].stamped_at),
        (25, "green", 0, stamps[24].stamped_at),
    ]


def test_an_action_on_another_day_is_stamped_and_moves_no_belt(session, stage):
    budi = stage.person("Pak Budi")
    stage.done(budi, MONDAY + timedelta(days=1))
    assert held(session, budi) == []
    assert queries.standing(session, budi, MONDAY)[0].stamped == 1


def test_what_was_crossed_in_one_bulk_is_earned_at_its_instant(session, stage):
    budi = stage.person("Pak Budi")
    stage.stamp(*(stage.action(budi, day) for day in mondays(8)), now=datetime(2026, 6, 1, tzinfo=UTC))
    assert {(threshold, earned_at.month) for threshold, _, _, earned_at in held(session, budi)} == {(1, 6), (7, 6)}


def test_the_new_awards_are_told(session, stage, ladder):
    budi = stage.person("Pak Budi")
    stamp = stage.done(budi, MONDAY)
    session.delete(session.scalars(select(Award)).one())
    session.flush()
    earned = service.refresh(session, stage.gps, ladder, [budi], now=stamp.stamped_at)
    assert earned == [service.Earned(budi, stage.gps, 1, "white", 0, stamp.stamped_at)]
    assert service.refresh(session, stage.gps, ladder, [budi], now=stamp.stamped_at) == []


def test_a_void_takes_the_rung_and_moves_the_day_of_the_others(session, stage):
    budi = stage.person("Pak Budi")
    stamps = [stage.done(budi, day) for day in mondays(7)]
    stage.void(stamps[0], now=datetime(2026, 6, 1, tzinfo=UTC))
    assert held(session, budi) == [(1, "white", 0, stamps[1].stamped_at)]


def test_a_stamp_older_than_the_last_one_moves_the_day_of_the_award(session, stage):
    """The clocks of two servers differ: the order of stamping is that of the instants."""
    budi = stage.person("Pak Budi")
    second = stage.done(budi, MONDAY, now=datetime(2026, 1, 5, 9, 0, 1, tzinfo=UTC))
    first = stage.done(budi, MONDAY + timedelta(days=2), now=datetime(2026, 1, 5, 9, 0, 0, tzinfo=UTC))
    assert held(session, budi) == [(1, "white", 0, first.stamped_at)]
    assert second.stamped_at > first.stamped_at


def test_another_ladder_gives_and_takes(session, stage, ladder):
    budi = stage.person("Pak Budi")
    stamps = [stage.done(budi, day) for day in mondays(7)]
    white = ladder.rungs[0]
    steeper = ladder.model_copy(update={"rungs": (white.model_copy(update={"threshold": 2, "stripes": (5,)}), *ladder.rungs[1:])})
    new = service.rebuild(session, stage.gps, steeper)
    assert {award.threshold for award in new} == {2, 5}
    assert held(session, budi) == [(2, "white", 0, stamps[1].stamped_at), (5, "white", 1, stamps[4].stamped_at)]
    service.rebuild(session, stage.gps, ladder)
    assert [row[0] for row in held(session, budi)] == [1, 7]


def test_between_the_rungs_nobodys_booklet_is_read(session, stage, ladder):
    budi = stage.person("Pak Budi")
    stage.done(budi, MONDAY)
    action = stage.action(budi, MONDAY + timedelta(days=2))
    add(session, [counted(session, action, action.observed_at, {"actions": 1, "credit": 1})], sign=1)
    sent = []
    event.listen(session.connection(), "before_cursor_execute", lambda *a: sent.append(a[2]))
    assert service.refresh(session, stage.gps, ladder, [budi], now=action.observed_at + timedelta(days=1)) == []
    assert len(sent) == 1


def test_standing_tells_what_is_missing(session, stage):
    budi = stage.person("Pak Budi")
    for day in mondays(8):
        stage.done(budi, day)
    gps, biopori = queries.standing(session, budi, MONDAY)
    assert (gps.programme, gps.stamped, gps.credit, gps.belt, gps.stripes) == ("gps", 8, 8, "white", 1)
    assert (gps.next.belt, gps.next.stripes, gps.next.missing) == ("white", 2, 5)
    assert (biopori.stamped, biopori.belt, biopori.next.missing) == (0, None, 1)
    assert gps.belt_name.said(INDONESIAN) == "Sabuk Putih"
