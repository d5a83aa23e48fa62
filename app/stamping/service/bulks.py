"""Several stamps given at once are one decision: kept, and flagged where nobody can have looked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions.models import Action, Stamp
from app.core.ids import new_id
from app.people.models import Account
from app.programmes import queries as programmes
from app.stamping.models import StampBulk
from app.stamping.rules import BulkRow, bulk_flags

MINUTE = timedelta(minutes=1)


def as_one_decision(
    session: Session,
    made: Sequence[tuple[Action, Stamp]],
    officer: Account,
    *,
    asked: int,
    unseen: int | None,
    now: datetime,
) -> None:
    """The stamps belong to one decision from now on; a flagged one waits for somebody else to look at it."""
    if not made:
        return
    earlier = actions_queries.stamps_since(session, officer.person_id, now - MINUTE)
    rows = [_row(session, action) for action, _ in made]
    flags = bulk_flags(rows, unseen=unseen, within_a_minute=earlier + len(made))
    bulk = StampBulk(
        id=new_id(),
        officer_id=officer.person_id,
        account_id=officer.id,
        decided_at=now,
        asked=asked,
        unseen=unseen,
        flags=[flag.value for flag in flags],
        flagged_at=now if flags else None,
    )
    session.add(bulk)
    for _, stamp in made:
        stamp.bulk_id = bulk.id


def _row(session: Session, action: Action) -> BulkRow:
    definition = programmes.version(session, action.version_id).definition
    return BulkRow(action.programme_id, action.person_id, action.observed_on, has_days=len(definition.days) < 7)
