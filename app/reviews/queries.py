"""Reading reviews."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.reviews.models import Review


def review(session: Session, review_id: int) -> Review | None:
    """The review under its number, read anew, open or closed; None where there is none."""
    return session.get(Review, review_id, populate_existing=True)


def open_reviews(
    session: Session, *, after: int | None, limit: int, within: ColumnElement[bool] | None = None
) -> list[tuple[Review, Action]]:
    """Open reviews with their actions, the oldest first."""
    asked = select(Review, Action).join(Action, Action.id == Review.action_id).where(Review.closed_at.is_(None))
    if within is not None:
        asked = asked.where(within)
    if after is not None:
        asked = asked.where(Review.id > after)
    return [(review, action) for review, action in session.execute(asked.order_by(Review.id).limit(limit))]


def count_open(session: Session) -> int:
    """How many wait for somebody to look."""
    return session.scalar(select(func.count()).select_from(Review).where(Review.closed_at.is_(None))) or 0
