"""Looking at a photograph: decoded outside every transaction, files first, then the row."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.database import Base
from app.media.models import Photo, PhotoBand
from app.media.rules import Fault, ImageKind, PhotoState, bands
from app.media.service.decoding import Seen, Unseen, look_at
from app.media.service.files import Store

PHOTO = Base.metadata.tables[Photo.__tablename__]


def derive(store: Store, sha256: str, kind: ImageKind) -> Seen | Unseen:
    """Decode the original and write its derivatives beside it. Without its file: FileNotFoundError."""
    with store.original(sha256).open("rb") as file:
        outcome = look_at(file, kind)
    if isinstance(outcome, Seen):
        for side, picture in outcome.derivatives.items():
            store.write(store.derivative(sha256, side), picture)
    return outcome


def settle(session: Session, photo_id: int, outcome: Seen | Unseen, *, now: datetime) -> None:
    """Write down what was seen. What was settled before stays as it is."""
    change = _seen(outcome) if isinstance(outcome, Seen) else _unseen(outcome)
    pending = (PHOTO.c.id == photo_id, PHOTO.c.state == PhotoState.PENDING)
    settled = session.execute(update(PHOTO).where(*pending).values(seen_at=now, **change).returning(PHOTO.c.id)).first()
    if settled is not None and isinstance(outcome, Seen) and outcome.look is not None:
        session.execute(insert(PhotoBand), [{"band": band, "photo_id": photo_id} for band in bands(outcome.look)])


def give_up(session: Session, photo_id: int, *, now: datetime) -> None:
    """The photograph counts as broken: looking at it ended badly too often."""
    settle(session, photo_id, Unseen(Fault.GAVE_UP), now=now)


def _seen(seen: Seen) -> dict[str, Any]:
    said = seen.witness
    return {
        "state": PhotoState.READY,
        "width": seen.width,
        "height": seen.height,
        "digest_1600": hashlib.sha256(seen.derivatives[1600]).hexdigest(),
        "digest_320": hashlib.sha256(seen.derivatives[320]).hexdigest(),
        "pixels": seen.pixels,
        "look": None if seen.look is None else f"{seen.look:064x}",
        "taken": said.taken,
        "offset_minutes": said.offset_minutes,
        "lon": said.lon,
        "lat": said.lat,
    }


def _unseen(unseen: Unseen) -> dict[str, Any]:
    return {"state": PhotoState.BROKEN, "fault": unseen.fault, "width": unseen.width, "height": unseen.height}
