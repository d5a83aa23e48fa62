"""Badge awards: the instant of the stamp that completed each badge. They follow the badges that the programme has today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.awards.models import BadgeAward
from app.awards.queries.badges import longest_runs_of_weeks, places_been
from app.awards.rules.badges import CountedAction, earned
from app.awards.service import recount as counting
from app.core.periods import ALL_TIME
from app.database import Base
from app.database.rows import rows
from app.programmes.rules.definition import Badge
from app.tallies.queries import values
from app.tallies.rules import ACTIONS, INSIDERS, Stamped, Subject

_BADGE = Base.metadata.tables[BadgeAward.__tablename__].c
_HELD = select(_BADGE.person_id, _BADGE.badge, _BADGE.earned_at).where(
    _BADGE.programme_id == bindparam("programme_id"), _BADGE.person_id.in_(bindparam("person_ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class BadgeEarned:
    """A badge that a person has completed, and when."""

    person_id: int
    programme_id: int
    badge: str
    earned_at: datetime


def refresh(
    session: Session, programme_id: int, badges: Sequence[Badge], person_ids: Collection[int], *, now: datetime
) -> list[BadgeEarned]:
    """What the stamps just given, all at the instant `now` and already in the tallies, have earned.

    A booklet is read only where a badge still missing may be complete by now, or where stamps later than `now` exist.
    """
    if not badges:
        return []
    found = rows(session, _HELD, {"programme_id": programme_id, "person_ids": list(person_ids)})
    stored = {(person_id, badge): earned_at for person_id, badge, earned_at in found}
    later = {person_id for (person_id, _), earned_at in stored.items() if earned_at > now}
    missing = {
        badge: lacking for badge in badges if (lacking := [person for person in person_ids if (person, badge.code) not in stored])
    }
    near = _near(session, programme_id, missing) if missing else set()
    return recount(session, programme_id, badges, sorted(near | later))


def _near(session: Session, programme_id: int, missing: Mapping[Badge, Sequence[int]]) -> set[int]:
    """Those who may have completed one of the badges that they lack: the tallies know, without a look at the booklet."""
    people = sorted({person_id for lacking in missing.values() for person_id in lacking})
    measures = {ACTIONS, *(badge.measure for badge in missing if badge.measure)}
    totals = values(session, programme_id, Subject.PERSON, people, ALL_TIME.name, measures, audience=INSIDERS)
    near: set[int] = set()
    for badge, lacking in missing.items():
        enough = [person for person in lacking if totals.get((person, badge.measure or ACTIONS), 0) >= badge.least]
        if enough and badge.rule == "weeks_in_a_row":
            runs = longest_runs_of_weeks(session, programme_id, enough)
            enough = [person for person in enough if runs.get(person, 0) >= badge.least]
        elif enough and badge.rule == "places":
            been = places_been(session, programme_id, enough)
            enough = [person for person in enough if been.get(person, 0) >= badge.least]
        near.update(enough)
    return near


def recount(session: Session, programme_id: int, badges: Sequence[Badge], person_ids: Collection[int]) -> list[BadgeEarned]:
    """Make the persons' badges what their valid stamps say: after a void, or when the badges have changed. The new ones."""
    return counting.recount(session, _kind(programme_id, badges), person_ids)


def rebuild(session: Session, programme_id: int, badges: Sequence[Badge]) -> list[BadgeEarned]:
    """Make everybody's badges what the stamps and these badges say. The new ones."""
    return counting.rebuild(session, _kind(programme_id, badges))


def _kind(programme_id: int, badges: Sequence[Badge]) -> counting.Kind[BadgeEarned]:
    def earned(person_id: int, stamps: Sequence[Stamped]) -> list[BadgeEarned]:
        return badges_of(person_id, programme_id, badges, stamps)

    return counting.Kind(BadgeAward, BadgeEarned, programme_id, earned)


def badges_of(person_id: int, programme_id: int, badges: Sequence[Badge], stamps: Sequence[Stamped]) -> list[BadgeEarned]:
    """The badges that one person's stamps have completed."""
    actions = [CountedAction(stamp.stamped_at, stamp.observed_on, stamp.place(), stamp.credits) for stamp in stamps]
    return [BadgeEarned(person_id, programme_id, code, at) for code, at in earned(badges, actions).items()]
