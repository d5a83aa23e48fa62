"""What looked wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import Document, Serial, UtcTime, enum_column
from app.integrity.rules import SignalKind


class PhotoSignal(Base):
    """Something that looks wrong with one photograph of an action. It holds what nobody has decided about, and voids nothing."""

    __tablename__ = "photo_signal"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    """The action whose photograph it is."""
    kind: Mapped[SignalKind] = mapped_column(enum_column(SignalKind))
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
