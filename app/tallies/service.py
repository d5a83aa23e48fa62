"""Adding what a stamp makes count, and taking it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from app.database import Base
from app.database.upsert import add_to
from app.tallies.models import Presence, Tally
from app.tallies.rules import PEOPLE, Counted, Subject, entries, presences

PRESENCE, TALLY = Base.metadata.tables[Presence.__tablename__], Base.metadata.tables[Tally.__tablename__]
PresenceKey = tuple[int, Subject, int, str, int]
TallyKey = tuple[int, Subject, int, str, str]


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
    transaction.
    """
    if not counted:
        return []
    changes = _move_presences(session, counted, sign)
    amounts: Counter[TallyKey] = Counter()
    for one in counted:
        for subject, subject_id, period, measure, value in entries(one):
            amounts[one.programme_id, subject, subject_id, period, measure] += sign * value
    for change in changes:
        came_or_went = (change.actions_after > 0) - (change.actions_before > 0)
        if came_or_went:
            amounts[change.programme_id, change.scope, change.scope_id, change.period, PEOPLE] += came_or_went
    names = ("programme_id", "subject", "subject_id", "period", "measure")
    rows = [dict(zip(names, key, strict=True), value=amounts[key]) for key in sorted(amounts)]
    session.connection().execute(add_to(session, TALLY, "value"), rows)
    return changes


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
