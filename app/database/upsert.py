"""INSERT that meets a row already there: the same statement for SQLite and PostgreSQL."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert


def insert_for(session: Session, table: Any) -> SqliteInsert | PostgresqlInsert:  # noqa: ANN401 - a Table or a mapped class
    """The dialect's own INSERT, which knows ON CONFLICT."""
    dialect = session.get_bind().dialect.name
    return sqlite_insert(table) if dialect == "sqlite" else postgresql_insert(table)


def insert_if_new(session: Session, table: Table) -> ReturningInsert[*tuple[Any, ...]]:
    """An INSERT that gives the new row's primary key; where the key is taken it does nothing and gives nothing."""
    return _if_new(session.get_bind().dialect.name, table)


@cache
def _if_new(dialect: str, table: Table) -> ReturningInsert[*tuple[Any, ...]]:
    """Made once: every recorded action asks for it."""
    statement = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(table)
    key = list(table.primary_key)
    return statement.on_conflict_do_nothing(index_elements=key).returning(*key)


def unless_there(session: Session, table: Table, *unique: str, gives: str | None = None) -> Insert | ReturningInsert[Any]:
    """An INSERT that does nothing where a row with the same unique columns exists; it gives one column of the row it made."""
    return _insertion(session.get_bind().dialect.name, table, unique, gives)


@cache
def _insertion(dialect: str, table: Table, unique: tuple[str, ...], gives: str | None) -> Insert | ReturningInsert[Any]:
    """Made once, for what every photograph asks."""
    statement = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(table)
    statement = statement.on_conflict_do_nothing(index_elements=unique)
    return statement if gives is None else statement.returning(table.c[gives])


def add_to(session: Session, table: Table, *columns: str) -> SqliteInsert | PostgresqlInsert:
    """An INSERT that, where the row with the same primary key exists, adds the given columns to it."""
    return _addition(session.get_bind().dialect.name, table, columns)


@cache
def _addition(dialect: str, table: Table, columns: tuple[str, ...]) -> SqliteInsert | PostgresqlInsert:
    """Made once: every stamp asks for it."""
    statement = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(table)
    return statement.on_conflict_do_update(
        index_elements=[column.name for column in table.primary_key],
        set_={name: table.c[name] + statement.excluded[name] for name in columns},
    )
