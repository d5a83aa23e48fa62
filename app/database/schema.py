"""Which version a database's schema has, told without the machinery that changes it: every start asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.database.base import Base

FOLDER = Path(__file__).resolve().parent.parent.parent / "migrations"
VERSION_TABLE = "alembic_version"

_REVISION = re.compile(r'^(revision|down_revision) = (?:"(\w+)"|None)$', re.MULTILINE)


class State(StrEnum):
    """What may be done with a database."""

    EMPTY = "empty"
    OLD = "old"
    CURRENT = "current"
    UNKNOWN = "unknown"
    HALF = "half"


@dataclass(frozen=True, slots=True)
class Schema:
    state: State
    revision: str | None
    missing: tuple[str, ...] = ()
    """Tables that the newest revision has and this database has not."""


@cache
def revisions() -> dict[str, str | None]:
    """Every revision that this program knows, with the one before it."""
    known: dict[str, str | None] = {}
    for file in (FOLDER / "versions").glob("*.py"):
        said = {name: value or None for name, value in _REVISION.findall(file.read_text())}
        known[str(said["revision"])] = said["down_revision"]
    return known


@cache
def newest_revision() -> str:
    """The revision that no other one follows."""
    followed = set(revisions().values())
    [newest] = [revision for revision in revisions() if revision not in followed]
    return newest


def revisions_in(connection: Connection) -> list[str]:
    """What the database says of itself: one revision, none, or more when something went wrong."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return []
    return list(connection.scalars(text(f"SELECT version_num FROM {VERSION_TABLE}")))  # noqa: S608 - a constant


def schema_of(connection: Connection) -> Schema:
    """The state of the database's schema. Half: neither of one version nor empty; nobody should build on that."""
    found = revisions_in(connection)
    present = set(inspect(connection).get_table_names()) & Base.metadata.tables.keys()
    if len(found) > 1:
        return Schema(State.HALF, ", ".join(found))
    if not found:
        return Schema(State.HALF if present else State.EMPTY, None)
    revision = found[0]
    if revision not in revisions():
        return Schema(State.UNKNOWN, revision)
    if revision != newest_revision():
        return Schema(State.OLD, revision)
    missing = tuple(sorted(Base.metadata.tables.keys() - present))
    return Schema(State.HALF if missing else State.CURRENT, revision, missing)
