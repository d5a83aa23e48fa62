"""Once a day what has become public is taken into the tallies. Readers need not wait for it: they take both together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from app.database import db
from app.database.transaction import write_transaction
from app.jobs.work import Handler
from app.tallies import service


def fold_due(_payload: Mapping[str, Any], now: datetime) -> None:
    """Everything that is due, some thousand changes in a transaction: one that breaks off has folded whole ones or none."""
    session = db.session()
    folded = service.FOLD_BATCH_SIZE
    while folded:
        with write_transaction(session):
            folded = service.fold(session, now=now)


HANDLERS = {"tallies.fold": Handler(fold_due)}
DAILY = {"tallies.fold": time(0, 30)}
"""Soon after midnight, when what a child did the day before yesterday has become public."""
