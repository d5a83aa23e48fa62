"""Reading badges, and how near somebody has come to one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.badges.models import BadgeAward
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


def longest_runs_of_weeks(session: Session, programme_id: int, person_ids: Collection[int]) -> dict[int, int]:
    """Person -> the most weeks in a row in which something was stamped."""
    asked = (
        select(Tally.subject_id, Tally.period)
        .where(
            Tally.programme_id == programme_id,
            Tally.subject == Subject.PERSON,
            Tally.subject_id.in_(person_ids),
            Tally.measure == ACTIONS,
            Tally.period.like(WEEK_NAMES),
            Tally.value > 0,
        )
        .order_by(Tally.subject_id, Tally.period)
    )
    longest: dict[int, int] = {}
    last: tuple[int, int] = (0, 0)
    run = 0
    for person_id, name in session.execute(asked):
        week = date.fromisocalendar(int(name[:4]), int(name[6:]), 1).toordinal() // 7
        run = run + 1 if last == (person_id, week - 1) else 1
        longest[person_id] = max(longest.get(person_id, 0), run)
        last = (person_id, week)
    return longest


def places_been(session: Session, programme_id: int, person_ids: Collection[int]) -> dict[int, int]:
    """Person -> at how many places they acted, stamped or not: no fewer than were stamped."""
    places = (
        select(Action.person_id, Action.site_id, Action.kelurahan_id)
        .where(Action.person_id.in_(person_ids), Action.programme_id == programme_id)
        .distinct()
        .subquery()
    )
    return dict(session.execute(select(places.c.person_id, func.count()).group_by(places.c.person_id)).all())
