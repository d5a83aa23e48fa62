"""Looking at a photograph: decoded outside every transaction, files first, then the row."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.database import Base
from app.media.models import Photo, PhotoBand
from app.media.rules import SIZES, Fault, ImageKind, PhotoState, bands
from app.media.rules.camera import believed
from app.media.service.decoding import DecodedPhoto, Unseen, look_at
from app.media.service.files import Store

PHOTO = Base.metadata.tables[Photo.__tablename__]


def derive(store: Store, sha256: str, kind: ImageKind) -> DecodedPhoto | Unseen:
    """Decode the original and write its derivatives beside it. Without its file: FileNotFoundError."""
    with store.original(sha256).open("rb") as file:
        outcome = look_at(file, kind)
    if isinstance(outcome, DecodedPhoto):
        for side, picture in outcome.derivatives.items():
            store.write(store.derivative(sha256, side), picture)
    return outcome


def is_to_be_looked_at(store: Store, photo: Photo, *, anew: bool) -> bool:
    """Whether nobody has looked at the photograph to an end, or a picture that was made of it is gone.

    Anew: what was found broken is looked at once more.
    """
    if photo.state is PhotoState.READY:
        return store.lacks(photo.sha256) and store.original(photo.sha256).exists()
    if photo.fault is None or not photo.fault.is_final:
        return True
    return anew and store.original(photo.sha256).exists()


def settle(session: Session, photo_id: int, outcome: DecodedPhoto | Unseen, *, now: datetime) -> None:
    """Write down what was seen. A later look changes what could not be seen before, and the digests of pictures made again."""
    asked = select(Photo).where(Photo.id == photo_id).with_for_update().execution_options(populate_existing=True)
    photo = session.scalars(asked).one_or_none()
    if photo is None:
        return
    if photo.state is PhotoState.READY:
        if isinstance(outcome, DecodedPhoto):
            photo.digest_1600, photo.digest_320 = _digests(outcome)
        return
    if isinstance(outcome, Unseen) and photo.fault is outcome.fault and photo.fault.is_final:
        return
    change = _seen(outcome, photo.stored_at) if isinstance(outcome, DecodedPhoto) else _unseen(outcome)
    session.execute(update(PHOTO).where(PHOTO.c.id == photo_id).values(seen_at=now, **change))
    session.expire(photo)
    if isinstance(outcome, DecodedPhoto) and outcome.look is not None:
        session.execute(insert(PhotoBand), [{"band": band, "photo_id": photo_id} for band in bands(outcome.look)])


def give_up(session: Session, photo_id: int, *, now: datetime) -> None:
    """Looking at the photograph ended badly too often. That is no verdict: its original stays, to be looked at again."""
    photo = session.get(Photo, photo_id)
    if photo is not None and (photo.state is PhotoState.PENDING or photo.fault is Fault.GAVE_UP):
        settle(session, photo_id, Unseen(Fault.GAVE_UP), now=now)


def _digests(seen: DecodedPhoto) -> tuple[str, ...]:
    """SHA-256 of the derivatives, the larger first."""
    return tuple(hashlib.sha256(seen.derivatives[side]).hexdigest() for side in SIZES)


def _seen(seen: DecodedPhoto, arrived: datetime) -> dict[str, Any]:
    said = believed(seen.witness, arrived)
    large, small = _digests(seen)
    return {
        "state": PhotoState.READY,
        "fault": None,
        "width": seen.width,
        "height": seen.height,
        "digest_1600": large,
        "digest_320": small,
        "pixels": seen.pixels,
        "look": None if seen.look is None else f"{seen.look:064x}",
        "taken": said.taken,
        "offset_minutes": said.offset_minutes,
        "lon": said.lon,
        "lat": said.lat,
    }


def _unseen(unseen: Unseen) -> dict[str, Any]:
    return {"state": PhotoState.BROKEN, "fault": unseen.fault, "width": unseen.width, "height": unseen.height}
