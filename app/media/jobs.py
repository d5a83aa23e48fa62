"""Work on photographs: look at what arrived, sweep what nobody needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from flask import current_app

from app.database import db
from app.database.transaction import write_transaction
from app.jobs.work import Handler, JobLimits
from app.media import queries
from app.media.service import Store, deriving, store_in, sweeping
from app.media.service.accept import DERIVE, look_later


def _store() -> Store:
    return store_in(current_app.config["SETTINGS"].instance)


def derive(payload: Mapping[str, Any], now: datetime) -> None:
    """Decode the photograph, write its derivatives, strip and remember its EXIF."""
    session = db.session()
    photo = queries.photo(session, int(payload["photo"]))
    if photo is None or not deriving.is_to_be_looked_at(_store(), photo, anew=bool(payload.get("anew"))):
        return
    # Nothing is held while it is decoded.
    session.commit()
    outcome = deriving.derive(_store(), photo.sha256, photo.kind)
    with write_transaction(session):
        deriving.settle(session, photo.id, outcome, now=now)


def give_up(payload: Mapping[str, Any], now: datetime) -> None:
    session = db.session()
    with write_transaction(session):
        deriving.give_up(session, int(payload["photo"]), now=now)


def sweep(_payload: Mapping[str, Any], now: datetime) -> None:
    """The nightly sweep."""
    session, store = db.session(), _store()
    swept = 1
    while swept:
        with write_transaction(session):
            swept = sweeping.forget_unused(session, now=now)
    unneeded, lacking = sweeping.no_longer_needed(session, store, now=now)
    with write_transaction(session):
        sweeping.drop_originals(session, unneeded, now=now)
        for photo_id in (*lacking, *sweeping.to_be_tried_again(session, store)):
            look_later(session, photo_id, now=now)
    for file in sweeping.unfinished(store, now=now):
        file.unlink(missing_ok=True)
    for folder in sweeping.folders(store):
        if sweeping.without_row(session, folder.iterdir(), now=now):
            # Asked again where nothing arrives: bytes of the same name may just have been sent.
            session.rollback()
            with store.sweeping():
                for file in sweeping.without_row(session, folder.iterdir(), now=now):
                    file.unlink(missing_ok=True)
        session.rollback()


LIMITS = JobLimits(time=timedelta(minutes=2), processor_s=20, memory=1 << 30)
"""40 megapixels of HEIC, the most that honest phones ask for, take 2 to 4 s of the processor and 0.4 GiB."""

HANDLERS = {DERIVE: Handler(derive, give_up, LIMITS), "media.sweep": Handler(sweep)}
DAILY = {"media.sweep": time(2, 30)}
