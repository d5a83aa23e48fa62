"""Telling persons what happened: a row for their page, and a job for the browsers that asked for it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session

from app.channels.addresses import PushAddress
from app.core.ids import new_id
from app.database import Base
from app.database.rows import rows
from app.database.upsert import insert_for
from app.jobs import queue
from app.notices.models import Notice, PushSubscription
from app.notices.queries import is_live, is_told
from app.notices.rules import NoticeKind, not_before
from app.people.models import Account
from app.people.queries import person_zone, token_digest

PUSH = "notices.push"
RETENTION = timedelta(days=90)
"""How long a notice stays on its person's page."""
MAX_BROWSERS = 10
"""Browsers of one account; one more takes the place of the oldest."""

_NOTICE = Base.metadata.tables[Notice.__tablename__]


@dataclass(frozen=True, slots=True)
class News:
    """What somebody is to be told."""

    person_id: int
    kind: NoticeKind
    values: dict[str, Any]
    link: str
    uuid: UUID = field(default_factory=new_id)


def tell(session: Session, news: Sequence[News], *, now: datetime) -> None:
    """Tell it to those who can sign in; a child is told by whoever recorded for them."""
    if not news:
        return
    people = {each.person_id for each in news}
    signed_up = select(Account.person_id, Account.id).where(Account.person_id.in_(people), Account.disabled_at.is_(None))
    accounts: dict[int, int] = dict(rows(session, signed_up, {}).all())
    heard = [each for each in news if each.person_id in accounts]
    if not heard:
        return
    told = [
        {"uuid": e.uuid, "person_id": e.person_id, "kind": e.kind, "values": e.values, "link": e.link, "told_at": now}
        for e in heard
    ]
    session.connection().execute(insert(_NOTICE), told)
    asked = select(PushSubscription.account_id).join(Account, is_live()).where(Account.id.in_(accounts.values()))
    listening = set(session.scalars(asked.distinct()))
    ringing = [each_told["uuid"] for each_told, each in zip(told, heard, strict=True) if accounts[each.person_id] in listening]
    if ringing:
        asked_for = select(_NOTICE.c.id, _NOTICE.c.person_id).where(_NOTICE.c.uuid.in_(ringing)).order_by(_NOTICE.c.id)
        for notice_id, person_id in session.execute(asked_for).all():
            when = not_before(now, person_zone(session, person_id))
            queue.enqueue(session, PUSH, {"notice": notice_id}, now=now, run_after=when)


def tell_afresh(session: Session, news: News, *, now: datetime) -> None:
    """Tell it in the place of what was told of the same kind and not read; told already, nothing changes."""
    if is_told(session, news.uuid):
        return
    unread = (Notice.person_id == news.person_id, Notice.kind == news.kind, Notice.read_at.is_(None))
    session.execute(delete(Notice).where(*unread))
    tell(session, [news], now=now)


def read(
    session: Session, person_id: int, *, up_to: UUID, now: datetime, kinds: Collection[NoticeKind] = tuple(NoticeKind)
) -> None:
    """The person has read this notice and all of these kinds before it."""
    last = select(Notice.id).where(Notice.uuid == up_to, Notice.person_id == person_id).scalar_subquery()
    session.execute(
        update(Notice)
        .where(Notice.person_id == person_id, Notice.read_at.is_(None), Notice.id <= last, Notice.kind.in_(kinds))
        .values(read_at=now)
    )


def subscribe(session: Session, account: Account, address: PushAddress, *, now: datetime) -> None:
    """Push to this browser until its session is over; it belongs to the account that asked last."""
    row = {
        "digest": digest(address.endpoint),
        "account_id": account.id,
        "session_key": account.session_key,
        "session_digest": token_digest(account.session_secret) if account.session_secret else None,
        "endpoint": address.endpoint,
        "p256dh": address.p256dh,
        "auth": address.auth,
        "created_at": now,
    }
    changed = {name: value for name, value in row.items() if name != "digest"}
    session.execute(
        insert_for(session, PushSubscription).values(row).on_conflict_do_update(index_elements=["digest"], set_=changed)
    )
    newest = select(PushSubscription.digest).where(PushSubscription.account_id == account.id)
    kept = set(session.scalars(newest.order_by(PushSubscription.created_at.desc(), PushSubscription.digest).limit(MAX_BROWSERS)))
    session.execute(
        delete(PushSubscription).where(PushSubscription.account_id == account.id, PushSubscription.digest.not_in(kept))
    )


def unsubscribe(session: Session, account_id: int, endpoint: str) -> None:
    """Push no longer to this browser; asked again, nothing changes."""
    session.execute(
        delete(PushSubscription).where(PushSubscription.digest == digest(endpoint), PushSubscription.account_id == account_id)
    )


def forget(session: Session, digests: Collection[str]) -> None:
    """Nobody listens at these any more."""
    session.execute(delete(PushSubscription).where(PushSubscription.digest.in_(digests)))


def sweep(session: Session, *, now: datetime) -> None:
    """What was told 90 days ago is forgotten, and the browsers whose sessions are over."""
    session.execute(delete(Notice).where(Notice.told_at < now - RETENTION))
    session.execute(delete(PushSubscription).where(~exists().where(is_live())))


def digest(endpoint: str) -> str:
    """SHA-256 of a browser's address at its push service, in hexadecimal: by it the address is found again."""
    return hashlib.sha256(endpoint.encode()).hexdigest()
