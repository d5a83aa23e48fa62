"""`writing`: one transaction that writes, alone on SQLite; what raised is undone; nothing is lost between processes."""

from __future__ import annotations

import multiprocessing
import threading
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.people.models import Person
from tests.conftest import application

PROCESSES, ROUNDS = 4, 60


def somebody(name: str = "Pak Budi") -> Person:
    return Person(name=name, is_adult=True, created_at=utc_now())


def people(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Person)) or 0


def test_what_was_written_is_there_for_others(live_app):
    with live_app.app_context(), write_transaction(db.session()) as session:
        session.add(somebody())
    assert people(live_app) == 1


def test_what_raised_is_undone_altogether(live_app):
    def break_off() -> None:
        with write_transaction(db.session()) as session:
            session.add(somebody())
            session.flush()
            raise ZeroDivisionError

    with live_app.app_context():
        with pytest.raises(ZeroDivisionError):
            break_off()
        assert not db.session().in_transaction()
    assert people(live_app) == 0


def test_changes_made_outside_are_not_slipped_in(live_app):
    with live_app.app_context():
        db.session.add(somebody())
        with pytest.raises(RuntimeError, match="outside a writing block"), write_transaction(db.session()):
            pytest.fail("the block must not begin")


def test_a_block_sees_what_others_committed_after_the_last_read(live_app):
    with live_app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Person))

        def elsewhere() -> None:
            with live_app.app_context(), write_transaction(db.session()) as session:
                session.add(somebody())

        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()
        with write_transaction(db.session()) as session:
            assert session.scalar(select(func.count()).select_from(Person)) == before + 1


def _count_up(url: str, folder: Path, rounds: int) -> None:
    with application(url, folder) as app:
        for _ in range(rounds):
            with app.app_context(), write_transaction(db.session()) as session:
                person = session.scalars(select(Person).with_for_update()).one()
                person.name = str(int(person.name) + 1)


@pytest.mark.long_on_postgis
def test_four_processes_that_read_and_write_back_lose_nothing(live_app, fresh_database, tmp_path):
    with live_app.app_context():
        with write_transaction(db.session()) as session:
            session.add(somebody("0"))
        db.engine.dispose()
    own = multiprocessing.get_context("forkserver")  # each begins with nothing of ours open, and the house is loaded once
    own.set_forkserver_preload([__name__])
    workers = [own.Process(target=_count_up, args=(fresh_database.url, tmp_path, ROUNDS)) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    with live_app.app_context():
        assert db.session.scalars(select(Person.name)).one() == str(PROCESSES * ROUNDS)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_sqlite_keeps_what_it_acknowledged(live_app):
    with live_app.app_context(), db.engine.connect() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        assert [connection.scalar(text(f"PRAGMA {name}")) for name in pragmas] == ["wal", 2, 1]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_reader_does_not_wait_for_the_writer_on_sqlite(live_app):
    with live_app.app_context(), write_transaction(db.session()) as session:
        session.add(somebody())
        session.flush()
        seen: list[int] = []
        reader = threading.Thread(target=lambda: seen.append(people(live_app)))
        began = time.monotonic()
        reader.start()
        reader.join(5)
        assert seen == [0]
        assert time.monotonic() - began < 5
