"""Everything derived follows from the stamps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from app.actions.models import Stamp
from app.awards.models import Award, BadgeAward
from app.cli import sabuk
from app.leaderboard import service as leaderboard
from app.leaderboard.models import Histogram
from app.rebuild.service import rebuild
from app.tallies.models import Presence, Tally
from tests.factories.fixtures import kept_once
from tests.factories.stage import set_stage

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
DERIVED = (Tally, Presence, Histogram, Award, BadgeAward)


@pytest.fixture(scope="session")
def kept_stage(app):
    return kept_once(app, set_full_stage)


def set_full_stage(session):
    """Pak Budi with ten actions, Bu Siti hidden, Ani a child, one void stamp, one stamped after its board was final."""
    stage = set_stage(session)
    budi, siti = stage.person("Pak Budi"), stage.person("Bu Siti")
    ani = stage.person("Ani", is_adult=False)
    for week in range(3):
        for person, place in ((budi, 0), (siti, 0), (ani, 2)):
            told = {"kg": "3.5", "kg_method": "weighed"}
            stage.done(person, MONDAY + timedelta(weeks=week), place=place, site=place, measures=told)
    stage.done(budi, MONDAY + timedelta(days=1), place=1)
    stage.done(budi, MONDAY, programme_id=stage.biopori, place=3, measures={"holes": 4})
    stage.done(budi, MONDAY, place=None, now=NOW + timedelta(days=29))
    stage.void(stage.done(siti, MONDAY + timedelta(days=2)), now=NOW)
    leaderboard.set_visibility(session, siti, shown=False, account_id=None, now=NOW)
    session.flush()
    return stage


def rows(session):
    """All derived rows that say something."""
    found = {}
    for table in DERIVED:
        key = [column.name for column in table.__table__.primary_key]
        for row in session.execute(select(*table.__table__.columns)).mappings():
            values = {name: value for name, value in row.items() if name not in key}
            if any(value != 0 for value in values.values()):
                found[table.__tablename__, *(row[name] for name in key)] = values
    return found


def test_it_finds_what_was_counted_stamp_by_stamp(session, stage):
    verdict = rebuild.verify(session, now=NOW)
    assert verdict.is_clean, verdict
    assert verdict.stamps == 12


def test_where_nothing_was_stored_it_counts_everything(session, stage):
    before = rows(session)
    for table in DERIVED:
        session.execute(delete(table))
    changed = rebuild.rebuild(session, now=NOW)
    assert rows(session) == before
    assert changed["award"] == len([key for key in before if key[0] == "award"]) > 0


def test_again_it_touches_nothing(session, stage):
    assert set(rebuild.rebuild(session, now=NOW).values()) == {0}


@pytest.mark.long_on_postgis
@pytest.mark.parametrize("wrong", ["changed", "missing", "invented"])
@pytest.mark.parametrize("table", DERIVED)
def test_every_wrong_row_is_told_and_put_right(session, stage, table, wrong):
    before = rows(session)
    columns = table.__table__.columns
    stored = session.execute(select(*columns).order_by(*table.__table__.primary_key)).mappings().all()
    value = next(c.name for c in columns if not c.primary_key)
    row = next(dict(row) for row in stored if row[value] != 0)
    one = [columns[c.name] == row[c.name] for c in table.__table__.primary_key]
    if wrong == "changed":
        session.execute(update(table.__table__).where(*one).values({value: "black" if table is Award else other(row[value])}))
    elif wrong == "missing":
        session.execute(delete(table.__table__).where(*one))
    else:
        invented = {"programme_id": stage.biopori, "threshold": 999, "badge": "invented", "period": "1999", "score": 999}
        session.execute(table.__table__.insert().values({**row, **{n: v for n, v in invented.items() if n in row}}))
    verdict = rebuild.verify(session, now=NOW)
    assert (verdict.count, {each.table for each in verdict.differences}) == (1, {table.__tablename__})
    assert rebuild.rebuild(session, now=NOW)[table.__tablename__] == 1
    assert rows(session) == before


def other(value):
    return value + timedelta(hours=1) if isinstance(value, datetime) else value + 1


def test_a_zero_is_as_good_as_no_row(session, stage):
    session.add(Tally(programme_id=stage.gps, subject="person", subject_id=1, period="1999", measure="actions", value=0))
    session.flush()
    assert rebuild.verify(session, now=NOW).is_clean
    assert set(rebuild.rebuild(session, now=NOW).values()) == {0}


def test_credits_that_the_action_does_not_earn_are_told(session, stage):
    stamp = session.scalars(select(Stamp).where(Stamp.voided_at.is_(None)).order_by(Stamp.id)).first()
    earned = dict(stamp.credits)
    stamp.credits = earned | {"kg.weighed": 999_000}
    session.flush()
    verdict = rebuild.verify(session, now=NOW)
    assert [(each.stamp_id, each.computed) for each in verdict.other_credits] == [(stamp.id, earned)]
    assert not verdict.is_clean


def test_only_so_many_differences_are_shown_but_all_are_counted(session, stage):
    session.execute(update(Tally).values(value=Tally.value + 1))
    verdict = rebuild.verify(session, now=NOW)
    assert len(verdict.differences) == rebuild.MAX_SHOWN
    assert verdict.count > 300


def test_an_empty_house_is_clean(session):
    assert rebuild.verify(session, now=NOW).is_clean


def test_the_command_tells_the_first_difference_and_puts_it_right(app, session, stage):
    session.execute(update(Tally).where(Tally.subject_id == stage.city, Tally.measure == "people").values(value=99))
    session.commit()
    runner = app.test_cli_runner()
    found = runner.invoke(sabuk, ["rebuild", "--verify"])
    assert found.exit_code == 1
    assert (
        f"tally {stage.gps} area {stage.city} 2026 people value: stored 99, computed 2"
    )  # Ani still waits beside it in found.output
    assert "stamps have other credits" in found.output
    done = runner.invoke(sabuk, ["rebuild"])
    assert done.exit_code == 0
    assert "tally: " in done.output
    session.rollback()
    again = runner.invoke(sabuk, ["rebuild", "--verify"])
    assert (again.exit_code, again.output) == (0, "12 stamps: everything derived is as they say\n")
