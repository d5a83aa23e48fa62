"""Whoever answers requests waits seconds for a database, never longer; commands and jobs wait their turn."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.exc import OperationalError

from app.core.clock import utc_now
from app.database import db, patience
from app.database.engine import engine_options, prepare_engine
from app.database.patience import Busy, answer_in_time, write_turn
from app.database.transaction import write_transaction
from app.people.models import Person
from tests.databases import Database

ON_POSTGIS = pytest.mark.parametrize("kind", [pytest.param("postgis", marks=pytest.mark.postgis)], indirect=True)


@pytest.fixture
def engine(fresh_database: Database) -> Iterator[Engine]:
    """As a process that answers requests has it."""
    made = create_engine(fresh_database.url, **engine_options(fresh_database.url))
    prepare_engine(made)
    answer_in_time(made)
    yield made
    made.dispose()


@pytest.fixture
def impatient_app(live_app: Flask) -> Flask:
    with live_app.app_context():
        answer_in_time(db.engine)
    return live_app


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """The process stands still, as a server does whose disk hangs: nothing is closed, nothing comes."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def pid_of(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT pg_backend_pid()")))


@ON_POSTGIS
def test_an_idle_connection_that_stands_still_is_left_for_a_new_one(engine):
    with stopped(pid_of(engine)):
        began = time.monotonic()
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT 1")) == 1
        assert time.monotonic() - began < 10


@ON_POSTGIS
def test_a_statement_that_is_never_answered_is_given_up(engine, monkeypatch):
    monkeypatch.setattr(patience, "STATEMENT_S", 0)
    with engine.connect() as connection:
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
        with stopped(pid), pytest.raises(OperationalError, match="does not answer"):
            connection.execute(text("SELECT 1"))
    assert pid_of(engine) != pid


@ON_POSTGIS
def test_a_long_statement_and_a_long_lock_end_by_themselves(engine):
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW lock_timeout")) == "4s"
        assert connection.scalar(text("SHOW statement_timeout")) == "15s"


def test_who_does_not_listen_is_told_in_seconds_and_not_asked_again_at_once():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql+psycopg://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing"
        made = create_engine(url, **engine_options(url))
        answer_in_time(made)
        began = time.monotonic()
        with pytest.raises(OperationalError):
            made.connect()
        assert time.monotonic() - began < 10
        with pytest.raises(OperationalError, match="a moment ago"):
            made.connect()


@contextmanager
def held(app: Flask) -> Iterator[None]:
    """Somebody else writes all the while."""
    begun, over = threading.Event(), threading.Event()

    def write() -> None:
        with app.app_context(), write_transaction(db.session()) as session:
            session.add(Person(name="Pak Budi", is_adult=True, created_at=utc_now()))
            session.flush()
            begun.set()
            over.wait(30)

    other = threading.Thread(target=write)
    other.start()
    begun.wait(30)
    try:
        yield
    finally:
        over.set()
        other.join()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_who_answers_requests_waits_seconds_for_another_writer(live_app, monkeypatch):
    monkeypatch.setattr(patience, "LOCK_S", 0.5)
    with live_app.app_context():
        answer_in_time(db.engine)
    with held(live_app), live_app.app_context():
        began = time.monotonic()
        with pytest.raises(Busy), write_transaction(db.session()):
            pytest.fail("two write at once")
        assert time.monotonic() - began < 10
        assert db.session.scalars(select(Person.name)).all() == []
    with live_app.app_context(), write_transaction(db.session()) as session:
        assert session.scalars(select(Person.name)).one() == "Pak Budi"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_command_waits_for_its_turn(live_app, monkeypatch):
    monkeypatch.setattr(patience, "LOCK_S", 0.1)
    written = []

    def write() -> None:
        with live_app.app_context(), write_transaction(db.session()):
            written.append(True)

    with held(live_app):
        beside = threading.Thread(target=write)
        beside.start()
        time.sleep(0.5)
        assert written == []
    beside.join(30)
    assert written == [True]


def test_only_so_many_threads_write_or_wait_to(impatient_app, monkeypatch):
    monkeypatch.setattr(patience, "PLACE_S", 0.05)
    with impatient_app.app_context(), ExitStack() as places:
        engine = db.engine
        turns = patience._turns_of(engine)  # noqa: SLF001 - what no caller sees
        for _ in range(patience.MAX_WRITERS):
            assert turns.places.acquire(blocking=False)
            places.callback(turns.places.release)
        with pytest.raises(Busy), write_turn(engine):
            pytest.fail("one more writes")
    with write_turn(engine):
        pass


def _counts(app: Flask, rounds: int) -> None:
    """So many times one more; who was told that all are busy comes back."""
    counted = 0
    while counted < rounds:
        try:
            with app.app_context(), write_transaction(db.session()) as session:
                person = session.scalars(select(Person).with_for_update()).one()
                person.name = str(int(person.name) + 1)
        except (Busy, OperationalError):
            continue
        counted += 1


def test_threads_that_read_and_write_back_lose_nothing(impatient_app):
    with impatient_app.app_context(), write_transaction(db.session()) as session:
        session.add(Person(name="0", is_adult=True, created_at=utc_now()))
    threads = [threading.Thread(target=_counts, args=(impatient_app, 25)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with impatient_app.app_context():
        assert db.session.scalars(select(Person.name)).one() == "200"


def test_busy_is_a_503_that_says_when_to_come_back(impatient_app, tmp_path: Path):
    def busy() -> str:
        raise Busy

    impatient_app.add_url_rule("/api/v1/busy", "busy", busy)
    answer = impatient_app.test_client().get("/api/v1/busy")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
