"""What an officer has stamped, and decisions about many actions at which somebody else has to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.stamping.models import StampBulk
from app.stamping.queries.rights import right_to_decide, right_to_stamp, stamper, within_reach
from app.stamping.rules import Stamper

IS_OPEN = and_(StampBulk.flagged_at.is_not(None), StampBulk.closed_at.is_(None))


@dataclass(frozen=True, slots=True)
class BulkCount:
    """How many stamps a decision gave, and how many of these still stand."""

    given: int
    standing: int


def given_stamps(session: Session, person_id: int, *, after: UUID | None, limit: int) -> tuple[list[tuple[Stamp, Action]], bool]:
    """What this officer has stamped, the latest first, and whether more follows; `after`: the last stamp of the page before."""
    asked = select(Stamp, Action).join(Action, Action.id == Stamp.action_id).where(Stamp.stamper_id == person_id)
    last = session.get(Stamp, after) if after is not None else None
    if last is not None:
        asked = asked.where(
            or_(Stamp.stamped_at < last.stamped_at, and_(Stamp.stamped_at == last.stamped_at, Stamp.id > last.id))
        )
    found = session.execute(asked.order_by(Stamp.stamped_at.desc(), Stamp.id).limit(limit + 1)).all()
    return [(stamp, action) for stamp, action in found[:limit]], len(found) > limit


def bulk_counts(session: Session, bulk_ids: Sequence[UUID]) -> dict[UUID, BulkCount]:
    """How many stamps each of these decisions gave."""
    asked = select(Stamp.bulk_id, func.count(), func.count(Stamp.voided_at)).where(Stamp.bulk_id.in_(bulk_ids))
    found = session.execute(asked.group_by(Stamp.bulk_id))
    return {bulk_id: BulkCount(given, given - voided) for bulk_id, given, voided in found if bulk_id is not None}


def bulk(session: Session, bulk_id: UUID) -> StampBulk | None:
    """The decision of that name; None where there is none."""
    return session.get(StampBulk, bulk_id)


def stamped_in(session: Session, bulk_id: UUID) -> list[tuple[Stamp, Action]]:
    """The stamps of the decision with their actions, by the action's day."""
    asked = select(Stamp, Action).join(Action, Action.id == Stamp.action_id).where(Stamp.bulk_id == bulk_id)
    return [(stamp, action) for stamp, action in session.execute(asked.order_by(Action.observed_at, Action.id))]


def bulk_to_take_back(session: Session, bulk_id: UUID, person_id: int, *, now: datetime) -> StampBulk | None:
    """A decision that the person made and still may take back, or of which some is within their reach."""
    found, by = bulk(session, bulk_id), stamper(session, person_id, now)
    if found is None or not by.tenures:
        return None
    if found.officer_id == person_id:
        return found
    return found if any(right_to_decide(session, action, by) for _, action in stamped_in(session, bulk_id)) else None


def bulk_to_look_at(session: Session, bulk_id: UUID, person_id: int, *, now: datetime) -> StampBulk | None:
    """A flagged decision of another officer, of which the person could have stamped some; closed or not."""
    found, by = bulk(session, bulk_id), stamper(session, person_id, now)
    if found is None or found.flagged_at is None or found.officer_id == person_id or not by.tenures:
        return None
    return found if _could_stamp_some(session, found, by) else None


def bulks_to_look_at(session: Session, person_id: int, *, limit: int, now: datetime) -> list[StampBulk]:
    """Flagged decisions of others at which this officer has to look, the oldest first."""
    by = stamper(session, person_id, now)
    if not by.tenures:
        return []
    given = select(Stamp.id).join(Action, Action.id == Stamp.action_id).where(Stamp.bulk_id == StampBulk.id)
    there = given.where(within_reach(session, by.tenures)).exists()
    found = _open(session, there, StampBulk.officer_id != person_id, limit=limit)
    return [each for each in found if _could_stamp_some(session, each, by)]


def all_open_bulks(session: Session, *, limit: int) -> list[StampBulk]:
    """All flagged decisions at which nobody has looked, the oldest first."""
    return _open(session, limit=limit)


def _open(session: Session, *conditions: ColumnElement[bool], limit: int) -> list[StampBulk]:
    asked = select(StampBulk).where(IS_OPEN, *conditions).order_by(StampBulk.flagged_at, StampBulk.id)
    return list(session.scalars(asked.limit(limit)))


def _could_stamp_some(session: Session, found: StampBulk, by: Stamper) -> bool:
    return any(right_to_stamp(session, action, by) is not None for _, action in stamped_in(session, found.id))
