"""What was there before, and what is aimed at."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import Serial, UtcTime, enum_column
from app.indicators.rules import FigureKind


class FigureVersion(Base):
    """A baseline or target as it was once written down. Rows are added, never changed: the latest of a day is in force."""

    __tablename__ = "figure_version"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[FigureKind] = mapped_column(enum_column(FigureKind))
    """Which of the two."""
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    """The code of the indicator."""
    day: Mapped[date]
    """On which it was counted, or by which it is to be reached."""
    value: Mapped[Decimal] = mapped_column(Numeric(16, 3))
    """What was counted, or what is aimed at."""
    source: Mapped[str] = mapped_column(String(400))
    """Who counted or set it, and where it is written."""
    reason: Mapped[str] = mapped_column(String(400), default="")
    """Why it replaces what was there; empty: nobody said."""
    recorded_at: Mapped[datetime] = mapped_column(UtcTime)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (Index("ix_figure_version_place", "programme_id", "area_id", "kind", "indicator"),)


class AreaBaseline(Base):
    """The count of an indicator in an area before the programme, with its source: the version in force."""

    __tablename__ = "baseline"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    """The code of the indicator."""
    value: Mapped[Decimal] = mapped_column(Numeric(16, 3))
    """What was counted before."""
    counted_on: Mapped[date]
    """The day of that count."""
    source: Mapped[str] = mapped_column(String(400))
    """Who counted, and where it is written."""
    recorded_at: Mapped[datetime] = mapped_column(UtcTime)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (UniqueConstraint("programme_id", "area_id", "indicator", "counted_on"),)


class AreaTarget(Base):
    """What an area means to reach of an indicator by a day: the version in force."""

    __tablename__ = "target"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    """The code of the indicator."""
    value: Mapped[Decimal] = mapped_column(Numeric(16, 3))
    """What is aimed at."""
    due_on: Mapped[date]
    """By when."""
    source: Mapped[str] = mapped_column(String(400))
    """Who set it, and where it is written."""
    recorded_at: Mapped[datetime] = mapped_column(UtcTime)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (UniqueConstraint("programme_id", "area_id", "indicator", "due_on"),)
