"""Adding to the tallies and taking back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from app.tallies import queries, service
from app.tallies.models import Presence, Tally
from app.tallies.rules import INSIDERS, Counted, Subject

MONDAY = date(2026, 11, 23)


def counted(stage, person_id, **change):
    usual = {
        "programme_id": stage.gps,
        "person_id": person_id,
        "observed_on": MONDAY,
        "stamped_on": MONDAY,
        "site_id": stage.schools[0],
        "area_ids": (stage.rw[0], stage.kelurahan[0], stage.kecamatan[0], stage.city),
        "credits": {"actions": 1, "credit": 1, "minutes": 15, "kg.estimated": 3500, "bags_large": 2},
    }
    return Counted(**(usual | change))


def value(session, stage, subject, subject_id, measure, period="all"):
    return queries.values(session, stage.gps, subject, [subject_id], period, audience=INSIDERS).get((subject_id, measure), 0)


def test_two_stamps_add_up(session, stage):
    budi = stage.person("Pak Budi")
    service.add(session, [counted(stage, budi)], sign=1)
    service.add(session, [counted(stage, budi)], sign=1)
    assert value(session, stage, Subject.PERSON, budi, "kg.estimated") == 7000
    assert value(session, stage, Subject.AREA, stage.city, "actions", "2026-W48") == 2
    assert value(session, stage, Subject.SITE, stage.schools[0], "minutes", "2026-11") == 30


def test_people_are_counted_once_however_often_they_come(session, stage):
    budi, siti = stage.person("Pak Budi"), stage.person("Bu Siti")
    service.add(session, [counted(stage, budi), counted(stage, budi), counted(stage, siti)], sign=1)
    service.add(session, [counted(stage, siti)], sign=1)
    assert value(session, stage, Subject.AREA, stage.kelurahan[0], "people") == 2


def test_what_is_taken_back_leaves_nothing_behind(session, stage):
    budi, siti = stage.person("Pak Budi"), stage.person("Bu Siti")
    service.add(session, [counted(stage, budi), counted(stage, siti)], sign=1)
    service.add(session, [counted(stage, siti)], sign=-1)
    assert value(session, stage, Subject.AREA, stage.city, "people") == 1
    service.add(session, [counted(stage, budi)], sign=-1)
    assert session.scalars(select(Tally.value)).all() == [0] * session.query(Tally).count()
    assert set(session.execute(select(Presence.actions, Presence.ranked))) == {(0, 0)}


def test_changes_tell_before_and_after(session, stage):
    budi = stage.person("Pak Budi")
    service.add(session, [counted(stage, budi)], sign=1)
    later = counted(stage, budi, stamped_on=MONDAY + timedelta(days=40))
    changes = service.add(session, [later, later], sign=1)
    assert len(changes) == 20
    of_week = next(change for change in changes if change.period == "2026-W48" and change.scope is Subject.SITE)
    assert (of_week.actions_before, of_week.actions_after) == (1, 3)
    assert (of_week.ranked_before, of_week.ranked_after) == (1, 1)
    of_year = next(change for change in changes if change.period == "2026" and change.scope_id == stage.city)
    assert (of_year.ranked_before, of_year.ranked_after) == (1, 3)


def test_nothing_counted_is_nothing_written(session):
    assert service.add(session, [], sign=1) == []


@pytest.mark.parametrize(("stamps", "statements"), [(1, 2), (200, 5)])
def test_the_number_of_statements_does_not_grow_with_the_tallies(session, stage, stamps, statements):
    """One for the tallies and one for each thousand presences: 20 of one stamp, 4,000 of 200 persons' stamps."""
    many = [counted(stage, stage.person(f"Relawan {n}")) for n in range(stamps)]
    session.flush()
    sent = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *a: sent.append(a[2]))
    service.add(session, many, sign=1)
    assert len(sent) == statements


def test_a_persons_totals_are_told_by_programme(session, stage):
    budi = stage.person("Pak Budi")
    service.add(session, [counted(stage, budi), counted(stage, budi, programme_id=stage.biopori)], sign=1)
    assert queries.person_totals(session, budi)[stage.biopori]["minutes"] == 15
    assert set(queries.person_totals(session, budi)) == {stage.gps, stage.biopori}


def test_the_day_of_a_stamp_is_that_of_the_place(session, stage):
    late_evening_utc = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    action = stage.action(stage.person("Pak Budi"), MONDAY)
    seen = queries.counted(session, action, late_evening_utc, {"actions": 1})
    assert seen.stamped_on == date(2026, 11, 24)
    assert seen.area_ids == (stage.rw[0], stage.kelurahan[0], stage.kecamatan[0], stage.city)


def test_a_booklet_is_read_in_the_order_of_its_stamps_without_void_ones(session, stage):
    budi = stage.person("Pak Budi")
    first, second, third = (stage.done(budi, MONDAY + timedelta(days=days)) for days in (0, 2, 4))
    stage.void(second, now=third.stamped_at + timedelta(hours=1))
    stage.done(budi, MONDAY, programme_id=stage.biopori)
    booklet = queries.booklets(session, stage.gps, [budi])[budi]
    assert [page.stamp_id for page in booklet] == [first.id, third.id]
    assert booklet[0].credits["actions"] == 1
