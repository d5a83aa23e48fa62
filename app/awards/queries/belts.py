"""Where somebody stands on the ladders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.awards.models import Award
from app.awards.rules.belts import NextBelt, belt_for, next_step
from app.core.text import Text
from app.programmes import queries as programmes
from app.programmes.rules.definition import Ladder
from app.tallies.queries import person_totals
from app.tallies.rules import ACTIONS, CREDIT


@dataclass(frozen=True, slots=True)
class ProgrammeStanding:
    """What a person has reached in one programme."""

    programme_id: int
    programme: str
    name: Text
    stamped: int
    """Stamped actions, whether or not they count on the ladder."""
    credit: int
    """What counts on the ladder."""
    belt: str | None
    belt_name: Text | None
    stripes: int
    next: NextBelt | None
    """The next rung or stripe and what is missing; None at the end of a ladder that ends."""
    next_name: Text | None


def standing(session: Session, person_id: int, today: date) -> tuple[ProgrammeStanding, ...]:
    """The person's standing in every programme, by the ladders in force today; in those not begun yet, nothing reached."""
    totals = person_totals(session, person_id)
    return tuple(_standing(current, totals.get(current.programme_id, {})) for current in programmes.all_current(session, today))


def _standing(current: programmes.Current, total: dict[str, int]) -> ProgrammeStanding:
    definition, credit = current.definition, total.get(CREDIT, 0)
    reached, ahead = belt_for(credit, definition.ladder), next_step(credit, definition.ladder)
    return ProgrammeStanding(
        programme_id=current.programme_id,
        programme=definition.code,
        name=definition.name.text,
        stamped=total.get(ACTIONS, 0),
        credit=credit,
        belt=reached.belt if reached else None,
        belt_name=_belt_name(definition.ladder, reached.belt) if reached else None,
        stripes=reached.stripes if reached else 0,
        next=ahead,
        next_name=_belt_name(definition.ladder, ahead.belt) if ahead else None,
    )


def _belt_name(ladder: Ladder, belt: str) -> Text:
    return next(rung.name.text for rung in ladder.rungs if rung.belt == belt)


def awards(session: Session, person_id: int) -> list[Award]:
    """What the person has earned, in the order in which it was earned."""
    earned = select(Award).where(Award.person_id == person_id).order_by(Award.earned_at, Award.programme_id, Award.threshold)
    return list(session.scalars(earned))
