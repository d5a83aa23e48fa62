"""Persons (whose actions), accounts (who signs in), posts held through time, access tokens."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.ids import new_id, new_secret
from app.database import Base
from app.database.types import Serial, UtcTime, enum_column
from app.people.rules import ActiveTenure, MembershipOutcome, Movement, Post


class Person(Base):
    """Somebody whose actions are counted."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, unique=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    """The name that others read, while they may."""
    name_hidden_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When an administrator hid the name from others; none: they read it."""
    is_adult: Mapped[bool]
    """18 or older; children have no account and are on no board."""
    shown: Mapped[bool] = mapped_column(default=True)
    """Whether boards may show this person; changed only by leaderboard.service.set_visibility."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When name and traces were taken away."""

    __table_args__ = (CheckConstraint("is_adult OR NOT shown", name="children_are_never_shown"),)


class Account(UserMixin, Base):
    """Somebody who signs in. Only adults have one."""

    __tablename__ = "account"
    __allow_unmapped__ = True
    """`session_secret` is no column: it is what this request's browser brought along."""

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    """The sign-in name: 2-40 of a-z 0-9 . _ -."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    """The person who signs in."""
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """Argon2id; none: no password yet."""
    language: Mapped[str] = mapped_column(String(2), default="id")
    """Id or en."""
    session_key: Mapped[str] = mapped_column(String(64), default=new_secret)
    """Changed with the password and when a post ends: every session that began with another one is over."""
    notice_hour: Mapped[int | None] = mapped_column(SmallInteger)
    """The hour, by the clock where the person lives, at which they are told what waits for their stamp; none: the usual one."""
    reminder_hour: Mapped[int | None] = mapped_column(SmallInteger)
    """The hour, by that clock, at which they are reminded of a programme's day; none: not at all."""
    residence_id: Mapped[int | None] = mapped_column(Serial)
    """The kelurahan in which its holder says they live, without a foreign key: a preference, which gives no right."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When sign-in was closed; none: it is open."""

    __table_args__ = (
        CheckConstraint("notice_hour BETWEEN 6 AND 20", name="notices_come_by_day"),
        CheckConstraint("reminder_hour BETWEEN 6 AND 11", name="reminders_come_in_the_morning"),
    )

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    session_secret: str = ""
    """The secret of the browser's session in which the account is at work; "" for a program and a command."""

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None

    def get_id(self) -> str:
        """What cookies name: the session, never the account."""
        return self.session_secret


class BrowserSession(Base):
    """A browser that is signed in. It is over when the row is gone, when its time is up, and with the account's `session_key`."""

    __tablename__ = "browser_session"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256, in hexadecimal, of the secret that its cookies carry."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    session_key: Mapped[str] = mapped_column(String(64))
    """The account's when it began; once the account has another, this session is over."""
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    """When somebody signed in."""
    expires_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    """From when on it opens nothing."""


class AccessToken(Base):
    """A key for a program. Only its SHA-256 is kept."""

    __tablename__ = "access_token"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the token, in hexadecimal."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When it was ended; none: it opens still."""


class Tenure(Base):
    """A post that a person holds at an area or a site, from a day until a day (both included)."""

    __tablename__ = "tenure"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post: Mapped[Post] = mapped_column(enum_column(Post))
    """The office."""
    movement: Mapped[Movement | None] = mapped_column(enum_column(Movement))
    """In whose name a cadre works."""
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    valid_from: Mapped[date | None]
    """None: since before anybody wrote it down."""
    valid_until: Mapped[date | None]
    """The last day; none: still held."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When it was taken away before its last day was over, which then counts no more; none: held to the end of that day."""
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The account that gave the post; none: the operator at the command line."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (
        CheckConstraint("(area_id IS NULL) <> (site_id IS NULL)", name="one_place"),
        CheckConstraint("valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until", name="span_in_order"),
        CheckConstraint("ended_at IS NULL OR valid_until IS NOT NULL", name="what_ended_has_a_last_day"),
        CheckConstraint("movement IS NULL OR post = 'cadre'", name="only_cadres_have_a_movement"),
        Index(None, "person_id", "post"),
    )

    def active(self) -> ActiveTenure:
        """This row as a value for the rules."""
        return ActiveTenure(
            tenure_id=self.id,
            post=self.post,
            movement=self.movement,
            area_id=self.area_id,
            site_id=self.site_id,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            ended_at=self.ended_at,
        )


class MembershipRequest(Base):
    """Somebody asks to belong to a site; a person has one request that waits."""

    __tablename__ = "membership_request"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, unique=True, default=new_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    """Who asks."""
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    """The site to which they would like to belong."""
    ends_others: Mapped[bool]
    """Whether they move: what they belong to as a volunteer elsewhere ends once this is confirmed."""
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    """When; what they record from that day on gets the site once it is confirmed."""
    outcome: Mapped[MembershipOutcome | None] = mapped_column(enum_column(MembershipOutcome))
    """What became of it; none: it waits."""
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When that was said."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The account that said so: an officer's, else the person's own."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why it was refused, as the person reads it."""

    __table_args__ = (
        CheckConstraint(
            "(outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (decided_by IS NULL)", name="an_answer_is_whole"
        ),
        Index(
            "uq_membership_request_waiting", "person_id", unique=True,
            sqlite_where=outcome.is_(None), postgresql_where=outcome.is_(None),
        ),
    )  # fmt: skip


class AttemptCounter(Base):
    """How often something was tried in vain of late, under a name or from an address. Rows of quiet days are swept."""

    __tablename__ = "try_count"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    """What was tried, and the SHA-256 of the name or address."""
    tries: Mapped[int]
    """How many; whoever succeeds takes theirs back."""
    last_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    """When the last of them was."""

    __table_args__ = (CheckConstraint("tries >= 0", name="tries_not_negative"),)


class ResetCode(Base):
    """A code, told by somebody above, with which a new password can be chosen once."""

    __tablename__ = "reset_code"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    """Whose password it opens."""
    code_hash: Mapped[str] = mapped_column(String(200))
    """Argon2id of the code."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The account that handed it out; none: the operator at the command line."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    """From when on it opens nothing."""
    tries: Mapped[int] = mapped_column(default=0)
    """How often a code was typed for this one."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When it was used or replaced; none: it may open still."""

    __table_args__ = (
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        Index(
            "uq_reset_code_open", "account_id", unique=True, sqlite_where=ended_at.is_(None), postgresql_where=ended_at.is_(None)
        ),
    )


class Invitation(Base):
    """A post offered to whoever holds the link, once. The link is its uuid, signed; it is kept nowhere."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, unique=True, default=new_id)
    post: Mapped[Post] = mapped_column(enum_column(Post))
    """The office that is offered."""
    movement: Mapped[Movement | None] = mapped_column(enum_column(Movement))
    """In whose name the cadre will work."""
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str] = mapped_column(String(120))
    """Whom the letter addresses."""
    invited_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    """The account whose post stands above the one that is offered."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    """From when on it opens nothing."""
    accepted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When somebody took the post; none: nobody has."""
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The account that took it."""
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When it was taken back; none: it was not."""
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When the post began: at once, or when whoever invited said that the right person took it; none: it did not."""
    declined_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When whoever invited said that somebody else had taken it; none: they did not."""

    __table_args__ = (
        CheckConstraint("(area_id IS NULL) <> (site_id IS NULL)", name="one_place"),
        CheckConstraint("movement IS NULL OR post = 'cadre'", name="only_cadres_have_a_movement"),
        CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL)", name="acceptance_names_its_account"),
        CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name="accepted_or_revoked"),
        CheckConstraint(
            "(confirmed_at IS NULL OR declined_at IS NULL)"
            " AND (accepted_at IS NOT NULL OR COALESCE(confirmed_at, declined_at) IS NULL)",
            name="one_word_on_who_accepted",
        ),
    )
