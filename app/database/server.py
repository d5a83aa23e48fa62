"""Which database it is that answers, as people call it."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def database_name(session: Session) -> str:
    """ "SQLite 3.45.1", or "PostgreSQL 15.8, PostGIS 3.3.2"."""
    if session.get_bind().dialect.name == "sqlite":
        return f"SQLite {session.scalar(text('SELECT sqlite_version()'))}"
    server = str(session.scalar(text("SHOW server_version"))).partition(" ")[0]
    return f"PostgreSQL {server}, PostGIS {session.scalar(text('SELECT postgis_lib_version()'))}"
