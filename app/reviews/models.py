"""What a person has to look at again, and what they decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import Serial, UtcTime, enum_column
from app.reviews.rules import Decision


class Review(Base):
    """A stamped action that somebody has to look at again, because something looked wrong after its stamp."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"), index=True)
    """The action; its signals say why."""
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    """Since when."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When somebody had looked; none: nobody has."""
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The account that looked."""
    decision: Mapped[Decision | None] = mapped_column(enum_column(Decision))
    """What that person decided."""
    note: Mapped[str | None] = mapped_column(String(1000))
    """Why."""

    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_somebody"),
        Index("uq_review_open", "action_id", unique=True, sqlite_where=closed_at.is_(None), postgresql_where=closed_at.is_(None)),
    )
