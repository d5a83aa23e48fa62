"""Reading the facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.actions.models import Action, Refusal, Stamp
from app.actions.rules.assess import Earlier
from app.actions.rules.words import Status
from app.programmes.models import Programme

STANDING = (Status.WAITING, Status.HELD, Status.STAMPED)


def action(session: Session, action_id: UUID) -> Action | None:
    return session.get(Action, action_id)


def place_key(site_id: int | None, kelurahan_id: int | None, cell: int) -> tuple[str, int]:
    """What counts as one place for the caps: the site, else the kelurahan, else the cell."""
    if site_id is not None:
        return ("site", site_id)
    return ("kelurahan", kelurahan_id) if kelurahan_id is not None else ("cell", cell)


_AROUND = (
    select(
        Programme.code, Action.observed_at, Action.observed_on, Action.minutes, Action.site_id, Action.kelurahan_id,
        Action.cell, Action.measures,
    )
    .join(Programme, Programme.id == Action.programme_id)
    .where(
        Action.person_id == bindparam("person_id"),
        Action.observed_on.between(bindparam("first"), bindparam("last")),
        Action.status.in_(STANDING),
    )
    .order_by(Action.received_at, Action.id)
)  # fmt: skip


def around(session: Session, person_id: int, day: date) -> list[Earlier]:
    """The person's actions that stand, of the day and its neighbours (a deed may cross midnight), in order of arrival."""
    span = {"person_id": person_id, "first": day - timedelta(days=1), "last": day + timedelta(days=1)}
    return [
        Earlier(
            programme=code,
            started_at=observed_at,
            observed_on=observed_on,
            minutes=minutes,
            place=place_key(site_id, kelurahan_id, cell),
            measures=measures,
        )
        for code, observed_at, observed_on, minutes, site_id, kelurahan_id, cell, measures in session.execute(_AROUND, span)
    ]


def actions(session: Session, ids: Sequence[UUID]) -> dict[UUID, Action]:
    """The actions with these ids, as they are now."""
    found = session.scalars(select(Action).where(Action.id.in_(ids)).execution_options(populate_existing=True))
    return {row.id: row for row in found}


def valid_stamps(session: Session, action_ids: Sequence[UUID]) -> dict[UUID, Stamp]:
    """Action -> the stamp that stands."""
    found = session.scalars(select(Stamp).where(Stamp.action_id.in_(action_ids), Stamp.voided_at.is_(None)))
    return {stamp.action_id: stamp for stamp in found}


def stamp(session: Session, stamp_id: UUID) -> Stamp | None:
    return session.get(Stamp, stamp_id)


def refusals(session: Session, action_ids: Sequence[UUID]) -> dict[UUID, Refusal]:
    found = session.scalars(select(Refusal).where(Refusal.action_id.in_(action_ids)))
    return {refusal.action_id: refusal for refusal in found}
