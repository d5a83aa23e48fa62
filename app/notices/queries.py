"""Reading notices and subscriptions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.channels.addresses import PushAddress
from app.core.text import Text
from app.notices.models import Notice, PushSubscription
from app.notices.rules import NoticeKind, words
from app.people.models import Account, BrowserSession
from app.people.queries import person_zone

LISTED = 30
"""Notices on one page."""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as its person reads it."""

    uuid: UUID
    kind: NoticeKind
    words: Text
    link: str
    told_at: datetime
    is_new: bool


def told(
    session: Session, person_id: int, *, before: int | None = None, limit: int = LISTED
) -> tuple[tuple[NoticeView, ...], int | None]:
    """The person's notices, the newest first, and before which one the next page begins."""
    asked = select(Notice).where(Notice.person_id == person_id)
    if before is not None:
        asked = asked.where(Notice.id < before)
    found = session.scalars(asked.order_by(Notice.id.desc()).limit(limit + 1)).all()
    return tuple(map(_told, found[:limit])), found[limit - 1].id if len(found) > limit else None


def unread(
    session: Session, person_id: int, *, limit: int, kinds: Collection[NoticeKind] = tuple(NoticeKind)
) -> tuple[NoticeView, ...]:
    """What the person has not read of these kinds, the newest first."""
    asked = select(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None), Notice.kind.in_(kinds))
    return tuple(map(_told, session.scalars(asked.order_by(Notice.id.desc()).limit(limit))))


def count_unread(session: Session, person_id: int) -> int:
    """How many of their notices the person has not read."""
    return session.scalars(select(func.count()).where(Notice.person_id == person_id, Notice.read_at.is_(None))).one()


def is_told(session: Session, uuid: UUID) -> bool:
    """Whether a notice of that id was written before."""
    return session.scalar(select(Notice.id).where(Notice.uuid == uuid)) is not None


def _told(notice: Notice) -> NoticeView:
    return NoticeView(
        notice.uuid, notice.kind, words(notice.kind, notice.values), notice.link, notice.told_at, notice.read_at is None
    )


def is_live() -> ColumnElement[bool]:
    """A browser is still signed in as it was when it asked: no new password, no sign-out there or everywhere since."""
    is_there = exists().where(BrowserSession.digest == PushSubscription.session_digest).correlate(PushSubscription)
    return and_(
        PushSubscription.account_id == Account.id,
        PushSubscription.session_key == Account.session_key,
        or_(PushSubscription.session_digest.is_(None), is_there),
    )


@dataclass(frozen=True, slots=True)
class Ringing:
    """A notice that is still news, with the language and the browsers of its person."""

    told: NoticeView
    language: str
    zone: str
    """In which the person lives."""
    addresses: dict[str, PushAddress]
    """By their digest."""


def ringing(session: Session, notice_id: int) -> Ringing | None:
    """What there is to be pushed; None when it was read or nobody is signed in to be told."""
    notice = session.get(Notice, notice_id)
    if notice is None or notice.read_at is not None:
        return None
    account = session.scalars(
        select(Account).where(Account.person_id == notice.person_id, Account.disabled_at.is_(None))
    ).one_or_none()
    if account is None:
        return None
    found = session.scalars(select(PushSubscription).join(Account, is_live()).where(Account.id == account.id))
    addresses = {row.digest: PushAddress(row.endpoint, row.p256dh, row.auth) for row in found}
    return Ringing(_told(notice), account.language, person_zone(session, notice.person_id), addresses)
