"""Recognitions beside the ladder. Derived from the stamps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import UtcTime


class BadgeAward(Base):
    __tablename__ = "badge_award"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    badge: Mapped[str] = mapped_column(String(40), primary_key=True)
    """The code of the badge."""
    earned_at: Mapped[datetime] = mapped_column(UtcTime)
    """The instant of the stamp that completed it."""
