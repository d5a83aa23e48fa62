"""Reading badges, and how near somebody has come to one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.awards.models import BadgeAward
from app.core.text import Text
from app.database import Base
from app.database.rows import rows
from app.programmes.queries import Current
from app.programmes.rules.definition import Badge
from app.tallies.models import Tally
from app.tallies.queries import booklets, person_totals
from app.tallies.rules import ACTIONS, Subject

NEVER = datetime.max.replace(tzinfo=UTC)
WEEK_NAMES = "____-W__"
"""LIKE-pattern of the names of weeks (core/periods)."""


@dataclass(frozen=True, slots=True)
class BadgeView:
    """A badge of a programme as its person sees it: earned, or how far the way to it is gone."""

    code: str
    name: Text
    earned_at: datetime | None
    reached: int
    least: int
    rule: str

    @property
    def way(self) -> Text:
        """How far it is, where it is not earned."""
        match self.rule:
            case "weeks_in_a_row":
                return Text("%(reached)s dari %(n)s pekan berturut-turut", reached=self.reached, n=self.least)
            case "places":
                return Text("%(reached)s dari %(n)s tempat", reached=self.reached, n=self.least)
            case "first":
                return Text("%(reached)s dari %(n)s aksi dicap", reached=self.reached, n=self.least)
        return Text("%(reached)s dari %(least)s", reached=self.reached, least=self.least)


def badge_views(session: Session, person_id: int, current: Current) -> tuple[BadgeView, ...]:
    """The badges of the programme: those earned, the oldest first, then those to come in the programme's order."""
    held = badges_of(session, person_id).get(current.programme_id, {})
    missing = [badge for badge in current.definition.badges if badge.code not in held]
    reached = _reached(session, person_id, current.programme_id, missing) if missing else {}
    views = [
        BadgeView(
            code=badge.code,
            name=badge.name.text,
            earned_at=held.get(badge.code),
            reached=min(reached.get(badge.code, badge.least), badge.least),
            least=badge.least,
            rule=badge.rule,
        )
        for badge in current.definition.badges
    ]
    return tuple(sorted(views, key=lambda view: (view.earned_at is None, view.earned_at or NEVER)))


def _reached(session: Session, person_id: int, programme_id: int, badges: Collection[Badge]) -> dict[str, int]:
    """Badge -> how far the person's stamped actions have come towards it."""
    totals = person_totals(session, person_id).get(programme_id, {})
    reached: dict[str, int] = {}
    for badge in badges:
        if badge.rule == "weeks_in_a_row":
            reached[badge.code] = longest_runs_of_weeks(session, programme_id, [person_id]).get(person_id, 0)
        elif badge.rule == "places":
            stamps = booklets(session, programme_id, [person_id]).get(person_id, [])
            reached[badge.code] = len({stamp.place() for stamp in stamps} - {None})
        else:
            reached[badge.code] = totals.get(badge.measure or ACTIONS, 0)
    return reached


def badges_of(session: Session, person_id: int) -> dict[int, dict[str, datetime]]:
    """Programme -> badge -> when the person completed it, the oldest first."""
    asked = select(BadgeAward).where(BadgeAward.person_id == person_id).order_by(BadgeAward.earned_at, BadgeAward.badge)
    completed: dict[int, dict[str, datetime]] = {}
    for award in session.scalars(asked):
        completed.setdefault(award.programme_id, {})[award.badge] = award.earned_at
    return completed


def badges_held(session: Session, programme_id: int, person_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Person -> the badges of the programme that they have completed, the oldest first; whoever has none is left out."""
    asked = select(BadgeAward.person_id, BadgeAward.badge).where(
        BadgeAward.programme_id == programme_id, BadgeAward.person_id.in_(person_ids)
    )
    held: dict[int, tuple[str, ...]] = {}
    for person_id, badge in session.execute(asked.order_by(BadgeAward.earned_at, BadgeAward.badge)):
        held[person_id] = (*held.get(person_id, ()), badge)
    return held


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
