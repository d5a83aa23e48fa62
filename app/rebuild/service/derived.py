"""The derived tables, computed anew beside the stored ones, compared with them and put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Enum,
    Index,
    MetaData,
    Row,
    Select,
    String,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    null,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.orm import Session

from app.database import Base
from app.database.upsert import add_to, insert_for


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is not stored as the facts have it; None where there is no row."""

    table: str
    key: tuple[str, ...]
    column: str
    stored: object
    computed: object


class Derived:
    """A stored table, and beside it a temporary one with what the facts say."""

    def __init__(self, name: str, *, counts: bool) -> None:
        self.stored: Table = Base.metadata.tables[name]
        self._counts = counts
        columns = [Column(c.name, String(24) if isinstance(c.type, Enum) else c.type) for c in self.stored.columns]
        self.computed = Table(f"computed_{name}", MetaData(), *columns, prefixes=["TEMPORARY"])
        self._key = [column.name for column in self.stored.primary_key]
        self._values = [column.name for column in self.stored.columns if not column.primary_key]
        kind = {column.name: column.type for column in columns}
        keys = [Column(each, kind[each], primary_key=True, autoincrement=False) for each in self._key]
        seen = [Column(each, kind[each]) for each in self._values]
        right = [Column(f"computed_{each}", kind[each]) for each in self._values]
        self.wrong = Table(f"wrong_{name}", MetaData(), *keys, *seen, *right, prefixes=["TEMPORARY"])
        """The rows that were wrong when they were looked for: as they were stored, and as they are right."""

    def begin(self, session: Session) -> None:
        """Make the temporary table, empty."""
        self.end(session)
        self.computed.create(session.connection())

    def end(self, session: Session) -> None:
        session.execute(text(f"DROP TABLE IF EXISTS {self.computed.name}"))

    def all_there(self, session: Session) -> None:
        """No more rows will come: make them quick to find."""
        Index(f"key_{self.computed.name}", *(self.computed.c[name] for name in self._key), unique=True).create(
            session.connection()
        )
        session.execute(text(f"ANALYZE {self.computed.name}"))

    def find_wrong(self, session: Session) -> int:
        """Set aside, beside the computed table, which rows are wrong at this moment and by how much; how many they are."""
        session.execute(text(f"DROP TABLE IF EXISTS {self.wrong.name}"))
        self.wrong.create(session.connection())
        names = [column.name for column in self.wrong.columns]
        connection = session.connection().execution_options(preserve_rowcount=True)
        return sum(
            connection.execute(insert(self.wrong).from_select(names, rows.order_by(None))).rowcount
            for rows in (self._changed(), self._lacking())
        )

    def put_right(self, session: Session, limit: int) -> int:
        """Put right the next rows of those set aside; how many were looked at, 0 when none is left.

        A count is moved by what it was wrong by: what was stamped since has moved it too, and stays counted. Any other row is
        changed only where it is still as it was seen.
        """
        connection = session.connection()
        rows = connection.execute(select(self.wrong).limit(limit)).all()
        by_key = sorted(rows, key=lambda row: tuple(row[: len(self._key)]))
        if rows:
            asked = [self.wrong.c[name] == bindparam(f"key_{name}") for name in self._key]
            keys = [{f"key_{name}": value for name, value in zip(self._key, row, strict=False)} for row in by_key]
            connection.execute(delete(self.wrong).where(*asked), keys)
            (self._move if self._counts else self._replace)(session, by_key)
        return len(rows)

    def _move(self, session: Session, rows: Sequence[Row[Any]]) -> None:
        moved = []
        for row in rows:
            key, seen, right = self._parts(row)
            steps = [(after or 0) - (before or 0) for before, after in zip(seen, right, strict=True)]
            moved.append(dict(zip((*self._key, *self._values), (*key, *steps), strict=True)))
        session.connection().execute(add_to(session, self.stored, *self._values), moved)

    def _replace(self, session: Session, rows: Sequence[Row[Any]]) -> None:
        connection, stored = session.connection(), self.stored
        new = [row for row in rows if not self._is_there(self._parts(row)[1])]
        if new:
            added = [
                dict(zip((*self._key, *self._values), (*key, *right), strict=True)) for key, _, right in map(self._parts, new)
            ]
            connection.execute(insert_for(session, stored).on_conflict_do_nothing(), added)
        for row in rows:
            _, seen, right = self._parts(row)
            as_seen = [*self._is_key(stored, row), *(stored.c[name] == was for name, was in zip(self._values, seen, strict=True))]
            values = dict(zip(self._values, right, strict=True))
            if not self._is_there(seen):
                continue
            if self._is_there(right):
                connection.execute(update(stored).where(*as_seen).values(values))
            else:
                connection.execute(delete(stored).where(*as_seen))

    def _parts(self, row: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
        """Its key, the values that were stored and those that are right; None for each where there is no row."""
        keys, values = len(self._key), len(self._values)
        return row[:keys], row[keys : keys + values], row[keys + values :]

    def _is_key(self, table: Table, row: Sequence[Any]) -> list[ColumnElement[bool]]:
        return [table.c[name] == value for name, value in zip(self._key, row, strict=False)]

    @staticmethod
    def _is_there(values: Sequence[Any]) -> bool:
        return any(value is not None for value in values)

    def differences(self, session: Session, limit: int) -> list[Difference]:
        """The differences in the first rows that differ, by key."""
        found: list[Difference] = []
        for rows in (self._changed(), self._lacking()):
            for row in session.connection().execute(rows.limit(limit)):
                found += self._told(row)
        return found[:limit]

    def count_differences(self, session: Session) -> int:
        """How many rows differ."""
        counted = (
            select(func.count()).select_from(rows.order_by(None).subquery()) for rows in (self._changed(), self._lacking())
        )
        return sum(int(session.connection().execute(count).scalar_one()) for count in counted)

    def _changed(self) -> Select[Any]:
        """Stored rows that the facts have otherwise or not at all."""
        stored, computed = self.stored, self.computed
        otherwise = or_(*(stored.c[name] != computed.c[name] for name in self._values))
        gone = and_(computed.c[self._key[0]].is_(None), self._is_something(stored))
        rows = select(*self._columns(stored), *(computed.c[name].label(f"computed_{name}") for name in self._values))
        joined = rows.select_from(stored.outerjoin(computed, self._same_key()))
        return joined.where(or_(otherwise, gone)).order_by(*(stored.c[name] for name in self._key))

    def _lacking(self) -> Select[Any]:
        """Rows that the facts have and that are not stored."""
        stored, computed = self.stored, self.computed
        nothing = [null().label(name) for name in self._values]
        values = [computed.c[name].label(f"computed_{name}") for name in self._values]
        rows = select(*(computed.c[name] for name in self._key), *nothing, *values)
        joined = rows.select_from(computed.outerjoin(stored, self._same_key()))
        is_lacking = and_(stored.c[self._key[0]].is_(None), self._is_something(computed))
        return joined.where(is_lacking).order_by(*(computed.c[name] for name in self._key))

    def _columns(self, table: Table) -> Iterator[ColumnElement[Any]]:
        return (table.c[name] for name in (*self._key, *self._values))

    def _told(self, row: Sequence[Any]) -> list[Difference]:
        key = tuple(str(part) for part in row[: len(self._key)])
        stored, computed = row[len(self._key) :][: len(self._values)], row[len(self._key) + len(self._values) :]
        pairs = zip(self._values, stored, computed, strict=True)
        return [Difference(self.stored.name, key, name, was, right) for name, was, right in pairs if was != right]

    def _same_key(self) -> ColumnElement[bool]:
        return and_(*(self.stored.c[name] == self.computed.c[name] for name in self._key))

    def _is_something(self, table: Table) -> ColumnElement[bool]:
        """A count of nothing and no row are the same."""
        return or_(*(table.c[name] != 0 for name in self._values)) if self._counts else true()
