"""What nobody needs any more goes: uploads without an action, originals that were looked at, files without a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import delete, exists, select, tuple_, update
from sqlalchemy.orm import Session

from app.database import Base
from app.media.models import Photo, PhotoBand, PhotoSender
from app.media.queries import given_up, kept_originals, photos, unused_since
from app.media.rules import ORIGINAL_TTL, ORPHAN_TTL, SIZES, UPLOAD_TTL, Fault, PhotoState
from app.media.service.files import INCOMING, ORIGINAL, Store

PHOTO, SENDER, BAND = (Base.metadata.tables[table.__tablename__] for table in (Photo, PhotoSender, PhotoBand))
BATCH_SIZE = 200
TRIED_AGAIN = 50
"""Photographs that nobody could look at and that are tried again in one night; each may take a minute of the processor."""


def forget_unused(session: Session, *, now: datetime) -> int:
    """Up to 200 uploads that no action named within 40 days are forgotten; how many. Their files are then without a row."""
    waiting = unused_since(session, now - UPLOAD_TTL, limit=BATCH_SIZE)
    if not waiting:
        return 0
    unused = (SENDER.c.used_at.is_(None), tuple_(SENDER.c.photo_id, SENDER.c.account_id).in_(waiting))
    gone = {photo_id for (photo_id,) in session.execute(delete(SENDER).where(*unused).returning(SENDER.c.photo_id))}
    # Locked first: whoever sends the same bytes again writes a sender under this lock.
    locked = list(session.scalars(select(Photo.id).where(Photo.id.in_(gone)).order_by(Photo.id).with_for_update()))
    alone = select(Photo.id).where(Photo.id.in_(locked), ~exists().where(PhotoSender.photo_id == Photo.id))
    ids = list(session.scalars(alone))
    session.execute(delete(BAND).where(BAND.c.photo_id.in_(ids)))
    session.execute(delete(PHOTO).where(PHOTO.c.id.in_(ids)))
    return len(waiting)


def no_longer_needed(session: Session, store: Store, *, now: datetime) -> tuple[list[int], list[int]]:
    """Photographs looked at to an end 7 days ago: whose originals can go, and whose pictures have to be made again first."""
    seen = kept_originals(session, seen_before=now - ORIGINAL_TTL)
    lacking = {photo_id for photo_id, sha256, state in seen if state is PhotoState.READY and store.lacks(sha256)}
    return [photo_id for photo_id, *_ in seen if photo_id not in lacking], sorted(lacking)


def to_be_tried_again(session: Session, store: Store) -> list[int]:
    """Photographs at which looking was given up and whose originals are there, a night's share of them."""
    there = (photo_id for photo_id, sha256 in given_up(session) if store.original(sha256).exists())
    return list(islice(there, TRIED_AGAIN))


def drop_originals(session: Session, photo_ids: Sequence[int], *, now: datetime) -> None:
    """The originals of these are no longer kept; their files are then swept."""
    for start in range(0, len(photo_ids), BATCH_SIZE):
        some = PHOTO.c.id.in_(photo_ids[start : start + BATCH_SIZE])
        session.execute(update(PHOTO).where(some, PHOTO.c.fault.is_distinct_from(Fault.GAVE_UP)).values(original_dropped_at=now))


def folders(store: Store) -> Iterator[Path]:
    """Every folder that may hold photographs."""
    yield from sorted(store.folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]"))


def unfinished(store: Store, *, now: datetime) -> list[Path]:
    """What began to arrive more than a day ago and never did."""
    return [file for file in (store.folder / INCOMING).glob("*") if _is_old(file, now)]


def without_row(session: Session, files: Iterable[Path], *, now: datetime) -> list[Path]:
    """Those of the files that no row speaks of, a day after they were written."""
    old = [file for file in files if _is_old(file, now)]
    known = photos(session, {_sha256(file) for file in old})
    return [file for file in old if file.name not in _names(known.get(_sha256(file)))]


def _names(photo: Photo | None) -> set[str]:
    """The files that a photograph's row speaks of."""
    if photo is None:
        return set()
    original = {f"{photo.sha256}.{ORIGINAL}"} if photo.original_dropped_at is None else set()
    derivatives = {f"{photo.sha256}.{side}.webp" for side in SIZES} if photo.state is PhotoState.READY else set()
    return original | derivatives


def _sha256(file: Path) -> str:
    return file.name.partition(".")[0]


def _is_old(file: Path, now: datetime) -> bool:
    try:
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except FileNotFoundError:
        return False
    return written < now - ORPHAN_TTL
