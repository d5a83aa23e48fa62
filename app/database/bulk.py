"""Many rows at once, all of one moment: what only rebuilding and loading need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Engine, Table, text
from sqlalchemy.orm import Session

BATCH_SIZE = 20_000
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
    while together := [tuple(row) for row in islice(rows, BATCH_SIZE)]:
        yield together


@contextmanager
def on_one_connection(engine: Engine) -> Iterator[Session]:
    """A session whose transactions all run on the same connection, so that temporary tables outlive the one that made them."""
    with engine.connect() as connection, Session(connection, expire_on_commit=False) as session:
        yield session


def repeatable_read(session: Session) -> None:
    """All that the transaction reads from now on is of one moment, as it always is on SQLite. Its first statement."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
