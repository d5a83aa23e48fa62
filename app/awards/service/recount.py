"""Awards of whatever kind made what the valid stamps say: one recount for belts, badges and what may come beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.orm import Session

from app.database import Base
from app.database.upsert import insert_for
from app.tallies.queries import booklets, people_of
from app.tallies.rules import Stamped

BATCH_SIZE = 500
"""How many persons are looked at in one statement."""


class AwardEarned(Protocol):
    """A frozen dataclass with a field for each column of its table."""

    @property
    def person_id(self) -> int: ...
    @property
    def earned_at(self) -> datetime: ...


A = TypeVar("A", bound=AwardEarned)


@dataclass(frozen=True, slots=True)
class Kind(Generic[A]):
    """One kind of award in one programme, under the rules that it has today."""

    model: type[Base]
    award: Callable[..., A]
    programme_id: int
    earned: Callable[[int, Sequence[Stamped]], Sequence[A]]
    """What the person's stamps, in their order, have earned."""

    @property
    def table(self) -> Table:
        return Base.metadata.tables[self.model.__tablename__]

    def key(self, award: A) -> tuple[Any, ...]:
        return tuple(getattr(award, column.name) for column in self.table.primary_key)


def recount(session: Session, kind: Kind[A], person_ids: Collection[int]) -> list[A]:
    """Make the persons' awards what their valid stamps say: after a void, or when the rules have changed. The new ones."""
    if not person_ids:
        return []
    right = {
        kind.key(award): award
        for person_id, stamps in booklets(session, kind.programme_id, person_ids).items()
        for award in kind.earned(person_id, stamps)
    }
    stored = {kind.key(award): award for award in _stored(session, kind, person_ids)}
    outdated = [award for key, award in stored.items() if award != right.get(key)]
    if outdated:
        _take_back(session, kind, outdated)
    missing = [right[key] for key in sorted(right) if stored.get(key) != right[key]]
    if missing:
        session.connection().execute(insert_for(session, kind.model), [asdict(award) for award in missing])  # type: ignore[call-overload]
    return [award for award in missing if kind.key(award) not in stored]


def rebuild(session: Session, kind: Kind[A]) -> list[A]:
    """Make everybody's awards what the stamps and the rules say. The new ones."""
    columns = kind.table.c
    holders = session.scalars(select(columns.person_id).where(columns.programme_id == kind.programme_id).distinct())
    people = sorted({*holders, *people_of(session, kind.programme_id)})
    groups = (people[start : start + BATCH_SIZE] for start in range(0, len(people), BATCH_SIZE))
    return [award for group in groups for award in recount(session, kind, group)]


def _stored(session: Session, kind: Kind[A], person_ids: Collection[int]) -> list[A]:
    columns = kind.table.c
    asked = select(*columns).where(columns.programme_id == kind.programme_id, columns.person_id.in_(person_ids))
    return [kind.award(**row._mapping) for row in session.execute(asked)]  # noqa: SLF001 - SQLAlchemy's public name for it


def _take_back(session: Session, kind: Kind[A], awards: Sequence[A]) -> None:
    key = kind.table.primary_key.columns
    one = delete(kind.table).where(*(column == bindparam(f"its_{column.name}") for column in key))
    session.connection().execute(one, [{f"its_{c.name}": getattr(award, c.name) for c in key} for award in awards])
