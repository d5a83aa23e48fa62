"""Taking photographs in: the row after the file, one for the bytes and one for each sender."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.core.errors import TooMany
from app.core.text import Text
from app.database import Base
from app.database.upsert import unless_there
from app.jobs.queue import ask_again
from app.media.models import Photo, PhotoSender
from app.media.queries import is_looked_at, sent_lately, unnamed
from app.media.rules import PhotosSent, PhotoState, wait_for_room, wait_for_turn
from app.media.service.files import Arrived, Store

PHOTO, SENDER = (Base.metadata.tables[table.__tablename__] for table in (Photo, PhotoSender))
DERIVE = "media.derive"


def ask_for_room(session: Session, account_id: int, size: int, *, now: datetime) -> None:
    """The account may send that many bytes.

    Raises TooMany where it has sent much within an hour, or much that no action names.
    """
    _refuse_what_is_too_much(unnamed(session, account_id, now=now), size, now)
    _refuse_what_is_too_fast(sent_lately(session, account_id, now=now), size, now)


def keep(session: Session, arrived: Arrived, account_id: int, *, now: datetime) -> bool:
    """Write down that the account sent these bytes, whose file is there; whether that is news. New bytes will be looked at.

    Raises TooMany where the account has sent much within an hour, or much that no action names.
    """
    photo_id = _photo(session, arrived, now)
    row = {"photo_id": photo_id, "account_id": account_id, "sent_at": now}
    sender = unless_there(session, SENDER, "photo_id", "account_id", gives="photo_id")
    if session.execute(sender, row).first() is None:
        return False
    _refuse_what_is_too_much(_before(unnamed(session, account_id, now=now), arrived), arrived.size, now)
    _refuse_what_is_too_fast(_before(sent_lately(session, account_id, now=now), arrived), arrived.size, now)
    return True


def _before(sent: PhotosSent, arrived: Arrived) -> PhotosSent:
    return replace(sent, photos=sent.photos - 1, size=sent.size - arrived.size)


def _refuse_what_is_too_fast(sent: PhotosSent, size: int, now: datetime) -> None:
    wait = wait_for_turn(sent, size, now)
    if wait is not None:
        raise TooMany(
            math.ceil(wait.total_seconds()),
            Text("Sudah banyak foto dari akun ini dalam satu jam. Coba lagi nanti; yang di kotak keluar terkirim otomatis."),
            "photos_too_fast",
        )


def _refuse_what_is_too_much(sent: PhotosSent, size: int, now: datetime) -> None:
    wait = wait_for_room(sent, size, now)
    if wait is not None:
        raise TooMany(
            math.ceil(wait.total_seconds()),
            Text("Hari ini sudah banyak foto terkirim yang belum menjadi aksi. Kirim dulu aksinya, atau coba lagi besok."),
            "photos_unnamed",
        )


def _photo(session: Session, arrived: Arrived, now: datetime) -> int:
    row = {
        "sha256": arrived.sha256,
        "size": arrived.size,
        "kind": arrived.kind,
        "state": PhotoState.PENDING,
        "stored_at": now,
    }
    photo_id = session.scalar(unless_there(session, PHOTO, "sha256", gives="id"), row)
    if photo_id is not None:
        look_later(session, int(photo_id), now=now)
        return int(photo_id)
    # Locked, so that no sweep takes the row before its new sender is written down.
    known = session.scalars(select(Photo).where(Photo.sha256 == arrived.sha256).with_for_update()).one_or_none()
    if known is None:
        raise RuntimeError("a photograph's row went away while it was sent again")
    if not is_looked_at(known):
        look_later(session, known.id, now=now)
    return known.id


def look_later(session: Session, photo_id: int, *, now: datetime, anew: bool = False) -> None:
    """Ask for the photograph to be looked at, also where that was done or given up before; once as long as it waits."""
    ask_again(session, DERIVE, {"photo": photo_id} | ({"anew": True} if anew else {}), f"{DERIVE} {photo_id}", now=now)


def make_again(session: Session, store: Store, photo_id: int, sha256: str, *, now: datetime) -> bool:
    """A picture that was made of the photograph is gone: ask for it once more; False where its original is gone as well."""
    if not store.original(sha256).exists():
        return False
    look_later(session, photo_id, now=now)
    return True


def claim(session: Session, account_id: int, digests: Collection[str], *, now: datetime) -> frozenset[str]:
    """The account's uploads now belong to an action and wait no longer; which of the SHA-256 it has not sent."""
    mine = select(Photo.id).where(Photo.sha256.in_(set(digests)))
    used = (
        update(SENDER)
        .where(SENDER.c.account_id == account_id, SENDER.c.photo_id.in_(mine))
        .values(used_at=func.coalesce(SENDER.c.used_at, now))
        .returning(SENDER.c.photo_id)
    )
    ids = list(session.scalars(used))
    here = frozenset(session.scalars(select(Photo.sha256).where(Photo.id.in_(ids))))
    return frozenset(digests) - here
