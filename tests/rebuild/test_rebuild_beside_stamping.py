"""A rebuild goes on beside an officer at the desk: nobody waits for it, and what is stamped meanwhile is counted once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.awards.models import Award
from app.database import db
from app.database.bulk import on_one_connection, repeatable_read
from app.database.transaction import write_transaction
from app.places.models import PlaceRevision
from app.rebuild.service import rebuild
from app.tallies.models import Presence, Tally
from tests.factories.stage import Stage, set_stage

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)


def staged(session: Session) -> Stage:
    session.add(PlaceRevision(id=1, revision=7_000_000))
    session.flush()
    return set_stage(session)


def look(rebuilder: Session) -> rebuild.WrongRows:
    repeatable_read(rebuilder)
    return rebuild.find_wrong(rebuilder, now=NOW)


def put_right(rebuilder: Session, wrong: rebuild.WrongRows) -> None:
    rebuilder.commit()
    for _ in range(100):
        with write_transaction(rebuilder):
            if not rebuild.put_right(rebuilder, wrong):
                return


@pytest.fixture
def at_the_desk(live_app: Flask) -> Iterator[Session]:
    with live_app.app_context():
        yield db.session()


@pytest.fixture
def rebuilder(at_the_desk: Session) -> Iterator[Session]:
    """As `sabuk rebuild` has it."""
    with on_one_connection(db.engine) as session:
        yield session


def test_what_is_stamped_between_the_look_and_the_repair_is_counted_once(at_the_desk, rebuilder):
    with write_transaction(at_the_desk):
        stage = staged(at_the_desk)
        budi = stage.person("Pak Budi")
        for week in range(3):
            stage.done(budi, MONDAY + timedelta(weeks=week))
        more = [stage.action(budi, MONDAY + timedelta(days=2)), stage.action(budi, MONDAY + timedelta(days=4), place=1)]
        at_the_desk.execute(delete(Presence).where(Presence.period == "all"))
        at_the_desk.execute(update(Tally).values(value=Tally.value + 7))
    wrong = look(rebuilder)
    assert wrong.counts["tally"] > 10
    rebuilder.commit()
    with write_transaction(at_the_desk):
        stage.stamp(*more)
    put_right(rebuilder, wrong)
    # A presence that was missing was made by the stamp, which counted the person once more: the next look sees that.
    again = look(rebuilder)
    assert again.counts["presence"] == 0
    put_right(rebuilder, again)
    assert rebuild.verify(rebuilder, now=NOW).is_clean


def test_whoever_looks_keeps_nobody_from_stamping(at_the_desk, rebuilder):
    with write_transaction(at_the_desk):
        stage = staged(at_the_desk)
        budi = stage.person("Pak Budi")
        stage.done(budi, MONDAY)
        action = stage.action(budi, MONDAY + timedelta(days=2))
        at_the_desk.execute(update(Tally).values(value=Tally.value + 1))
    wrong = look(rebuilder)
    assert not wrong.is_nothing
    with write_transaction(at_the_desk):
        # The look is not over.
        stage.stamp(action)
    put_right(rebuilder, wrong)
    assert rebuild.verify(rebuilder, now=NOW).is_clean


@pytest.mark.long
def test_a_belt_that_changed_since_the_look_is_left_to_the_next_one(at_the_desk, rebuilder):
    with write_transaction(at_the_desk):
        stage = staged(at_the_desk)
        budi = stage.person("Pak Budi")
        for week in range(3):
            for day in (0, 2, 4):
                stage.done(budi, MONDAY + timedelta(weeks=week, days=day))
        at_the_desk.execute(update(Award).values(earned_at=NOW - timedelta(days=300)))
    wrong = look(rebuilder)
    assert wrong.counts["award"] > 0
    rebuilder.commit()
    with write_transaction(at_the_desk):
        at_the_desk.execute(update(Award).values(earned_at=NOW - timedelta(days=200)))
    put_right(rebuilder, wrong)
    assert set(rebuilder.scalars(select(Award.earned_at))) == {NOW - timedelta(days=200)}
    rebuilder.commit()
    put_right(rebuilder, look(rebuilder))
    assert rebuild.verify(rebuilder, now=NOW).is_clean
