"""A rebuild and an officer at the desk wait for each other and never in a ring."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete

from app.database import db
from app.database.locks import hold_rows
from app.database.transaction import writing
from app.people.models import Person
from app.places.models import PlaceRevision
from app.tallies.models import Presence
from app.upkeep.service import rebuild
from tests.factories.stage import set_stage

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)


def test_a_stamp_that_began_before_the_rebuild_is_counted_after_it(live_app):
    with live_app.app_context():
        session = db.session()
        with writing(session):
            session.add(PlaceRevision(id=1, revision=7_000_000))
            session.flush()
            stage = set_stage(session)
            budi = stage.person("Pak Budi")
            stage.done(budi, MONDAY)
            action = stage.action(budi, MONDAY + timedelta(days=2))
            # The rebuild will have something to write about the person whom the officer holds.
            session.execute(delete(Presence))
        outcome = []

        def count_again() -> None:
            with live_app.app_context(), writing(db.session()) as own:
                outcome.append(rebuild.rebuild(own, now=NOW))

        beside = threading.Thread(target=count_again)
        with writing(session):
            hold_rows(session, Person.id, [budi])
            beside.start()
            time.sleep(1)
            stage.stamp(action)
        beside.join(timeout=30)
        assert outcome
        assert outcome[0]["presence"] > 0
        assert rebuild.verify(session, now=NOW).is_clean
        session.rollback()
