"""Areas, their outlines and codes through time; sites and the circles around them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from shapely.geometry.base import BaseGeometry
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.core.geo import Point
from app.core.ids import new_id
from app.database import Base
from app.database.types import Geometry, Serial, UtcTime, enum_column
from app.places.rules.words import AreaLevel as AreaLevel
from app.places.rules.words import SiteKind as SiteKind


class Area(Base):
    """A part of the city. An RW is a name below its kelurahan and has no outline."""

    __tablename__ = "area"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    level: Mapped[AreaLevel] = mapped_column(enum_column(AreaLevel))
    """City, kecamatan, kelurahan or RW."""
    code: Mapped[str] = mapped_column(String(40), unique=True)
    """The code in force: Kemendagri's PP.KK.CC.VVVV; an RW is "<code of its kelurahan>/05"."""
    name: Mapped[str] = mapped_column(String(120))
    """As people say it; an RW by its number."""
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    """The area in which it lies."""
    timezone: Mapped[str] = mapped_column(String(40), default="Asia/Jakarta")
    """The zone whose days count here."""
    population: Mapped[int | None]
    """People who live there; none: not known."""
    households: Mapped[int | None]
    """Households there; none: not known."""
    is_demo: Mapped[bool] = mapped_column(default=False)
    """Invented, for looking around."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When it ceased to be; none: it is."""

    __table_args__ = (
        CheckConstraint("population >= 0", name="population_not_negative"),
        CheckConstraint("households >= 0", name="households_not_negative"),
        CheckConstraint("level <> 'rw' OR parent_id IS NOT NULL", name="rw_has_kelurahan"),
        Index(None, "level", "closed_at"),
    )


class AreaCode(Base):
    """A code that an area has or had. Codes of other registers (BPS) are aliases."""

    __tablename__ = "area_code"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    register: Mapped[str] = mapped_column(String(20), default="kemendagri")
    """Whose code it is: kemendagri, bps, ...."""
    code: Mapped[str] = mapped_column(String(40), index=True)
    """The code in that register."""
    valid_from: Mapped[datetime] = mapped_column(UtcTime)
    valid_until: Mapped[datetime | None] = mapped_column(UtcTime)


class AreaOutline(Base):
    """Where an area lay during a span of time."""

    __tablename__ = "area_outline"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    outline: Mapped[BaseGeometry] = mapped_column(Geometry("MULTIPOLYGON"))
    """The multipolygon."""
    area_km2: Mapped[float]
    """Square kilometres on the ellipsoid."""
    source: Mapped[str] = mapped_column(String(400))
    """Who drew it."""
    valid_from: Mapped[datetime] = mapped_column(UtcTime)
    valid_until: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (
        Index("ix_area_outline_outline_gist", "outline", postgresql_using="gist").ddl_if(dialect="postgresql"),
        Index(
            "uq_area_outline_current", "area_id", unique=True,
            sqlite_where=valid_until.is_(None), postgresql_where=valid_until.is_(None),
        ),
    )  # fmt: skip


class PlaceRevision(Base):
    """One row: another number whenever areas or outlines change, so that every process loads its tree of outlines again."""

    __tablename__ = "place_revision"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Always 1."""
    revision: Mapped[int]
    """Drawn anew with each change."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


class Site(Base):
    """A school or workplace around which actions count."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, unique=True, default=new_id)
    kind: Mapped[SiteKind] = mapped_column(enum_column(SiteKind))
    """School or workplace."""
    name: Mapped[str] = mapped_column(String(160))
    """As people say it."""
    npsn: Mapped[str | None] = mapped_column(String(8), unique=True)
    """A school's national number."""
    kelurahan_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    """The kelurahan in which its centre lies."""
    rw_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    """The RW in which it lies."""
    rt: Mapped[str | None] = mapped_column(String(3))
    """The RT in which it lies."""
    pupils: Mapped[int | None]
    """How many pupils a school has; none: not known."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When an officer said that it is real; none: nobody has."""
    confirmed_by: Mapped[int | None] = mapped_column(Serial)
    """The account's number, without a foreign key: accounts stand above places."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When it ceased to be; none: it is."""

    __table_args__ = (
        CheckConstraint("npsn IS NULL OR length(npsn) = 8", name="npsn_has_eight_digits"),
        CheckConstraint("pupils IS NULL OR (pupils > 0 AND kind = 'school')", name="pupils_are_a_schools"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmation_names_its_officer"),
    )


class SiteCircle(Base):
    """Where a site's circle lay during a span of time; without a radius of its own it has its programme's."""

    __tablename__ = "site_circle"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    centre: Mapped[Any] = mapped_column(Geometry("POINT"))
    """The middle of the circle."""
    radius_m: Mapped[float | None]
    """Metres; none: the programme's."""
    valid_from: Mapped[datetime] = mapped_column(UtcTime)
    valid_until: Mapped[datetime | None] = mapped_column(UtcTime)
    set_by: Mapped[int | None] = mapped_column(Serial)
    """The account that set it, without a foreign key."""

    __table_args__ = (
        CheckConstraint("radius_m > 0", name="radius_positive"),
        Index("ix_site_circle_centre_gist", "centre", postgresql_using="gist").ddl_if(dialect="postgresql"),
        Index(
            "uq_site_circle_current", "site_id", unique=True,
            sqlite_where=valid_until.is_(None), postgresql_where=valid_until.is_(None),
        ),
    )  # fmt: skip

    @property
    def point(self) -> Point:
        return Point(self.centre.x, self.centre.y)
