"""A mutex between processes: whoever changes the schema or makes a database ready does so alone."""

from __future__ import annotations

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from app.database.engine import engine_options


class Unreachable(Exception):
    """The database does not answer, or its file cannot be made; says why in a line."""


@contextmanager
def reaching() -> Iterator[None]:
    """What goes wrong inside because the database is out of reach is Unreachable."""
    try:
        yield
    except OperationalError as error:
        raise Unreachable(f"the database cannot be reached: {_first_line(error.orig)}") from error


def _first_line(error: object) -> str:
    return str(error).strip().partition("\n")[0]


@contextmanager
def mutex(database_url: str, what: str) -> Iterator[None]:
    """Nobody else does `what` with this database meanwhile; whoever comes second waits. Ends with the process at the latest."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        with _file_held(url.database, what):
            yield
        return
    engine = create_engine(url, poolclass=NullPool, connect_args=engine_options(database_url)["connect_args"])
    with reaching():
        connected = engine.connect()
    with connected.execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = {"key": zlib.crc32(f"sabuk {what}".encode())}
        connection.execute(text("SELECT pg_advisory_lock(:key)"), key)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


@contextmanager
def _file_held(database: str | None, what: str) -> Iterator[None]:
    """The lock beside the database's file. A database in memory belongs to one process anyway."""
    if not database or database == ":memory:":
        yield
        return
    try:
        file = Path(f"{database}.{what}.lock").open("w")  # noqa: SIM115 - closed two lines below
    except OSError as error:
        raise Unreachable(f"the database cannot be reached: {error}") from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
