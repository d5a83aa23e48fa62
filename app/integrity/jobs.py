"""Work on what looks wrong: an action's photographs are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.actions import queries as actions
from app.database import db
from app.database.transaction import write_transaction
from app.integrity import service
from app.jobs.work import Handler, RetryLater

UNTIL_DECODED = timedelta(seconds=5)
BATCH_SIZE = 100
"""Actions in one transaction: nobody waits long for the write lock."""


def inspect(payload: Mapping[str, Any], now: datetime) -> None:
    """Compare the action's photographs with the action and with those of all others."""
    session = db.session()
    action = actions.action(session, UUID(payload["action"]))
    if action is None:
        return
    inspection = service.look_around(session, action)
    if inspection is None:
        raise RetryLater(UNTIL_DECODED)
    with write_transaction(session):
        service.conclude(session, inspection, now=now)


def follow(photo_id: int, now: datetime) -> None:
    """A photograph was looked at: actions that show it are compared, also those that were before it could be seen."""
    session = db.session()
    with write_transaction(session):
        service.inspect_again(session, photo_id, now=now)


def tell_what_never_came(_payload: Mapping[str, Any], now: datetime) -> None:
    """Photographs that did not follow their action in time are no longer waited for."""
    session, told = db.session(), 1
    while told:
        with write_transaction(session):
            told = service.tell_what_never_came(session, limit=BATCH_SIZE, now=now)


HANDLERS = {service.INSPECT: Handler(inspect), "integrity.never_came": Handler(tell_what_never_came)}
DAILY = {"integrity.never_came": time(3, 10)}
