"""Of what waits, what is to be told to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.models import Action
from app.actions.rules.words import Capacity
from app.people.models import Account, Tenure
from app.people.rules import Post
from app.stamping.queries.rights import is_for_those_above, listed_stampers, place_of, right_to_stamp, stamper
from app.stamping.queries.waiting import queue
from app.stamping.rules import (
    TELLS_THOSE_ABOVE,
    Stamper,
    is_kept_from,
    is_told,
    may_decide,
    with_those_above,
)


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """What waits for somebody's stamp and is theirs to be told of."""

    count: int
    late: int
    """Of these since more than 7 days."""


def to_be_told(session: Session, person_id: int, *, limit: int, now: datetime) -> WaitingFor:
    """Of the first of this officer's queue those of which they are told; the next above is told of what waits long."""
    officer = stamper(session, person_id, now)
    page, _ = queue(session, person_id, limit=limit, after=None, now=now)
    told = [action for action in page if _is_told(session, action, officer, now)]
    return WaitingFor(len(told), sum(now - action.received_at >= TELLS_THOSE_ABOVE for action in told))


def _is_told(session: Session, action: Action, officer: Stamper, now: datetime) -> bool:
    right, waited = right_to_stamp(session, action, officer), now - action.received_at
    if right is None:
        return False
    stampers = _stampers(session, action)
    if is_told(right.post, stampers, waited, is_only=False):
        return True
    return not _another_stamps(session, action, stampers, officer, now)


def _stampers(session: Session, action: Action) -> Sequence[str]:
    """The programme's list for the action, with those above where one of the list entered it."""
    listed = listed_stampers(session, action)
    is_pupils = action.capacity is Capacity.PUPIL
    if is_pupils or not is_for_those_above(session, action, listed, place_of(session, action)):
        return listed
    return with_those_above(listed)


def _another_stamps(session: Session, action: Action, stampers: Sequence[str], officer: Stamper, now: datetime) -> bool:
    """Whether somebody else, who signs in, may stamp the action."""
    place, named = place_of(session, action), {stamper.partition("@")[0] for stamper in stampers}
    where = or_(Tenure.area_id.in_(place.ancestors | place.rws), Tenure.site_id == place.site_id)
    first = actions.first_word(session, action.id)
    there = (
        select(Tenure.person_id)
        .join(Account, Account.person_id == Tenure.person_id)
        .where(Account.disabled_at.is_(None), Tenure.post.in_([Post(post) for post in named]), where)
        .where(Tenure.person_id.not_in({officer.person_id, action.person_id, *([first.officer_id] if first else ())}))
        .distinct()
    )
    others = (stamper(session, person_id, now) for person_id in session.scalars(there).all())
    return any(
        not is_kept_from(action.recorded_by, action.capacity, other)
        and may_decide(other.tenures, stampers, place, is_own=False) is not None
        for other in others
    )
