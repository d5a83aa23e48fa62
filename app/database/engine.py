"""How connections behave. SQLite: one writer, nothing acknowledged is lost, migrations are transactions."""

from __future__ import annotations

from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, event

IMMEDIATE = "sabuk_immediate"
"""Execution option: this transaction is going to write, so SQLite takes the write lock at its start."""


def engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10, "check_same_thread": False}}
    # A dead database must be noticed within seconds, and a restarted one used again without a restart here.
    return {"pool_pre_ping": True, "pool_size": 5, "connect_args": {"connect_timeout": 5}}


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
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "cache_size=-4000"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
