"""Reviews: opened where something looks wrong after a stamp, closed by whoever has looked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.errors import Conflict, invalid
from app.core.identity_numbers import hide_identity_numbers
from app.core.text import Text, says_something
from app.database import Base
from app.database.upsert import insert_for
from app.reviews.models import Review
from app.reviews.rules import Decision

REVIEW = Base.metadata.tables[Review.__tablename__]
MAX_NOTE_LENGTH = 1000
NO_STAMP = Text("Capnya sudah tidak berlaku.")


def look_again(session: Session, action_ids: Iterable[UUID], *, now: datetime) -> None:
    """Stamped actions that cannot have been are looked at by somebody; none is voided by itself."""
    for action_id in action_ids:
        _open(session, action_id, now)


def _open(session: Session, action_id: UUID, now: datetime) -> None:
    """Somebody has to look again; one open review is enough."""
    row = {"action_id": action_id, "opened_at": now}
    session.execute(insert_for(session, REVIEW).values(row).on_conflict_do_nothing())


def close(session: Session, review: Review, *, by_account_id: int, decision: Decision, reason: str, now: datetime) -> Review:
    """Somebody has looked and decided; voiding the stamp itself is stamping's. The same decision again changes nothing.

    Raises Invalid without a reason, Conflict where it was decided otherwise.
    """
    if not says_something(reason):
        raise invalid("reason", "missing", Text("Tulis alasannya."))
    session.refresh(review, with_for_update=True)
    if review.closed_at is not None:
        if review.decision is decision:
            return review
        raise Conflict(Text("Tinjauan ini sudah ditutup."), "closed")
    said = hide_identity_numbers(reason.strip())[:MAX_NOTE_LENGTH]
    review.closed_at, review.closed_by, review.decision, review.note = now, by_account_id, decision, said
    session.flush()
    audit.note(
        session,
        "integrity.close_review",
        f"action:{review.action_id}",
        account_id=by_account_id,
        now=now,
        decision=decision.value,
        reason=review.note,
    )
    return review


def close_voided(session: Session, action_id: UUID, *, by_account_id: int, reason: str, now: datetime) -> None:
    """The action's stamp was taken back: nothing is left to be looked at again."""
    waiting = select(Review).where(Review.action_id == action_id, Review.closed_at.is_(None))
    review = session.scalars(waiting).one_or_none()
    if review is not None:
        close(session, review, by_account_id=by_account_id, decision=Decision.VOID, reason=reason, now=now)
