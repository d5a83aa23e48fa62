"""Reading actions with what their photographs say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from app.actions.models import IS_HERE, Action, ActionPhoto
from app.actions.rules.findings import FOLLOWS
from app.actions.rules.words import Status
from app.core.geo import Point
from app.integrity.models import PhotoSignal
from app.integrity.rules import ActionEvidence, Exposure, Signal
from app.media import queries as media
from app.media.models import Photo
from app.media.rules import turned_looks
from app.media.rules.camera import is_clock_alive, is_position
from app.places import queries as places


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photograph at its place in an action."""

    place: int
    photo: Photo | None
    """None where its bytes are not known here."""
    told: Exposure
    """What the phone says of when and where it was taken."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A photograph of another action that shows the same as one of ours."""

    place: int
    other: ActionEvidence
    other_place: int
    is_same: bool
    """The same bytes or pixels; else it only looks the same."""


def shown(session: Session, action_id: UUID) -> list[PhotoView]:
    """The action's photographs that its recorder has sent, in their order."""
    mine = select(ActionPhoto).where(ActionPhoto.action_id == action_id, IS_HERE)
    links = list(session.scalars(mine.order_by(ActionPhoto.place)))
    known = media.photos(session, {link.sha256 for link in links})
    return [PhotoView(link.place, known.get(link.sha256), _told(link)) for link in links]


def _told(link: ActionPhoto) -> Exposure:
    taken = None if link.taken_at is None else link.taken_at.replace(tzinfo=None)
    return Exposure(taken, 0, _point(link))


def _point(place: Photo | ActionPhoto) -> Point | None:
    return (
        None if place.lon is None or place.lat is None or not is_position(place.lon, place.lat) else Point(place.lon, place.lat)
    )


def evidence(session: Session, action: Action) -> ActionEvidence:
    """The action as far as its photographs can contradict it."""
    return ActionEvidence(
        id=action.id,
        person_id=action.person_id,
        recorded_by=action.recorded_by,
        programme_id=action.programme_id,
        received_at=action.received_at,
        captured_at=action.captured_at,
        observed_at=action.observed_at,
        minutes=action.minutes,
        zone=places.areas(session).zone(action.kelurahan_id),
        point=action.point,
        accuracy_m=action.accuracy_m,
    )


def exposure(photo: Photo, told: Exposure) -> Exposure:
    """What the camera says in the picture; where it says nothing, what the phone says beside it."""
    taken, offset = (told.taken, told.offset_minutes) if photo.taken is None else (photo.taken, photo.offset_minutes)
    # What was stored by an older version, and what a program says, is believed by the same rules.
    is_alive = taken is not None and is_clock_alive(taken)
    return Exposure(taken if is_alive else None, offset if is_alive else None, _point(photo) or told.point)


def alike(session: Session, action_id: UUID, photos: Iterable[PhotoView]) -> list[Alike]:
    """Photographs of other actions, not withdrawn, that show the same as these: by bytes, by pixels, by look, turned or not."""
    found = []
    for mine in photos:
        if mine.photo is None:
            continue
        same = {mine.photo.sha256}
        if mine.photo.pixels is not None:
            same |= media.with_these_pixels(session, mine.photo.pixels)
        look = set() if mine.photo.look is None else set(_looking_like(session, int(mine.photo.look, 16))) - same
        found += [
            Alike(mine.place, evidence(session, action), place, is_same=sha256 in same)
            for action, place, sha256 in _showing(session, same | look, action_id)
        ]
    return found


def _looking_like(session: Session, look: int) -> Iterable[str]:
    return media.that_look_like(session, turned_looks(look))


def _showing(session: Session, digests: Collection[str], but: UUID) -> Sequence[tuple[Action, int, str]]:
    """Every action that shows one of these, with the place at which it does."""
    links = (
        select(Action, ActionPhoto.place, ActionPhoto.sha256)
        .join(ActionPhoto, ActionPhoto.action_id == Action.id)
        .where(ActionPhoto.sha256.in_(digests), IS_HERE, Action.id != but, Action.status != Status.WITHDRAWN)
    )
    return [(action, place, sha256) for action, place, sha256 in session.execute(links)]


def showing_photo(session: Session, photo_id: int) -> list[UUID]:
    """Every action that shows the photograph."""
    shown_by = select(ActionPhoto.action_id).join(Photo, Photo.sha256 == ActionPhoto.sha256).where(Photo.id == photo_id, IS_HERE)
    return list(session.scalars(shown_by.distinct().order_by(ActionPhoto.action_id)))


_AWAITED = (ActionPhoto.awaited_since.is_not(None), ActionPhoto.came_at.is_(None))


def awaiting(session: Session, account_id: int, sha256: str) -> dict[UUID, int]:
    """Action -> its person, of those recorded by the account that wait for this photograph; what was withdrawn waits for none."""
    waits = (ActionPhoto.sha256 == sha256, *_AWAITED, Action.recorded_by == account_id, Action.status != Status.WITHDRAWN)
    asked = select(Action.id, Action.person_id).join(ActionPhoto, ActionPhoto.action_id == Action.id).where(*waits)
    return {row.id: row.person_id for row in session.execute(asked)}


def photos_here_and_coming(session: Session, action_id: UUID) -> tuple[int, int]:
    """How many of the action's photographs its recorder has sent, and how many have not come yet."""
    counted = select(func.count(), func.count().filter(*_AWAITED)).where(ActionPhoto.action_id == action_id)
    whole, coming = session.execute(counted.select_from(ActionPhoto)).one()
    return whole - coming, coming


def never_came(session: Session, *, awaited_before: datetime, limit: int) -> list[UUID]:
    """Actions that wait longer than that for a photograph and do not say so yet."""
    says = cast(Action.findings, String).contains(f'"{FOLLOWS}"', autoescape=True)
    overdue = (ActionPhoto.awaited_since < awaited_before, *_AWAITED, Action.status != Status.WITHDRAWN, says)
    asked = select(Action.id).join(ActionPhoto, ActionPhoto.action_id == Action.id).where(*overdue)
    return list(session.scalars(asked.distinct().order_by(Action.id).limit(limit)))


def signals(session: Session, action_id: UUID) -> list[Signal]:
    """What looks wrong with the action's photographs."""
    rows = session.scalars(select(PhotoSignal).where(PhotoSignal.action_id == action_id).order_by(PhotoSignal.id))
    return [Signal(row.kind, row.place, row.values, row.other_action_id) for row in rows]


def signals_of(session: Session, action_ids: Collection[UUID]) -> dict[UUID, list[Signal]]:
    """The same for many, with one question."""
    asked = select(PhotoSignal).where(PhotoSignal.action_id.in_(action_ids)).order_by(PhotoSignal.id)
    found: dict[UUID, list[Signal]] = {}
    for row in session.scalars(asked):
        found.setdefault(row.action_id, []).append(Signal(row.kind, row.place, row.values, row.other_action_id))
    return found
