"""What many tests begin with is made once for each database, by the services; after that its rows are put in again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.database import Base
from app.places import service as places
from app.places.models import PlaceRevision

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Kept(Generic[Made]):
    """Every row there was once something was made, and what was made: a dataclass, some of whose fields are rows."""

    made: Made
    rows: list[tuple[Table, list[dict[str, Any]]]]
    kinds: dict[str, tuple[type[Base], int]]
    """Field -> what kind of row it is, and its id."""

    def again(self, session: Session) -> Made:
        """Put the rows into an empty database; as little is committed as by the services."""
        connection = session.connection()
        for table, rows in self.rows:
            connection.execute(table.insert(), rows)
        places.areas_changed(session)
        found = {
            (kind, row.id): row for kind in {kind for kind, _ in self.kinds.values()} for row in session.scalars(select(kind))
        }
        return replace(self.made, **{name: found[row] for name, row in self.kinds.items()})


def keep(session: Session, make: Callable[[Session], Made]) -> Kept[Made]:
    """Make it in an empty database; nothing of it stays there."""
    made = make(session)
    session.flush()
    tables = [table for table in Base.metadata.sorted_tables if table is not PlaceRevision.__table__]
    rows = [(table, session.execute(table.select().order_by(*table.primary_key)).mappings().all()) for table in tables]
    values = {field.name: getattr(made, field.name) for field in fields(made)}
    kinds = {name: (type(value), value.id) for name, value in values.items() if isinstance(value, Base)}
    session.expunge_all()
    session.rollback()
    return Kept(made, [(table, [dict(row) for row in found]) for table, found in rows if found], kinds)
