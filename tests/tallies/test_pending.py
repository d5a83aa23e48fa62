"""What a child does counts for the public only when the next day has ended, and is folded into the tallies once."""

from __future__ import annotations

import multiprocessing
import os
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.database import db
from app.database.transaction import write_transaction
from app.places.models import PlaceRevision
from app.rebuild.service import rebuild
from app.tallies import jobs, queries, service
from app.tallies.models import Tally, TallyPending
from app.tallies.rules import INSIDERS, Subject, the_public
from tests.conftest import application
from tests.factories.stage import set_stage

MONDAY = date(2026, 11, 2)
AT_DUE = datetime(2026, 11, 3, 17, tzinfo=UTC)
"""Tuesday 24.00 in Bandung."""
BEFORE = AT_DUE - timedelta(seconds=1)


def actions_of(session, stage, audience, subject=Subject.AREA, subject_id=None):
    found = queries.values(session, stage.gps, subject, [subject_id or stage.city], "all", ["actions"], audience=audience)
    return sum(found.values())


@pytest.fixture
def ani(stage):
    return stage.person("Ani", is_adult=False)


def test_the_public_sees_a_child_at_the_end_of_the_next_day_and_insiders_at_once(session, stage, ani):
    stage.done(ani, MONDAY, site=0)
    for subject, subject_id in (
        (Subject.AREA, stage.kelurahan[0]),
        (Subject.AREA, stage.rw[0]),
        (Subject.SITE, stage.schools[0]),
    ):
        seen = [
            actions_of(session, stage, who, subject, subject_id) for who in (INSIDERS, the_public(BEFORE), the_public(AT_DUE))
        ]
        assert seen == [1, 0, 1]
    assert queries.person_totals(session, ani)[stage.gps]["actions"] == 1


def test_an_adult_counts_for_everybody_at_once(session, stage):
    stage.done(stage.person("Pak Budi"), MONDAY)
    assert actions_of(session, stage, the_public(datetime(2026, 11, 2, tzinfo=UTC))) == 1
    assert session.scalars(select(TallyPending)).all() == []


def test_a_stamp_that_comes_late_waits_from_its_own_day(session, stage, ani):
    (stamp,) = stage.stamp(stage.action(ani, MONDAY), now=datetime(2026, 11, 9, 18, tzinfo=UTC))
    assert stamp.public_at == datetime(2026, 11, 11, 17, tzinfo=UTC)


def test_what_is_voided_before_its_moment_is_never_seen(session, stage, ani):
    stamp = stage.done(ani, MONDAY)
    stage.void(stamp, now=BEFORE)
    for now in (BEFORE, AT_DUE, AT_DUE + timedelta(days=9)):
        assert actions_of(session, stage, the_public(now)) == 0
    service.fold(session, now=AT_DUE)
    assert session.scalars(select(Tally.value).where(Tally.value != 0)).all() == []


def test_what_is_voided_after_its_moment_goes_at_once_folded_or_not(session, stage, ani):
    first, second = stage.done(ani, MONDAY), stage.done(ani, MONDAY)
    stage.void(first, now=AT_DUE)
    assert actions_of(session, stage, the_public(AT_DUE)) == 1
    service.fold(session, now=AT_DUE)
    stage.void(second, now=AT_DUE)
    assert actions_of(session, stage, the_public(AT_DUE)) == 0
    assert rebuild.verify(session, now=AT_DUE).is_clean


def test_folding_takes_what_is_due_and_nothing_else(session, stage, ani, monkeypatch):
    monkeypatch.setattr(service, "FOLD_BATCH_SIZE", 7)
    stage.done(ani, MONDAY)
    stage.done(ani, MONDAY + timedelta(days=1))
    waiting = session.scalar(select(func.count()).select_from(TallyPending))
    assert service.fold(session, now=BEFORE) == 0
    folded = []
    while now_folded := service.fold(session, now=AT_DUE):
        folded.append(now_folded)
        assert actions_of(session, stage, the_public(AT_DUE)) == 1
        assert actions_of(session, stage, INSIDERS) == 2
    assert max(folded) == 7
    assert 0 < sum(folded) < waiting
    assert rebuild.verify(session, now=AT_DUE).is_clean


def test_a_change_that_no_stamp_made_is_told_and_dropped(session, stage, ani):
    stage.done(ani, MONDAY)
    stray = {"subject": Subject.AREA, "subject_id": stage.city, "period": "all", "measure": "actions", "delta": 5}
    session.add(TallyPending(programme_id=stage.gps, public_at=datetime(3000, 1, 1, tzinfo=UTC), **stray))
    session.flush()
    verdict = rebuild.verify(session, now=AT_DUE)
    assert {each.table for each in verdict.differences} == {"tally", "tally_pending"}
    assert rebuild.rebuild(session, now=AT_DUE)["tally_pending"] == 1
    assert rebuild.verify(session, now=AT_DUE).is_clean
    assert actions_of(session, stage, the_public(BEFORE)) == 0


def test_a_rebuild_gives_nothing_away(session, stage, ani):
    stage.done(ani, MONDAY)
    session.query(Tally).delete()
    rebuild.rebuild(session, now=BEFORE)
    assert [actions_of(session, stage, who) for who in (the_public(BEFORE), the_public(AT_DUE))] == [0, 1]


CHILDREN = 12


def set_children(app):
    """Twelve children's stamps that are due, committed."""
    with app.app_context(), write_transaction(db.session()) as session:
        session.add(PlaceRevision(id=1, revision=8_000_000))
        session.flush()
        stage = set_stage(session)
        for number in range(CHILDREN):
            stage.done(stage.person(f"Anak {number}", is_adult=False), MONDAY)
        return {"gps": stage.gps, "city": stage.city}


def is_folded_once(app, ids):
    with app.app_context():
        session = db.session()
        left = session.scalar(select(func.count()).select_from(TallyPending))
        key = {
            "programme_id": ids["gps"],
            "subject": Subject.AREA,
            "subject_id": ids["city"],
            "period": "all",
            "measure": "actions",
        }
        base = session.get(Tally, tuple(key.values()))
        verdict = rebuild.verify(session, now=AT_DUE)
        session.rollback()
        return (left, base.value if base else 0, verdict.is_clean) == (0, CHILDREN, True)


def test_threads_that_fold_at_once_fold_each_change_once(live_app, monkeypatch):
    monkeypatch.setattr(service, "FOLD_BATCH_SIZE", 9)
    ids = set_children(live_app)

    def work():
        with live_app.app_context():
            jobs.fold_due({}, AT_DUE)
            db.session.remove()

    beside = [threading.Thread(target=work) for _ in range(3)]
    for each in beside:
        each.start()
    for each in beside:
        each.join(60)
    with live_app.app_context():
        jobs.fold_due({}, AT_DUE)
    assert is_folded_once(live_app, ids)


def _fold_and_die(url, folder, dies_after):
    """A job runner whose power goes: after so many transactions it dies in the middle of the next one."""
    service.FOLD_BATCH_SIZE = 5
    with application(url, folder) as app, app.app_context():
        for _ in range(dies_after):
            with write_transaction(db.session()) as session:
                service.fold(session, now=AT_DUE)
        with write_transaction(db.session()) as session:
            service.fold(session, now=AT_DUE)
            os._exit(9)


@pytest.mark.long_on_postgis
def test_processes_that_die_while_folding_lose_nothing_and_count_nothing_twice(live_app, fresh_database, tmp_path):
    ids = set_children(live_app)
    with live_app.app_context():
        db.engine.dispose()
    own = multiprocessing.get_context("forkserver")
    own.set_forkserver_preload([__name__])
    workers = [own.Process(target=_fold_and_die, args=(fresh_database.url, tmp_path, rounds)) for rounds in (1, 2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [9, 9]
    assert not is_folded_once(live_app, ids)
    with live_app.app_context():
        jobs.fold_due({}, AT_DUE)
    assert is_folded_once(live_app, ids)
