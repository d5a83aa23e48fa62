"""Programmes and every version of their rules."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import Serial, UtcTime


class Programme(Base):
    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    """As it stands in addresses and on the wire."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class ReplacementDay(Base):
    """A programme's day that a school, a kelurahan or an RW made up for on another day of its week, and why. Never edited."""

    __tablename__ = "replacement_day"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    """The programme whose day it is."""
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    """For whom: those who act at this site; none: in the area."""
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    """For whom: those who act in this kelurahan or RW; none: at the site."""
    moved: Mapped[date]
    """The programme's day."""
    day: Mapped[date]
    """The day that takes its place."""
    reason: Mapped[str] = mapped_column(String(300))
    """Why, as everybody there may read it."""
    declared_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """The account that declared it."""
    tenure_id: Mapped[int] = mapped_column(ForeignKey("tenure.id"))
    """The post by whose right."""
    declared_at: Mapped[datetime] = mapped_column(UtcTime)
    """When."""

    __table_args__ = (
        CheckConstraint("(site_id IS NULL) <> (area_id IS NULL)", name="of_one_place"),
        UniqueConstraint("programme_id", "site_id", "moved"),
        UniqueConstraint("programme_id", "area_id", "moved"),
        Index(None, "programme_id", "day"),
    )


class Pause(Base):
    """Weeks in which a school, a kelurahan, an RW or a city has no programme days. Withdrawn where it was a mistake."""

    __tablename__ = "pause"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    """For whom: those who belong to this site; none: to the area."""
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    """For whom: those whose kelurahan this is or lies in it; none: at the site."""
    name: Mapped[str] = mapped_column(String(60))
    """What it is, as everybody there reads it: "Ramadan"."""
    first_day: Mapped[date]
    """The first day without programme days."""
    last_day: Mapped[date]
    """The last of them, included."""
    declared_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """The account that declared it."""
    tenure_id: Mapped[int] = mapped_column(ForeignKey("tenure.id"))
    """The post by whose right."""
    declared_at: Mapped[datetime] = mapped_column(UtcTime)
    """When."""
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The account that took it back; none while it stands."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When."""

    __table_args__ = (
        CheckConstraint("(site_id IS NULL) <> (area_id IS NULL)", name="of_one_place"),
        CheckConstraint("first_day <= last_day", name="begins_before_it_ends"),
        CheckConstraint("(withdrawn_by IS NULL) = (withdrawn_at IS NULL)", name="withdrawn_by_somebody"),
        Index(None, "site_id", "last_day"),
        Index(None, "area_id", "last_day"),
    )


class ProgrammeVersion(Base):
    """The rules of a programme from a day on, until the next version begins. Never edited: actions point at it."""

    __tablename__ = "programme_version"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    version: Mapped[int]
    """Counts from 1."""
    effective_from: Mapped[date]
    """The first local day on which it holds."""
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The programme file as it was applied (docs/programmes.md). Plain JSON: binary JSON would lose the order of the measures."""
    text: Mapped[str | None] = mapped_column(Text)
    """The file itself, with its comments; none: it was applied before files were kept."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the document."""
    applied_at: Mapped[datetime] = mapped_column(UtcTime)
    """When it was brought in."""
    applied_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The account that brought it in; none: the operator at the command line."""

    __table_args__ = (
        UniqueConstraint("programme_id", "version"),
        UniqueConstraint("programme_id", "effective_from"),
        CheckConstraint("version >= 1", name="version_counts_from_one"),
    )
