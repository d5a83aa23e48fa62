"""Whether a photograph may be shown to the public: its owner's consent, and the word of a second person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.core.ids import new_id
from app.database import Base
from app.database.types import UtcTime, only_where

_UNSEEN = only_where("consented_at IS NOT NULL AND cleared_at IS NULL AND declined_at IS NULL")
_SHOWN = only_where("consented_at IS NOT NULL AND cleared_at IS NOT NULL")


class PhotoRelease(Base):
    """Leave for the public to see a photograph: its owner's consent, and an officer's word that it shows no faces."""

    __tablename__ = "photo_release"

    action_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    """The action shown."""
    place: Mapped[int] = mapped_column(primary_key=True)
    """The photograph's place in it, from 0."""
    id: Mapped[UUID] = mapped_column(Uuid, unique=True, default=new_id)
    """Random; the name under which the public sees it."""
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    """The action's; repeated here so that the latest of a programme are found at once."""
    kelurahan_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    """The action's; repeated for the same reason."""
    consented_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When the owner consented; none: not, or no longer."""
    consented_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The owner's account."""
    cleared_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When an officer saw that it shows no faces."""
    cleared_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """That officer's account."""
    declined_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When an officer said that it must not be shown."""
    declined_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """That officer's account."""
    decline_reason: Mapped[str | None] = mapped_column(String(1000))
    """Why, as the owner reads it."""

    __table_args__ = (
        ForeignKeyConstraint(["action_id", "place"], ["action_photo.action_id", "action_photo.place"]),
        CheckConstraint("(consented_at IS NULL) = (consented_by IS NULL)", name="consent_is_somebodys"),
        CheckConstraint("(cleared_at IS NULL) = (cleared_by IS NULL)", name="clearance_is_somebodys"),
        CheckConstraint("consented_by <> cleared_by", name="two_persons_release"),
        CheckConstraint(
            "(declined_at IS NULL) = (declined_by IS NULL) AND (declined_at IS NULL) = (decline_reason IS NULL)",
            name="a_decline_is_whole",
        ),
        CheckConstraint("cleared_at IS NULL OR declined_at IS NULL", name="one_word_stands"),
        Index("ix_photo_release_open", "kelurahan_id", "consented_at", **_UNSEEN),
        Index("ix_photo_release_shown", "cleared_at", **_SHOWN),
        Index("ix_photo_release_shown_kelurahan", "kelurahan_id", "cleared_at", **_SHOWN),
        Index("ix_photo_release_shown_programme", "programme_id", "cleared_at", **_SHOWN),
    )
