"""The facts: what somebody did, and what accountable persons said of it. Facts are added, not edited."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.actions.rules.words import Capacity, PhotoRole, Source, Status
from app.core.geo import Point
from app.core.ids import new_id
from app.database import Base
from app.database.types import Document, Geometry, Serial, UtcTime, enum_column, only_where

_OPEN: dict[str, Any] = {
    "sqlite_where": text("status IN ('waiting', 'held')"),
    "postgresql_where": text("status IN ('waiting', 'held')"),
}
"""Queues hold only what waits for somebody's word."""


_SKEWED = only_where("skew_minutes IS NOT NULL")
_AWAITED = only_where("awaited_since IS NOT NULL AND came_at IS NULL")
_IN_BULK = only_where("bulk_id IS NOT NULL")


class Action(Base):
    """One person's action in one programme, as recorded, with what the assessment found."""

    __tablename__ = "action"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    """Made by the device; the same id is the same action for ever."""
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"))
    """The rules of the day, by which it was judged."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Whose action it was."""
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """The account that sent it."""
    capacity: Mapped[Capacity] = mapped_column(enum_column(Capacity))
    """As whom the person acted; it decides who may stamp."""
    movement: Mapped[str | None] = mapped_column(String(24))
    """The movement in whose name a cadre acted (people.rules.Movement)."""
    status: Mapped[Status] = mapped_column(enum_column(Status))
    """Where it stands; changed by stamps, voids, refusals and withdrawal."""

    captured_at: Mapped[datetime] = mapped_column(UtcTime)
    """The start of the action by the phone's clock."""
    sent_at: Mapped[datetime] = mapped_column(UtcTime)
    """When the phone sent what was stored, by the phone's clock."""
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    """When it reached the server."""
    skew_minutes: Mapped[int | None]
    """Whole minutes by which the phone's clock was ahead when sending; none: it was right, or nobody asked yet."""
    observed_at: Mapped[datetime] = mapped_column(UtcTime)
    """The start of the action, the phone's clock put right."""
    observed_on: Mapped[date]
    """The local day of the place."""
    minutes: Mapped[int | None]
    """How long the action lasted, as told."""

    position: Mapped[Any] = mapped_column(Geometry("POINT"))
    """Where, as told."""
    source: Mapped[Source] = mapped_column(enum_column(Source))
    """Where the position came from."""
    accuracy_m: Mapped[float | None]
    """The device's stated error (95 % radius); only devices state one."""
    fixed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """The positioning system's own time of the fix."""
    cell: Mapped[int] = mapped_column(BigInteger)
    """The h3 cell of resolution 9: all of the position that the public may see."""
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    """The site whose circle judged it."""
    circle_id: Mapped[int | None] = mapped_column(ForeignKey("site_circle.id"))
    """Where that circle lay then."""
    distance_m: Mapped[int | None]
    """Whole metres from the circle's centre."""
    kelurahan_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    """The kelurahan that holds the position; none: outside all that are known."""
    kecamatan_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    """The kecamatan around it then."""
    city_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    """The city around it then."""
    rw_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    """The RW named where it is known, else that of the site or of the post; found at the stamp at the latest."""
    rw_proposed: Mapped[str | None] = mapped_column(String(3))
    """The number that was sent where nothing is known of such an RW: a proposal, which counts nowhere until it is."""
    rt: Mapped[str | None] = mapped_column(String(3))
    """The RT named."""

    measures: Mapped[dict[str, Any]] = mapped_column(Document)
    """What was measured, as sent (numbers of the programme's measures; decimals as strings)."""
    findings: Mapped[list[Any]] = mapped_column(Document)
    """What the assessment found: [code, level, values] each (actions/rules)."""
    attention: Mapped[int] = mapped_column(SmallInteger)
    """The gravest finding: 0 none, 1 look, 2 hold; the order of an officer's queue."""
    note: Mapped[str] = mapped_column(String(1000), default="")
    """The doer's own words."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the content, `sent_at` left out: tells the same submission from another under one id."""

    __table_args__ = (
        UniqueConstraint("id", "person_id"),
        CheckConstraint("minutes >= 0", name="minutes_not_negative"),
        CheckConstraint("(source = 'device') = (accuracy_m IS NOT NULL)", name="device_tells_accuracy"),
        Index(None, "person_id", "observed_on"),
        Index(None, "recorded_by", "received_at"),
        Index("ix_action_skewed", "received_at", **_SKEWED),
        Index("ix_action_queue_kelurahan", "kelurahan_id", "attention", "observed_at", **_OPEN),
        Index("ix_action_queue_site", "site_id", "attention", "observed_at", **_OPEN),
        Index(None, "kelurahan_id", "programme_id", "observed_on"),
        Index("ix_action_position_gist", "position", postgresql_using="gist").ddl_if(dialect="postgresql"),
    )

    @property
    def point(self) -> Point:
        return Point(self.position.x, self.position.y)


class ActionPhoto(Base):
    """A photograph that belongs to an action, in the order sent."""

    __tablename__ = "action_photo"

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"), primary_key=True)
    """The action shown."""
    place: Mapped[int] = mapped_column(primary_key=True)
    """Its place in the order sent, from 0."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    """SHA-256 of the bytes sent."""
    role: Mapped[PhotoRole | None] = mapped_column(enum_column(PhotoRole))
    """What it shows."""
    taken_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When the phone says it was taken; none: the phone does not say."""
    lon: Mapped[float | None] = mapped_column()
    """Longitude in degrees where the phone says it was taken; none: the phone does not say."""
    lat: Mapped[float | None] = mapped_column()
    """Latitude in degrees, told with the longitude."""
    awaited_since: Mapped[datetime | None] = mapped_column(UtcTime)
    """When the action was taken before the bytes had come; none: they came first."""
    came_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When they came after the action; none: they came first, or have not come."""

    __table_args__ = (
        CheckConstraint("(lon IS NULL) = (lat IS NULL)", name="place_is_whole"),
        CheckConstraint("came_at IS NULL OR awaited_since IS NOT NULL", name="what_came_was_awaited"),
        Index("ix_action_photo_awaited", "awaited_since", **_AWAITED),
    )


IS_HERE = ActionPhoto.awaited_since.is_(None) | ActionPhoto.came_at.is_not(None)
"""Whether the recorder has sent the photograph's bytes: one that was only named shows nothing, whoever else has sent the same."""


class Stamp(Base):
    """An accountable person's word that an action counts, and a link in the chain of the person's booklet."""

    __tablename__ = "stamp"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    """Random; the serial that a public check asks for."""
    action_id: Mapped[UUID] = mapped_column(Uuid)
    """The action that counts by it."""
    person_id: Mapped[int]
    """Whose action; repeated here so that the database itself can see that nobody stamps their own."""
    stamper_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Whose word it is."""
    recorder_id: Mapped[int | None] = mapped_column(Serial)
    """The person who recorded an adult's action, taken from the action by the database itself (a trigger), so that it can see
    that nobody stamps what they recorded; none: a pupil's, whose teacher does both, or stamped before this was kept."""
    first_officer_id: Mapped[int | None] = mapped_column(Serial)
    """Who had said so before, where the action is from before the semester of its stamp; none: one officer is enough."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """The account by which it was given."""
    tenure_id: Mapped[int] = mapped_column(ForeignKey("tenure.id"))
    """The post by whose right it was stamped."""
    stamped_at: Mapped[datetime] = mapped_column(UtcTime)
    """When it was given."""
    bulk_id: Mapped[UUID | None] = mapped_column(Uuid)
    """The decision about many actions to which it belongs; none: it was stamped by itself, or before this was kept."""
    note: Mapped[str] = mapped_column(String(1000), default="")
    """Why a held action was released."""
    credits: Mapped[dict[str, Any]] = mapped_column(Document)
    """What it counted for: tally measure -> whole number (programmes.rules.credits)."""
    public_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """From when on the public may learn of it: a child's at the end of the next local day; none: at once."""
    page: Mapped[int]
    """Its number in the person's booklet, from 1."""
    salt: Mapped[str] = mapped_column(String(64))
    """Random; erased with an erased entry, so that its commitment tells nothing."""
    commitment: Mapped[str] = mapped_column(String(64))
    """SHA-256 of salt and content; an erased entry leaves it behind."""
    link: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the previous page's link and this commitment."""
    voided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When it was taken back; none: it stands."""
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The account that took it back."""
    void_reason: Mapped[str | None] = mapped_column(String(1000))
    """Why."""

    __table_args__ = (
        ForeignKeyConstraint(["action_id", "person_id"], ["action.id", "action.person_id"]),
        CheckConstraint("person_id <> stamper_id", name="nobody_stamps_their_own"),
        CheckConstraint("recorder_id <> stamper_id", name="nobody_stamps_what_they_recorded"),
        CheckConstraint("first_officer_id <> stamper_id", name="two_officers_are_two"),
        CheckConstraint(
            "(voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL)",
            name="a_void_is_whole",
        ),
        UniqueConstraint("person_id", "page"),
        Index(None, "stamper_id", "stamped_at"),
        Index("ix_stamp_bulk_id", "bulk_id", **_IN_BULK),
        Index(
            "uq_stamp_valid", "action_id", unique=True,
            sqlite_where=voided_at.is_(None), postgresql_where=voided_at.is_(None),
        ),
        Index(
            "ix_stamp_public_at", "public_at", sqlite_where=public_at.is_not(None), postgresql_where=public_at.is_not(None)
        ),
    )  # fmt: skip


class FirstWord(Base):
    """An officer's word that an action from before the running semester counts: it waits for a second officer's stamp."""

    __tablename__ = "first_word"

    action_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    """The action that does not count yet."""
    person_id: Mapped[int]
    """Whose action; repeated here so that the database itself can see that it is nobody's own."""
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Whose word it is."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """The account by which it was given."""
    tenure_id: Mapped[int] = mapped_column(ForeignKey("tenure.id"))
    """The post by whose right."""
    said_at: Mapped[datetime] = mapped_column(UtcTime)
    """When."""
    note: Mapped[str] = mapped_column(String(1000), default="")
    """What the officer wrote."""

    __table_args__ = (
        ForeignKeyConstraint(["action_id", "person_id"], ["action.id", "action.person_id"]),
        CheckConstraint("person_id <> officer_id", name="nobody_speaks_for_their_own"),
    )


class Refusal(Base):
    """An accountable person's word that an action does not count, and why."""

    __tablename__ = "refusal"

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"), primary_key=True)
    """The action that does not count."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """The account whose word it is."""
    tenure_id: Mapped[int] = mapped_column(ForeignKey("tenure.id"))
    """The post by whose right it was refused."""
    refused_at: Mapped[datetime] = mapped_column(UtcTime)
    """When."""
    reason: Mapped[str] = mapped_column(String(1000))
    """Why, as the doer reads it."""
