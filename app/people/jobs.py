"""What is forgotten every day: sessions that are over, and tries that nobody remembers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from app.database import db
from app.database.transaction import write_transaction
from app.jobs.work import Handler
from app.people import service


def sweep(_payload: Mapping[str, Any], now: datetime) -> None:
    session = db.session()
    with write_transaction(session):
        service.forget_sessions(session, now=now)
        service.forget_tries(session, now=now)


HANDLERS = {"people.sweep": Handler(sweep)}
DAILY = {"people.sweep": time(2, 40)}
"""Before notices are swept: pushing ends with the session that asked for it."""
