"""Awards: the day on which each rung of the ladder was earned.

A rung with threshold t is earned at the instant of the valid stamp, in the order of stamping, with which the sum of credits
reaches t. Awards follow the ladder that is in force: when a programme's ladder changes, `rebuild` gives and takes accordingly, so
that awards are always what the stamps and the ladder say; `sabuk programmes diff` tells beforehand how many people would move.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from app.awards.models import Award
from app.awards.rules.belts import climbed, steps
from app.awards.service import recount as counting
from app.core.periods import ALL_TIME
from app.database import Base
from app.database.rows import rows
from app.programmes.rules.definition import Ladder
from app.tallies.models import Tally
from app.tallies.rules import CREDIT, Stamped, Subject

_AWARD = Base.metadata.tables[Award.__tablename__].c
_TALLY = Base.metadata.tables[Tally.__tablename__].c
_PERSONS: BindParameter[Any] = bindparam("person_ids", expanding=True)
_RUNGS = (
    select(_AWARD.person_id, func.max(_AWARD.threshold).label("threshold"), func.max(_AWARD.earned_at).label("earned_at"))
    .where(_AWARD.programme_id == bindparam("programme_id"), _AWARD.person_id.in_(_PERSONS))
    .group_by(_AWARD.person_id)
    .subquery()
)
_REACHED = (
    select(_TALLY.subject_id, _TALLY.value, _RUNGS.c.threshold, _RUNGS.c.earned_at)
    .outerjoin(_RUNGS, _RUNGS.c.person_id == _TALLY.subject_id)
    .where(
        _TALLY.programme_id == bindparam("programme_id"),
        _TALLY.subject == Subject.PERSON,
        _TALLY.subject_id.in_(_PERSONS),
        _TALLY.period == ALL_TIME.name,
        _TALLY.measure == CREDIT,
    )
)
"""Person -> the sum of credits, the highest rung held and the latest instant at which one was earned."""


@dataclass(frozen=True, slots=True)
class Earned:
    """A rung that a person has reached, and when."""

    person_id: int
    programme_id: int
    threshold: int
    belt: str
    stripes: int
    earned_at: datetime


def refresh(session: Session, programme_id: int, ladder: Ladder, person_ids: Collection[int], *, now: datetime) -> list[Earned]:
    """What the stamps just given, all at the instant `now` and already in the tallies, have earned.

    Only where the sum of credits has passed a rung, or stamps later than `now` exist, the booklet is read.
    """
    asked = {"programme_id": programme_id, "person_ids": list(person_ids)}
    moved = [
        person_id
        for person_id, count, threshold, earned_at in rows(session, _REACHED, asked)
        if _highest(ladder, count) != threshold or (earned_at is not None and earned_at > now)
    ]
    return recount(session, programme_id, ladder, moved) if moved else []


def recount(session: Session, programme_id: int, ladder: Ladder, person_ids: Collection[int]) -> list[Earned]:
    """Make the persons' awards what their valid stamps say: after a void, or when the ladder has changed. The new ones."""
    return counting.recount(session, _kind(programme_id, ladder), person_ids)


def rebuild(session: Session, programme_id: int, ladder: Ladder) -> list[Earned]:
    """Make everybody's awards what the stamps and this ladder say. The new ones."""
    return counting.rebuild(session, _kind(programme_id, ladder))


def _kind(programme_id: int, ladder: Ladder) -> counting.Kind[Earned]:
    def earned(person_id: int, stamps: Sequence[Stamped]) -> list[Earned]:
        return awards_of(person_id, programme_id, ladder, stamps)

    return counting.Kind(Award, Earned, programme_id, earned)


def awards_of(person_id: int, programme_id: int, ladder: Ladder, stamps: Sequence[Stamped]) -> list[Earned]:
    """The awards that one person's stamps, in their order, have earned."""
    steps_taken = climbed(ladder, [(stamp.stamped_at, stamp.credits.get(CREDIT, 0)) for stamp in stamps])
    return [Earned(person_id, programme_id, step.threshold, step.belt, step.stripes, at) for step, at in steps_taken]


def _highest(ladder: Ladder, count: int) -> int | None:
    taken = steps(ladder, count)
    return taken[-1].threshold if taken else None
