"""Photographs: one row for the bytes, one for each account that sent them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import Serial, UtcTime, enum_column
from app.media.rules import Fault, ImageKind, PhotoState


class Photo(Base):
    """A photograph as bytes, with what was read from it. Its files lie below the instance folder under its SHA-256."""

    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the bytes sent, in hexadecimal."""
    size: Mapped[int]
    """Bytes sent."""
    kind: Mapped[ImageKind] = mapped_column(enum_column(ImageKind))
    """By its first bytes."""
    state: Mapped[PhotoState] = mapped_column(enum_column(PhotoState), default=PhotoState.PENDING)
    """Whether the derivatives are there."""
    fault: Mapped[Fault | None] = mapped_column(enum_column(Fault))
    """Why it cannot be shown."""
    stored_at: Mapped[datetime] = mapped_column(UtcTime)
    """When its bytes were first stored."""
    seen_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When it was decoded, or found broken."""
    original_dropped_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When the bytes sent were deleted; derivatives and this row stay."""
    width: Mapped[int | None]
    """Pixels, as its header says."""
    height: Mapped[int | None]
    """Pixels, as its header says."""
    digest_1600: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the derivative with a long side of 1600 px."""
    digest_320: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the derivative with a long side of 320 px."""
    pixels: Mapped[str | None] = mapped_column(String(64), index=True)
    """SHA-256 of the decoded pixels: equal when only the metadata was changed."""
    look: Mapped[str | None] = mapped_column(String(64))
    """256 bits of what it shows, in hexadecimal; none: too plain to be told from others."""
    taken: Mapped[datetime | None] = mapped_column(DateTime)
    """EXIF's time of the exposure by the camera's clock, without zone."""
    offset_minutes: Mapped[int | None] = mapped_column(SmallInteger)
    """EXIF's offset of that clock east of UTC."""
    lon: Mapped[float | None]
    """EXIF's position, degrees."""
    lat: Mapped[float | None]
    """EXIF's position, degrees."""

    __table_args__ = (
        CheckConstraint("(state = 'broken') = (fault IS NOT NULL)", name="broken_says_why"),
        CheckConstraint("(state = 'pending') = (seen_at IS NULL)", name="seen_when_not_pending"),
        CheckConstraint("(state = 'ready') = (digest_1600 IS NOT NULL AND digest_320 IS NOT NULL)", name="ready_has_derivatives"),
        CheckConstraint("(lon IS NULL) = (lat IS NULL)", name="position_is_whole"),
    )


class PhotoSender(Base):
    """An account that sent a photograph's bytes. Whoever sends the same bytes has a row of their own."""

    __tablename__ = "photo_sender"

    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), primary_key=True)
    """The photograph."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    """The account that sent it."""
    sent_at: Mapped[datetime] = mapped_column(UtcTime)
    """When it first arrived from there."""
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When an action first named it; none: it still waits for one."""

    __table_args__ = (
        Index(None, "account_id", "sent_at"),
        Index("ix_photo_sender_unused", "sent_at", sqlite_where=used_at.is_(None), postgresql_where=used_at.is_(None)),
    )


class PhotoBand(Base):
    """A sixteenth of a photograph's look, by which those that look alike are found."""

    __tablename__ = "photo_band"

    band: Mapped[int] = mapped_column(primary_key=True)
    """Place of the band and its 16 bits in one number (media.rules.bands)."""
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), primary_key=True, index=True)
    """The photograph."""
