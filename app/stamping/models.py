"""Decisions about many actions at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.core.ids import new_id
from app.database import Base
from app.database.types import Document, UtcTime, only_where

_LOOKED_AT = only_where("flagged_at IS NOT NULL AND closed_at IS NULL")


class StampBulk(Base):
    """An officer's one decision about many actions: its stamps name it, and can be taken back together."""

    __tablename__ = "stamp_bulk"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    """Random."""
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Whose word it was."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """The account by which it was given."""
    decided_at: Mapped[datetime] = mapped_column(UtcTime)
    """When."""
    asked: Mapped[int]
    """How many actions were chosen."""
    unseen: Mapped[int | None]
    """How many of these had never been on the officer's screen, as the desk's script told; none: nobody told."""
    flags: Mapped[list[Any]] = mapped_column(Document)
    """Why somebody else has to look at it (stamping.rules.BulkFlag)."""
    flagged_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """Since when somebody has to look; none: nobody has to."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When somebody else had looked, or all of it was taken back."""
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The account that looked."""
    note: Mapped[str | None] = mapped_column(String(1000))
    """What they said of it."""

    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_somebody"),
        Index("ix_stamp_bulk_flagged", "flagged_at", **_LOOKED_AT),
    )
