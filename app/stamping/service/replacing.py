"""A day takes the place of a programme's day: what was recorded on it is judged anew, and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions import service as actions
from app.actions.models import Action, Stamp
from app.actions.queries import STANDING
from app.actions.rules.findings import PENDING
from app.core.errors import DomainError
from app.core.periods import semester_start
from app.people.models import Account
from app.people.rules import ActiveTenure
from app.places import queries as places
from app.programmes import service as programmes
from app.programmes.service import Replacement
from app.stamping.queries import stamper
from app.stamping.rules import Stamper
from app.stamping.service.asking import lock_actions, require_right_to_stamp
from app.stamping.service.counting import count
from app.stamping.service.deciding import stamp


@dataclass(frozen=True, slots=True)
class DayMoved:
    """What came of declaring a replacement day."""

    counted: int
    """Actions of that day that count now, or will with their stamp."""
    left: int
    """Stamped ones that still do not: another officer has to take their stamps back and stamp them again."""


def move_day(session: Session, officer: Account, tenure: ActiveTenure, asked: Replacement, *, now: datetime) -> DayMoved:
    """Declare the day; actions recorded on it before are judged again.

    What is open counts once it is stamped. A stamp says what it counts for and stays as it is: where the officer may stamp the
    action, it is taken back and given anew by this officer. Raises what programmes.service.move_day does.
    """
    today = places.day_at(session, now, asked.area_id, site_id=asked.site_id)
    programmes.move_day(session, asked, account_id=officer.id, tenure_id=tenure.tenure_id, today=today, now=now)
    found = lock_actions(session, _recorded_on(session, asked))
    stamps = actions_queries.valid_stamps(session, list(found))
    by = stamper(session, officer.person_id, now)
    counted, left, anew = 0, 0, list[tuple[Action, Stamp]]()
    for action in found.values():
        if not actions.counts_by_now(session, action):
            continue
        standing = stamps.get(action.id)
        if standing is None:
            counted += actions.settle_day(session, action)
        elif _may_stamp_again(session, action, by, now):
            anew.append((action, standing))
        else:
            left += 1
    _stamp_again(session, anew, officer, asked.reason, now=now)
    return DayMoved(counted + len(anew), left)


def _recorded_on(session: Session, asked: Replacement) -> list[UUID]:
    there = Action.site_id == asked.site_id if asked.site_id is not None else None
    if there is None:
        there = or_(Action.kelurahan_id == asked.area_id, Action.rw_id == asked.area_id)
    found = select(Action.id).where(
        Action.programme_id == asked.current.programme_id, Action.observed_on == asked.day, Action.status.in_(STANDING), there
    )
    return list(session.scalars(found.order_by(Action.received_at, Action.id)))


def _may_stamp_again(session: Session, action: Action, by: Stamper, now: datetime) -> bool:
    """Whether nothing would keep this officer from stamping the action once its stamp is taken back."""
    try:
        require_right_to_stamp(session, action, by)
    except DomainError:
        return False
    is_of_before = action.observed_on < semester_start(places.day_at(session, now, action.kelurahan_id))
    return not is_of_before and all(row[0] != PENDING for row in action.findings)


def _stamp_again(
    session: Session, stamped: Sequence[tuple[Action, Stamp]], officer: Account, reason: str, *, now: datetime
) -> None:
    if not stamped:
        return
    for action, standing in stamped:
        actions.void(session, standing, action, account_id=officer.id, reason=reason, now=now)
        actions.settle_day(session, action)
    session.flush()
    count(session, stamped, sign=-1, now=now)
    results = stamp(session, [action.id for action, _ in stamped], officer, note=reason, now=now)
    if problem := next((result.problem for result in results if result.problem is not None), None):
        raise problem
