"""What the desk does by itself every day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from app.database import db
from app.database.transaction import writing
from app.jobs.work import Handler
from app.stamping import service

AT_ONCE = 100
"""Actions given back in one transaction: nobody waits long for the write lock."""


def give_back(_payload: Mapping[str, Any], now: datetime) -> None:
    """What was held softly for 14 days waits again."""
    session, after = db.session(), None
    while True:
        with writing(session):
            after = service.give_back(session, after=after, limit=AT_ONCE, now=now)
        if after is None:
            return


HANDLERS = {"stamping.give_back": Handler(give_back)}
DAILY = {"stamping.give_back": time(3, 20)}
