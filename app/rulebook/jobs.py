"""Work of the whole house: belts and badges follow new rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.database import db
from app.database.transaction import write_transaction
from app.jobs.work import Handler, JobLimits
from app.rulebook import service as programmes


def follow_rules(payload: Mapping[str, Any], now: datetime) -> None:
    """Everybody's awards follow the programme's rules, some hundreds in a transaction: officers stamp in between."""
    session = db.session()
    groups = list(programmes.groups_to_follow(session, payload["programme"]))
    for group in groups:
        with write_transaction(session):
            programmes.follow(session, payload["programme"], group, now=now)


HANDLERS = {programmes.FOLLOW: Handler(follow_rules, limits=JobLimits(time=timedelta(hours=2)))}
