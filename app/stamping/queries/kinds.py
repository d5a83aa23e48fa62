"""What there is among all that waits for an officer: how much, whose, where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.models import Action
from app.places.queries import AreaEntry
from app.stamping.queries.rights import rw_of
from app.stamping.queries.waiting import EVERYTHING, QueueFilter, queue


@dataclass(frozen=True, slots=True)
class KindsWaiting:
    """How much of what waits is of each kind, counted up to a limit."""

    count: int
    is_more: bool
    """Whether there is more than was counted."""
    programmes: Counter[int]
    doers: Counter[int]
    rws: Counter[AreaEntry]
    sites: Counter[int]


def kinds_waiting(
    session: Session, person_id: int, *, limit: int, now: datetime, asked_for: QueueFilter = EVERYTHING
) -> KindsWaiting:
    """The first of this officer's queue, by programme, person, RW and site."""
    found, more = queue(session, person_id, limit=limit, after=None, now=now, asked_for=asked_for)
    return KindsWaiting(
        count=len(found),
        is_more=more is not None,
        programmes=Counter(action.programme_id for action in found),
        doers=Counter(action.person_id for action in found),
        rws=_rws(session, found),
        sites=Counter(action.site_id for action in found if action.site_id is not None),
    )


def _rws(session: Session, found: Sequence[Action]) -> Counter[AreaEntry]:
    return Counter(rw for action in found if (rw := rw_of(session, action)) is not None)
