"""Whoever may stamp there has looked again, and decides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.admin.queries.reviews import review_to_decide
from app.core.errors import Conflict, invalid
from app.core.text import says_something
from app.integrity import service as integrity
from app.integrity.models import Review
from app.integrity.rules import Decision
from app.people.models import Account
from app.stamping import service as stamping


def decide(session: Session, review_id: int, by: Account, *, decision: Decision, reason: str, now: datetime) -> Review:
    """Close the review; a void takes the stamp back with all that it counted for, under stamping's own rules of who may.

    Raises NotFound for those who may not decide about the action, Invalid without a reason, Conflict where it was decided
    otherwise.
    """
    review, _ = review_to_decide(session, review_id, by.person_id, now=now)
    if not says_something(reason):
        raise invalid("reason", "missing", "Tulis alasannya.", "A reason is needed.")
    standing = actions.valid_stamps(session, [review.action_id]).get(review.action_id)
    if review.closed_at is None and decision is Decision.VOID and standing is not None:
        stamping.void(session, standing.id, by, reason=reason, now=now)
        session.refresh(review)
    elif review.closed_at is None and decision is Decision.STANDS and standing is None:
        raise Conflict(integrity.NO_STAMP, "no_stamp")
    return integrity.close(session, review, by_account_id=by.id, decision=decision, reason=reason, now=now)
