"""Everything that a stamp adds and a void takes back: one list of calls in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.actions.rules.findings import is_programme_day
from app.awards.service import badges, belts
from app.leaderboard import service as leaderboard
from app.notices import service as notices
from app.notices.service import News
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes.rules import credits
from app.stamping.service.news import of_awards, of_stamped
from app.tallies import service as tallies
from app.tallies.queries import counted_together


def credits_of(session: Session, action: Action) -> dict[str, int]:
    """What the action counts for under the rules of its day."""
    return credits(
        programmes.version(session, action.version_id).definition,
        measures=action.measures,
        minutes=action.minutes,
        movement=action.movement,
        on_programme_day=is_programme_day(action.findings),
    )


def count(session: Session, stamps: Sequence[tuple[Action, Stamp]], *, sign: Literal[1, -1], now: datetime) -> None:
    """Everything that a stamp adds (+1), or that a void takes back (-1); each stamp once, in one transaction with it."""
    if not stamps:
        return
    seen = counted_together(
        session, [(action, stamp.stamped_at, stamp.credits, _still_to_come(stamp, now)) for action, stamp in stamps]
    )
    changes = tallies.add(session, seen, sign=sign)
    news: list[News] = of_stamped([action for action, _ in stamps]) if sign == 1 else []
    today = places.day_at(session, now)
    for current in programmes.all_current(session, today):
        definition = current.definition
        people = sorted({action.person_id for action, _ in stamps if action.programme_id == current.programme_id})
        if people and sign == 1:
            belts_earned = belts.refresh(session, current.programme_id, definition.ladder, people, now=now)
            badges_earned = badges.refresh(session, current.programme_id, definition.badges, people, now=now)
            news += of_awards(definition, belts_earned, badges_earned)
        elif people:
            belts.recount(session, current.programme_id, definition.ladder, people)
            badges.recount(session, current.programme_id, definition.badges, people)
    leaderboard.move(session, changes)
    notices.tell(session, news, now=now)


def _still_to_come(stamp: Stamp, now: datetime) -> datetime | None:
    """From when on the public may learn of the stamp, where that moment has not come: a void before it is never seen at all."""
    return stamp.public_at if stamp.public_at is not None and stamp.public_at > now else None
