"""Reading what is known of photographs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session

from app.media.models import Photo, PhotoBand, PhotoSender
from app.media.rules import NEAR, PHOTOS_SPAN, UNNAMED_SPAN, Fault, PhotosSent, PhotoState, difference, near_bands

Side = Literal[1600, 320]
BATCH_SIZE = 500
"""Values in one IN list."""


@dataclass(frozen=True, slots=True)
class Derivative:
    """A picture that may be shown to whoever may see the action: upright, sRGB, without metadata."""

    sha256: str
    """Of the bytes sent, which name its file."""
    side: int
    digest: str
    """SHA-256 of the picture itself."""


def photo(session: Session, photo_id: int) -> Photo | None:
    """The photograph under the database's own number; None where there is none."""
    return session.get(Photo, photo_id)


def photos(session: Session, digests: Iterable[str]) -> dict[str, Photo]:
    """SHA-256 -> the photograph, for those that are here."""
    return {row.sha256: row for row in session.scalars(select(Photo).where(Photo.sha256.in_(set(digests))))}


_SENT_BY = (
    select(Photo.sha256)
    .join(PhotoSender, PhotoSender.photo_id == Photo.id)
    .where(PhotoSender.account_id == bindparam("account_id"), Photo.sha256.in_(bindparam("digests", expanding=True)))
)


def sent_by(session: Session, account_id: int, digests: Collection[str]) -> frozenset[str]:
    """Those of the SHA-256 whose bytes this account has sent."""
    return frozenset(session.scalars(_SENT_BY, {"account_id": account_id, "digests": list(digests)}))


def unnamed(session: Session, account_id: int, *, now: datetime) -> PhotosSent:
    """What the account has sent within a day and no action has named."""
    return _sent_since(session, account_id, now - UNNAMED_SPAN, PhotoSender.used_at.is_(None))


def sent_lately(session: Session, account_id: int, *, now: datetime) -> PhotosSent:
    """What the account has sent within an hour, named by an action or not."""
    return _sent_since(session, account_id, now - PHOTOS_SPAN)


def _sent_since(session: Session, account_id: int, since: datetime, *also: ColumnElement[bool]) -> PhotosSent:
    asked = (
        select(func.count(), func.coalesce(func.sum(Photo.size), 0), func.min(PhotoSender.sent_at))
        .join(Photo, Photo.id == PhotoSender.photo_id)
        .where(PhotoSender.account_id == account_id, PhotoSender.sent_at > since, *also)
    )
    return PhotosSent(*session.execute(asked).one())


def is_looked_at(photo: Photo) -> bool:
    """Whether somebody has looked at the photograph to an end: its pictures were made, or its own bytes cannot be seen."""
    return photo.state is not PhotoState.PENDING and (photo.fault is None or photo.fault.is_final)


def given_up(session: Session) -> list[tuple[int, str]]:
    """(number, SHA-256) of photographs at which looking was given up, those first that were so longest."""
    gave_up = select(Photo.id, Photo.sha256).where(Photo.fault == Fault.GAVE_UP, Photo.original_dropped_at.is_(None))
    return [(photo_id, sha256) for photo_id, sha256 in session.execute(gave_up.order_by(Photo.seen_at, Photo.id))]


def kept_originals(session: Session, *, seen_before: datetime) -> list[tuple[int, str, PhotoState]]:
    """(number, SHA-256, state) of photographs that were looked at to an end before then and whose originals are still there."""
    kept = (Photo.original_dropped_at.is_(None), Photo.seen_at < seen_before, Photo.fault.is_distinct_from(Fault.GAVE_UP))
    return [
        (photo_id, sha256, state)
        for photo_id, sha256, state in session.execute(select(Photo.id, Photo.sha256, Photo.state).where(*kept))
    ]


def broken(session: Session) -> list[tuple[int, str]]:
    """(number, SHA-256) of photographs that count as broken, their originals dropped or not."""
    found = select(Photo.id, Photo.sha256).where(Photo.state == PhotoState.BROKEN).order_by(Photo.id)
    return [(photo_id, sha256) for photo_id, sha256 in session.execute(found)]


def derivative(session: Session, photo_id: int, side: Side) -> Derivative | None:
    """The derivative with that long side; None while the photograph was not looked at, and when it is broken."""
    found = session.get(Photo, photo_id)
    if found is None or found.state is not PhotoState.READY:
        return None
    digest = found.digest_1600 if side == 1600 else found.digest_320
    return None if digest is None else Derivative(found.sha256, side, digest)


def with_these_pixels(session: Session, pixels: str) -> frozenset[str]:
    """SHA-256 of every photograph that decodes to the same pixels."""
    return frozenset(session.scalars(select(Photo.sha256).where(Photo.pixels == pixels)))


def that_look_like(session: Session, looks: Iterable[int]) -> dict[str, int]:
    """SHA-256 -> difference, for every photograph that lies within 31 of 256 bits of one of the looks."""
    asked = tuple(looks)
    bands = sorted({band for look in asked for band in near_bands(look)})
    near: dict[int, tuple[str, int]] = {}
    for start in range(0, len(bands), BATCH_SIZE):
        some = PhotoBand.band.in_(bands[start : start + BATCH_SIZE])
        rows = session.execute(select(Photo.id, Photo.sha256, Photo.look).join(PhotoBand).where(some).distinct())
        for photo_id, sha256, look in rows:
            if photo_id not in near and look is not None:
                near[photo_id] = (sha256, min(difference(int(look, 16), each) for each in asked))
    return {sha256: far for sha256, far in near.values() if far <= NEAR}


def unused_since(session: Session, before: datetime, *, limit: int) -> list[tuple[int, int]]:
    """(photo, account) of uploads that no action has named."""
    waiting = select(PhotoSender.photo_id, PhotoSender.account_id).where(
        PhotoSender.used_at.is_(None), PhotoSender.sent_at < before
    )
    return [(photo_id, account_id) for photo_id, account_id in session.execute(waiting.limit(limit))]
