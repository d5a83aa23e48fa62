"""Reading badges, and how near somebody has come to one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.awards.models import BadgeAward
from app.database import Base
from app.database.rows import rows
from app.tallies.models import Tally
from app.tallies.rules import ACTIONS, Subject

WEEK_NAMES = "____-W__"
"""LIKE-pattern of the names of weeks (core/periods)."""


def badges_of(session: Session, person_id: int) -> dict[int, dict[str, datetime]]:
    """Programme -> badge -> when the person completed it, the oldest first."""
    asked = select(BadgeAward).where(BadgeAward.person_id == person_id).order_by(BadgeAward.earned_at, BadgeAward.badge)
    completed: dict[int, dict[str, datetime]] = {}
    for award in session.scalars(asked):
        completed.setdefault(award.programme_id, {})[award.badge] = award.earned_at
    return completed


_TALLY = Base.metadata.tables[Tally.__tablename__].c
_ACTION = Base.metadata.tables[Action.__tablename__].c
_PERSONS: BindParameter[Any] = bindparam("person_ids", expanding=True)
_WEEKS = (
    select(_TALLY.subject_id, _TALLY.period)
    .where(
        _TALLY.programme_id == bindparam("programme_id"),
        _TALLY.subject == Subject.PERSON,
        _TALLY.subject_id.in_(_PERSONS),
        _TALLY.measure == ACTIONS,
        _TALLY.period.like(WEEK_NAMES),
        _TALLY.value > 0,
    )
    .order_by(_TALLY.subject_id, _TALLY.period)
)
_DIFFERENT_PLACES = (
    select(_ACTION.person_id, _ACTION.site_id, _ACTION.kelurahan_id)
    .where(_ACTION.person_id.in_(_PERSONS), _ACTION.programme_id == bindparam("programme_id"))
    .distinct()
    .subquery()
)
_PLACES = select(_DIFFERENT_PLACES.c.person_id, func.count()).group_by(_DIFFERENT_PLACES.c.person_id)


def longest_runs_of_weeks(session: Session, programme_id: int, person_ids: Collection[int]) -> dict[int, int]:
    """Person -> the most weeks in a row in which something was stamped."""
    longest: dict[int, int] = {}
    last: tuple[int, int] = (0, 0)
    run = 0
    for person_id, name in rows(session, _WEEKS, {"programme_id": programme_id, "person_ids": list(person_ids)}):
        week = date.fromisocalendar(int(name[:4]), int(name[6:]), 1).toordinal() // 7
        run = run + 1 if last == (person_id, week - 1) else 1
        longest[person_id] = max(longest.get(person_id, 0), run)
        last = (person_id, week)
    return longest


def places_been(session: Session, programme_id: int, person_ids: Collection[int]) -> dict[int, int]:
    """Person -> at how many places they acted, stamped or not: no fewer than were stamped."""
    return dict(rows(session, _PLACES, {"programme_id": programme_id, "person_ids": list(person_ids)}).all())
