"""Reading the facts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.actions.models import Action, ActionPhoto, Refusal, Stamp
from app.actions.rules.assess import Earlier
from app.actions.rules.timing import SUSPECTED_WITHIN, Skewed
from app.actions.rules.words import PhotoRole, Status
from app.database import Base
from app.database.rows import rows
from app.media.models import Photo
from app.media.rules import Fault, PhotoState
from app.programmes.models import Programme

STANDING = (Status.WAITING, Status.HELD, Status.STAMPED)


def action(session: Session, action_id: UUID) -> Action | None:
    return session.get(Action, action_id)


def place_key(site_id: int | None, kelurahan_id: int | None, cell: int) -> tuple[str, int]:
    """What counts as one place for the caps: the site, else the kelurahan, else the cell."""
    if site_id is not None:
        return ("site", site_id)
    return ("kelurahan", kelurahan_id) if kelurahan_id is not None else ("cell", cell)


_PROGRAMME, _ACTION = (Base.metadata.tables[model.__tablename__] for model in (Programme, Action))
_TAKEN = select(_ACTION.c.id).where(_ACTION.c.id == bindparam("id"))
_AROUND = (
    select(
        _PROGRAMME.c.code, _ACTION.c.observed_at, _ACTION.c.observed_on, _ACTION.c.minutes, _ACTION.c.site_id,
        _ACTION.c.kelurahan_id, _ACTION.c.cell, _ACTION.c.measures,
    )
    .join_from(_ACTION, _PROGRAMME)
    .where(
        _ACTION.c.person_id == bindparam("person_id"),
        _ACTION.c.observed_on.between(bindparam("first"), bindparam("last")),
        _ACTION.c.status.in_(STANDING),
    )
    .order_by(_ACTION.c.received_at, _ACTION.c.id)
)  # fmt: skip


def is_taken(session: Session, action_id: UUID) -> bool:
    """Whether there is an action under the id."""
    return rows(session, _TAKEN, {"id": action_id}).first() is not None


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
        for code, observed_at, observed_on, minutes, site_id, kelurahan_id, cell, measures in rows(session, _AROUND, span)
    ]


def latest_city(session: Session, person_id: int) -> int | None:
    """The city of the person's latest action inside one; None where there is none."""
    inside = select(Action.city_id).where(Action.person_id == person_id, Action.city_id.is_not(None))
    return session.scalars(inside.order_by(Action.observed_on.desc(), Action.id).limit(1)).one_or_none()


def skewed_accounts(session: Session, *, ahead: bool, now: datetime) -> frozenset[int]:
    """The accounts whose phones were ahead of the server's clock, or behind it, when they sent within the last hour."""
    return frozenset(s.account_id for s in skews(session, since=now - SUSPECTED_WITHIN) if (s.minutes > 0) is ahead)


def skews(session: Session, *, since: datetime) -> list[Skewed]:
    """What was sent since then by phones whose clock was not the server's."""
    asked = select(Action.recorded_by, Action.received_at, Action.skew_minutes)
    found = session.execute(asked.where(Action.skew_minutes.is_not(None), Action.received_at > since))
    return [Skewed(account_id, received_at, minutes) for account_id, received_at, minutes in found if minutes is not None]


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


@dataclass(frozen=True, slots=True)
class PhotoSeen:
    """A photograph of an action, as far as it is known here."""

    place: int
    """From 0, in the order sent."""
    sha256: str
    role: PhotoRole | None
    photo_id: int | None
    state: PhotoState
    fault: Fault | None
    """Why it cannot be shown."""

    @property
    def number(self) -> int:
        """Its number as people count, from 1."""
        return self.place + 1


_PHOTOS = (
    select(ActionPhoto.action_id, ActionPhoto.place, ActionPhoto.sha256, ActionPhoto.role, Photo.id, Photo.state, Photo.fault)
    .join(Photo, Photo.sha256 == ActionPhoto.sha256, isouter=True)
    .where(ActionPhoto.action_id.in_(bindparam("action_ids", expanding=True)))
    .order_by(ActionPhoto.action_id, ActionPhoto.place)
)


def photos_of(session: Session, action_ids: Collection[UUID]) -> dict[UUID, tuple[PhotoSeen, ...]]:
    """Action -> its photographs in the order sent, of those that have any; what is no longer here counts as broken."""
    found: dict[UUID, list[PhotoSeen]] = {}
    for action_id, place, sha256, role, photo_id, state, fault in session.execute(_PHOTOS, {"action_ids": list(action_ids)}):
        gone = photo_id is None
        seen = PhotoSeen(place, sha256, role, photo_id, state or PhotoState.BROKEN, Fault.GAVE_UP if gone else fault)
        found.setdefault(action_id, []).append(seen)
    return {action_id: tuple(seen) for action_id, seen in found.items()}


def photos(session: Session, action_id: UUID) -> tuple[PhotoSeen, ...]:
    """The action's photographs in the order sent."""
    return photos_of(session, [action_id]).get(action_id, ())


def photo(session: Session, action_id: UUID, place: int) -> PhotoSeen | None:
    return next((seen for seen in photos(session, action_id) if seen.place == place), None)
