"""What the queue does for itself every day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from app.database import db
from app.database.transaction import write_transaction
from app.jobs import queue
from app.jobs.work import Handler


def forget_done(_payload: Mapping[str, Any], now: datetime) -> None:
    """Jobs done 30 days ago are forgotten."""
    session = db.session()
    with write_transaction(session):
        queue.forget_done(session, now=now)


HANDLERS = {"jobs.forget_done": Handler(forget_done)}
DAILY = {"jobs.forget_done": time(2, 10)}
