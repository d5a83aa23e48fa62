"""How connections behave. SQLite: one writer, nothing acknowledged is lost, migrations are transactions."""

from __future__ import annotations

from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url

from app.database.patience import CONNECT_S

IMMEDIATE = "sabuk_immediate"
"""Execution option: this transaction is going to write, so SQLite takes the write lock at its start."""


THREADS = 20
"""Of one process that answers requests; each may hold a connection."""
BUSY_S = 10
"""How long a command or a job waits for another writer."""


def engine_options(url: str) -> dict[str, Any]:
    """Errors do not show values, which are people's: what somebody wrote must not come into a log with the error about it."""
    if not url.startswith("sqlite"):
        # A dead database must be noticed within seconds, and a restarted one used again without a restart here.
        return {**_OPTIONS, **_POOL, "pool_pre_ping": True, "connect_args": {"connect_timeout": CONNECT_S}}
    pool = {} if make_url(url).database in (None, "", ":memory:") else _POOL
    return {**_OPTIONS, **pool, "connect_args": {"timeout": BUSY_S, "check_same_thread": False}}


_OPTIONS: dict[str, Any] = {"hide_parameters": True}
_POOL: dict[str, Any] = {"pool_size": THREADS, "max_overflow": 4, "pool_timeout": 4}


def prepare_engine(engine: Engine) -> None:
    """Hang the house's habits on an engine; PostgreSQL needs none."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: SqliteConnection, _record: object) -> None:
    # The driver's own transactions lose updates; ours begin in `_on_begin`.
    connection.isolation_level = None
    # FULL: with WAL, NORMAL loses acknowledged commits at a power loss.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_S * 1000}",
        "cache_size=-4000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
