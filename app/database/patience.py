"""How long whoever answers requests waits for the database: within five seconds there is an answer, if only "in a moment".

A database may be busy (somebody holds a lock), slow, restarting, or stand still without closing a connection. The first two are
bounded by the database itself, the last only here: a server that stands still does not tell.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Engine, event

RV = TypeVar("RV")

CONNECT_S = 2
PING_S = 2.0
"""How long an idle connection may take to show that it lives."""
LOCK_S = 4.0
STATEMENT_S = 15
"""Of one statement; what is asked for by a page takes milliseconds."""
AWAY_S = 1.0
"""After a database did not answer nobody asks it for so long: those who wait to hear the same would keep others waiting."""
MAX_WRITERS = 14
"""Threads of one process that write or wait for their turn; the others go on reading."""
PLACE_S = 1.0
"""How long one of the others waits to be among them."""


class Busy(Exception):
    """Too many want to write, or the one who does takes long: nothing was done, try again in a moment."""


class _Turns:
    """Who of this process may write to one database."""

    def __init__(self, engine: Engine) -> None:
        self.timeout_s = 60.0
        self.places = threading.BoundedSemaphore(MAX_WRITERS)
        self.is_bounded = False
        # Threads that race for SQLite's own lock sleep and miss it; one after the other they do not.
        self.one: threading.Lock | None = threading.Lock() if engine.dialect.name == "sqlite" else None


_turns: WeakKeyDictionary[Engine, _Turns] = WeakKeyDictionary()
_guard = threading.Lock()


def _turns_of(engine: Engine) -> _Turns:
    with _guard:
        found = _turns.get(engine)
        if found is None:
            found = _turns[engine] = _Turns(engine)
        return found


@contextmanager
def write_turn(engine: Engine) -> Iterator[None]:
    """Inside, this thread may write. Raises Busy where it would have to wait for too long."""
    turns = _turns_of(engine)
    if turns.is_bounded and not turns.places.acquire(timeout=PLACE_S):
        raise Busy
    try:
        if turns.one is not None and not turns.one.acquire(timeout=turns.timeout_s):
            raise Busy
        try:
            yield
        finally:
            if turns.one is not None:
                turns.one.release()
    finally:
        if turns.is_bounded:
            turns.places.release()


class _Impatient(psycopg.Connection[Any]):
    """A connection that is given up when its server says nothing for too long."""

    limit_s: float = PING_S

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        limit_s = self.limit_s if timeout is None else min(timeout, self.limit_s)
        try:
            return super().wait(gen, interval, limit_s)
        except psycopg.errors._WaitTimeout as error:  # noqa: SLF001 - what it raises then
            self.close()
            raise psycopg.OperationalError("the database does not answer") from error


def answer_in_time(engine: Engine) -> None:
    """Whoever asks this engine from now on is answered, or refused, within seconds. For processes that answer requests."""
    turns = _turns_of(engine)
    turns.timeout_s, turns.is_bounded = LOCK_S, True
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda made, _: made.execute(f"PRAGMA busy_timeout={LOCK_S * 1000:.0f}"))
        return
    away = _Away()
    event.listen(engine, "do_connect", lambda _dialect, _record, _given, named: away.connect(named))
    event.listen(engine, "checkout", lambda made, _record, _proxy: _allow(made, STATEMENT_S + 1))
    event.listen(engine, "checkin", lambda made, _record: _allow(made, PING_S))


def _allow(connection: Any, seconds: float) -> None:  # noqa: ANN401 - None where it was given up
    if isinstance(connection, _Impatient):
        connection.limit_s = seconds


class _Away:
    """Remembers for a moment that nobody was there."""

    def __init__(self) -> None:
        self._until = 0.0

    def connect(self, named: dict[str, Any]) -> psycopg.Connection[Any]:
        if time.monotonic() < self._until:
            raise psycopg.OperationalError("the database did not answer a moment ago")
        limits = f"-c lock_timeout={LOCK_S * 1000:.0f} -c statement_timeout={STATEMENT_S * 1000}"
        try:
            return _Impatient.connect(**{**named, "options": f"{named.get('options', '')} {limits}".strip()})
        except psycopg.OperationalError:
            self._until = time.monotonic() + AWAY_S
            raise
