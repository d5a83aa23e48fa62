"""Many rows at once, whole tables held still: what only rebuilding and loading need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

TOGETHER = 20_000
"""Rows handed to the driver in one go."""


def copy_rows(session: Session, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Append rows of plain numbers and words, the values in the order of the table's columns."""
    connection = session.connection()
    names = ", ".join(column.name for column in table.columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(table.columns))
        for together in _groups(rows):
            connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", together)  # noqa: S608 - our own names
        return
    driver = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:  # type: ignore[union-attr]
        for row in rows:
            copy.write_row(row)


def _groups(rows: Iterable[Sequence[Any]]) -> Iterator[list[tuple[Any, ...]]]:
    rows = iter(rows)
    while together := [tuple(row) for row in islice(rows, TOGETHER)]:
        yield together


def hold_tables(session: Session, tables: Iterable[str]) -> None:
    """Nobody else writes to the tables until the transaction ends; reading goes on. SQLite has one writer anyway."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE"))


def see_one_moment(session: Session) -> None:
    """All that the transaction reads from now on is of one moment, as it always is on SQLite. Its first statement."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
