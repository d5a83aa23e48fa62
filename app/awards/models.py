"""Belts and stripes on the ladder and the badges beside it, with the day on which each was earned. Derived from the stamps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import UtcTime


class Award(Base):
    """A rung of the ladder that a person's count has reached, and the stamp's instant that reached it."""

    __tablename__ = "award"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    threshold: Mapped[int] = mapped_column(primary_key=True)
    """The count at which the rung stands."""
    belt: Mapped[str] = mapped_column(String(24))
    """The belt of the rung."""
    stripes: Mapped[int]
    """The stripes on it."""
    earned_at: Mapped[datetime] = mapped_column(UtcTime)
    """The instant of the stamp that reached it."""


class BadgeAward(Base):
    """A badge that a person has completed."""

    __tablename__ = "badge_award"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    badge: Mapped[str] = mapped_column(String(40), primary_key=True)
    """The code of the badge."""
    earned_at: Mapped[datetime] = mapped_column(UtcTime)
    """The instant of the stamp that completed it."""
