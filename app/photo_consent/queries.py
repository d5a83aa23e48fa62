"""Reading what may be shown, and how its release stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.models import Action, ActionPhoto
from app.actions.rules.words import Status
from app.core.periods import Period, month_of
from app.media.models import Photo
from app.media.rules import PhotoState
from app.people.models import Person
from app.photo_consent.models import PhotoRelease
from app.photo_consent.rules import NOTHING_SAID, SHOWN_AFTER, ConsentState, Leave, is_public, paired, standing
from app.places import queries as places

MAX_OF_AN_ACTION = 6
"""Photographs."""
OFTEN_ENOUGH = 4
"""How many times more photographs are read than are shown: of some pairs one half was taken back."""


@dataclass(frozen=True, slots=True)
class PublicPair:
    """Before and after, with all that the public may learn of them."""

    before: UUID
    """The name under which the photograph is public."""
    after: UUID
    kelurahan: str
    month: Period


@dataclass(frozen=True, slots=True)
class Pair:
    """Before and after of an action, with what was said of showing them."""

    before: actions.PhotoSeen
    after: actions.PhotoSeen
    leave: Leave

    @property
    def standing(self) -> ConsentState:
        return standing(self.leave)

    @property
    def is_ready(self) -> bool:
        """Both can be shown."""
        return self.before.state is self.after.state is PhotoState.READY


def pairs_of(session: Session, action_ids: Collection[UUID]) -> dict[UUID, tuple[Pair, ...]]:
    """Action -> its pairs, whatever was said of them."""
    said: dict[tuple[UUID, int], Leave] = {}
    for row in session.scalars(select(PhotoRelease).where(PhotoRelease.action_id.in_(action_ids))):
        said[row.action_id, row.place] = leave_of(row)
    return {
        action_id: tuple(
            Pair(before, after, together(said.get((action_id, before.place)), said.get((action_id, after.place))))
            for before, after in paired(photos)[0]
        )
        for action_id, photos in actions.photos_of(session, action_ids).items()
    }


def leave_of(row: PhotoRelease) -> Leave:
    """What its owner and an officer have said of a photograph."""
    return Leave(
        consented=row.consented_at is not None,
        cleared=row.cleared_at is not None,
        declined=row.declined_at is not None,
        reason=row.decline_reason or "",
    )


def together(one: Leave | None, other: Leave | None) -> Leave:
    """What was said of a pair: both of its photographs have to have it."""
    a, b = one or NOTHING_SAID, other or NOTHING_SAID
    return Leave(
        consented=a.consented and b.consented,
        cleared=a.cleared and b.cleared,
        declined=a.declined or b.declined,
        reason=a.reason or b.reason,
    )


def public_photo(session: Session, release_id: UUID, *, now: datetime) -> int | None:
    """The number of the photograph that anybody may see under this name, asked anew each time; None where nobody may."""
    asked = (
        select(PhotoRelease, Action.status, Action.observed_at, Person.is_adult, Photo.id)
        .join(Action, Action.id == PhotoRelease.action_id)
        .join(Person, Person.id == Action.person_id)
        .join(ActionPhoto, (ActionPhoto.action_id == PhotoRelease.action_id) & (ActionPhoto.place == PhotoRelease.place))
        .join(Photo, Photo.sha256 == ActionPhoto.sha256)
        .where(PhotoRelease.id == release_id)
    )
    found = session.execute(asked.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        return None
    row, status, observed_at, is_adult, photo_id = found
    shown = is_public(leave_of(row), is_adult=is_adult, is_stamped=status is Status.STAMPED, observed_at=observed_at, now=now)
    return photo_id if shown else None


def public_pairs(
    session: Session, *, limit: int, now: datetime, kelurahan_id: int | None = None, programme_id: int | None = None
) -> tuple[PublicPair, ...]:
    """The pairs that were released last, of the kelurahan or of the programme where one is named."""
    asked = _public(now).limit(limit * MAX_OF_AN_ACTION * OFTEN_ENOUGH)
    if kelurahan_id is not None:
        asked = asked.where(PhotoRelease.kelurahan_id == kelurahan_id)
    if programme_id is not None:
        asked = asked.where(PhotoRelease.programme_id == programme_id)
    released: dict[UUID, dict[int, Any]] = {}
    for row in session.execute(asked):
        released.setdefault(row.action_id, {})[row.place] = row
    photos = actions.photos_of(session, list(released))
    names = places.areas(session).by_id
    found: list[PublicPair] = []
    for action_id, rows in released.items():
        for before, after in paired(photos.get(action_id, ()))[0]:
            if {before.place, after.place} <= rows.keys() and before.state is after.state is PhotoState.READY:
                row = rows[before.place]
                area = names.get(row.kelurahan_id)
                found.append(PublicPair(row.id, rows[after.place].id, area.name if area else "", month_of(row.observed_on)))
    return tuple(found[:limit])


def _public(now: datetime) -> Select[*tuple[Any, ...]]:
    """What `is_public` says, as the database can find it."""
    return (
        select(PhotoRelease.action_id, PhotoRelease.place, PhotoRelease.id, PhotoRelease.kelurahan_id, Action.observed_on)
        .join(Action, Action.id == PhotoRelease.action_id)
        .join(Person, Person.id == Action.person_id)
        .where(
            PhotoRelease.consented_at.is_not(None),
            PhotoRelease.cleared_at.is_not(None),
            PhotoRelease.declined_at.is_(None),
            Action.status == Status.STAMPED,
            Action.observed_at <= now - SHOWN_AFTER,
            Person.is_adult,
        )
        .order_by(PhotoRelease.cleared_at.desc(), PhotoRelease.action_id, PhotoRelease.place)
    )
