"""Everything that follows from the stamps, as it stands now: for tests of stamping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.awards.models import Award, BadgeAward
from app.database import Base
from app.leaderboard.models import Histogram
from app.stamping import service
from app.tallies.models import Presence, Tally

DERIVED: dict[type[Base], tuple[str, ...]] = {
    Tally: ("value",),
    Presence: ("actions", "ranked"),
    Histogram: ("people",),
    Award: (),
    BadgeAward: (),
}
"""Every table that follows from the stamps, with the columns that count: rows of zeros say nothing."""


def counted(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that counts now."""
    session.flush()
    found = {}
    for model, amounts in DERIVED.items():
        table = model.__table__
        said = (row for row in session.execute(select(table)).mappings() if not amounts or any(row[name] for name in amounts))
        found[table.name] = sorted((tuple(row.values()) for row in said), key=str)
    return found


def problems(results: Sequence[service.BulkResult]) -> list[str | None]:
    return [result.problem.code if result.problem else None for result in results]
