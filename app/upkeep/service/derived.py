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
    Select,
    String,
    Table,
    and_,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.orm import Session

from app.database import Base
from app.database.upsert import insert_for


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

    def put_right(self, session: Session) -> int:
        """Make the stored table what was computed, touching only rows that differ; how many those were."""
        stored, computed = self.stored, self.computed
        connection = session.connection().execution_options(preserve_rowcount=True)
        known = select(literal(1)).select_from(computed).where(self._same_key()).correlate(stored)
        removed = connection.execute(delete(stored).where(~known.exists(), self._is_something(stored))).rowcount
        same_values = [stored.c[name] == computed.c[name] for name in self._values]
        as_it_is = select(literal(1)).select_from(stored).where(self._same_key(), *same_values).correlate(computed)
        wrong = select(computed).where(~as_it_is.exists(), self._is_something(computed))
        insertion = insert_for(session, stored).from_select(
            [column.name for column in computed.columns], wrong.order_by(*(computed.c[name] for name in self._key))
        )
        written = connection.execute(
            insertion.on_conflict_do_update(
                index_elements=self._key, set_={name: insertion.excluded[name] for name in self._values}
            )
        ).rowcount
        return removed + written

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
