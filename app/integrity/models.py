"""What looked wrong, and what a person has to look at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import Document, Serial, UtcTime, word
from app.integrity.rules import Decision, SignalKind


class PhotoSignal(Base):
    """Something that looks wrong with one photograph of an action. It holds what nobody has decided about, and voids nothing."""

    __tablename__ = "photo_signal"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    """The action whose photograph it is."""
    kind: Mapped[SignalKind] = mapped_column(word(SignalKind))
    """What looks wrong."""
    place: Mapped[int] = mapped_column(SmallInteger)
    """The photograph's place among the action's, from 0."""
    other_action_id: Mapped[UUID | None] = mapped_column(ForeignKey("action.id"), index=True)
    """The earlier action that shows the same."""
    values: Mapped[dict[str, Any]] = mapped_column(Document)
    """By how much: minutes, metres."""
    rules_version: Mapped[int] = mapped_column(SmallInteger)
    """The version of the rules that said so."""
    found_at: Mapped[datetime] = mapped_column(UtcTime)
    """When."""

    __table_args__ = (UniqueConstraint("action_id", "kind", "place"),)


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
    decision: Mapped[Decision | None] = mapped_column(word(Decision))
    """What that person decided."""
    note: Mapped[str | None] = mapped_column(String(1000))
    """Why."""

    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_somebody"),
        Index("uq_review_open", "action_id", unique=True, sqlite_where=closed_at.is_(None), postgresql_where=closed_at.is_(None)),
    )
