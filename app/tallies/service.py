"""Adding what a stamp makes count, and taking it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.database import Base
from app.database.upsert import add_to
from app.tallies.models import Presence, Tally, TallyPending
from app.tallies.rules import PEOPLE, Counted, Subject, entries, presences

PRESENCE, TALLY = Base.metadata.tables[Presence.__tablename__], Base.metadata.tables[Tally.__tablename__]
PENDING = Base.metadata.tables[TallyPending.__tablename__]
FOLD_BATCH_SIZE = 5_000
"""Pending changes folded in one transaction: officers stamp in between."""
PresenceKey = tuple[int, Subject, int, str, int]
TallyKey = tuple[int, Subject, int, str, str]
TALLY_KEY = ("programme_id", "subject", "subject_id", "period", "measure")


@dataclass(frozen=True, slots=True)
class PresenceChange:
    """How one person's presence at a site or in an area changed in one period."""

    programme_id: int
    scope: Subject
    scope_id: int
    period: str
    person_id: int
    actions_before: int
    actions_after: int
    ranked_before: int
    ranked_after: int


def add(session: Session, counted: Sequence[Counted], *, sign: Literal[1, -1]) -> list[PresenceChange]:
    """Make the stamped actions count (+1) or take them back (-1); what changed in who was where.

    One statement per thousand presences and one for all tallies, however many stamps there are. Rows are touched in the order of
    their keys, presences before tallies, so that two transactions never wait for each other in a ring; call it once per
    transaction. What the public is to see later is added beside the tallies of its places (`TallyPending`); a person's own
    tallies and presences are theirs and move at once.
    """
    if not counted:
        return []
    changes = _move_presences(session, counted, sign)
    amounts: Counter[TallyKey] = Counter()
    pending: Counter[tuple[TallyKey, datetime]] = Counter()
    for one in counted:
        for subject, subject_id, period, measure, value in entries(one):
            key = (one.programme_id, subject, subject_id, period, measure)
            if one.public_at is None or subject is Subject.PERSON:
                amounts[key] += sign * value
            else:
                pending[key, one.public_at] += sign * value
    moments = _moments(counted)
    for change in changes:
        came_or_went = (change.actions_after > 0) - (change.actions_before > 0)
        if came_or_went:
            key = (change.programme_id, change.scope, change.scope_id, change.period, PEOPLE)
            public_at = moments[change.programme_id, change.person_id]
            if public_at is None:
                amounts[key] += came_or_went
            else:
                pending[key, public_at] += came_or_went
    _add_to_tallies(session, amounts)
    if pending:
        rows = [dict(zip(TALLY_KEY, key, strict=True), public_at=at, delta=pending[key, at]) for key, at in sorted(pending)]
        session.connection().execute(insert(PENDING), rows)
    return changes


def _moments(counted: Sequence[Counted]) -> dict[tuple[int, int], datetime | None]:
    """(programme, person) -> from when on the public sees whether they were there: with the last of their actions."""
    moments: dict[tuple[int, int], datetime | None] = {}
    for one in counted:
        before = moments.get((one.programme_id, one.person_id))
        moments[one.programme_id, one.person_id] = max(filter(None, (before, one.public_at)), default=None)
    return moments


def _add_to_tallies(session: Session, amounts: Counter[TallyKey]) -> None:
    """In the order of the keys, so that no two who add wait for each other in a ring."""
    rows = [dict(zip(TALLY_KEY, key, strict=True), value=amounts[key]) for key in sorted(amounts)]
    if rows:
        session.connection().execute(add_to(session, TALLY, "value"), rows)


def fold(session: Session, *, now: datetime) -> int:
    """Take some of the pending changes that are due into the tallies; how many, 0 when none is left.

    Each is taken once, whoever folds at the same time: the rows are deleted and added up in one transaction. What somebody else
    is folding already is left to them.
    """
    due = (
        select(PENDING.c.id)
        .where(PENDING.c.public_at <= now)
        .order_by(PENDING.c.id)
        .limit(FOLD_BATCH_SIZE)
        .with_for_update(skip_locked=True)
    )
    taken = delete(PENDING).where(PENDING.c.id.in_(due)).returning(*(PENDING.c[name] for name in TALLY_KEY), PENDING.c.delta)
    amounts: Counter[TallyKey] = Counter()
    folded = 0
    for row in session.connection().execute(taken):
        amounts[row.programme_id, row.subject, row.subject_id, row.period, row.measure] += row.delta
        folded += 1
    _add_to_tallies(session, amounts)
    return folded


def _move_presences(session: Session, counted: Sequence[Counted], sign: int) -> list[PresenceChange]:
    """The rows as they stand after the statement tell what stood before it, whoever else writes at the same time."""
    moved: dict[PresenceKey, list[int]] = {}
    for one in counted:
        for scope, scope_id, period, in_time in presences(one):
            delta = moved.setdefault((one.programme_id, scope, scope_id, period, one.person_id), [0, 0])
            delta[0] += sign
            delta[1] += sign * in_time
    if not moved:
        return []
    columns = [PRESENCE.c[name] for name in ("programme_id", "scope", "scope_id", "period", "person_id", "actions", "ranked")]
    statement = add_to(session, PRESENCE, "actions", "ranked").returning(*columns)
    names = ("programme_id", "scope", "scope_id", "period", "person_id")
    rows = [dict(zip(names, key, strict=True), actions=moved[key][0], ranked=moved[key][1]) for key in sorted(moved)]
    changes = []
    for programme_id, scope, scope_id, period, person_id, actions, ranked in session.connection().execute(statement, rows):
        delta = moved[programme_id, scope, scope_id, period, person_id]
        changes.append(
            PresenceChange(
                programme_id, scope, scope_id, period, person_id, actions - delta[0], actions, ranked - delta[1], ranked
            )
        )
    return changes
