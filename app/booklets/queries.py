"""Reading booklets: what was recorded, who put their word under it, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.models import Action, Refusal, Stamp
from app.actions.queries import ActionSummary
from app.actions.rules.words import Status
from app.core.check_codes import check_code, grouped, serials
from app.core.clock import local_day
from app.core.text import Text
from app.media.rules import PhotoState
from app.people import queries as people
from app.people.models import Tenure
from app.people.rules import POST_NAMES, Post
from app.photo_consent import queries as photo_consent
from app.places import queries as places
from app.programmes import queries as programmes

SHEET = 12
"""Stamps on one page of the booklet."""
PRINTED = 240
"""Stamps on the sheets that are printed at once."""
LISTED = 20
"""Actions on one page of a list."""


@dataclass(frozen=True, slots=True)
class BookletStamp:
    """A stamp as it stands in a booklet."""

    id: UUID
    action_id: UUID
    page: int
    programme: Text
    observed_on: date
    place: str
    post: Text
    voided: bool
    credit: int

    @property
    def code(self) -> str:
        """By which anybody can check it."""
        return check_code(self.id)

    @property
    def said_code(self) -> str:
        return grouped(self.code)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an action."""

    at: datetime
    what: Text
    words: str = ""


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action with everything that may be said of it to its owner and to the officers of its place."""

    entry: ActionSummary
    programme_code: str
    note: str
    distance_m: int | None
    stamp: BookletStamp | None
    events: tuple[Event, ...]
    can_withdraw: bool
    pairs: tuple[photo_consent.Pair, ...]
    """Photographs before and after that can be shown, with what was said of showing them to all."""
    is_adults: bool
    """Its doer is an adult; photographs of children's actions are never public."""
    is_owner: bool
    may_release: bool
    """The reader may let all see the pairs."""
    photos: tuple[actions.PhotoSeen, ...]
    """All others, in the order sent."""


@dataclass(frozen=True, slots=True)
class StampCheck:
    """What anybody may learn of a stamp: that it is real, and for what; never whose."""

    serial: UUID
    code: str
    programme: Text
    observed_on: date
    place: str
    post: Text
    stamped_on: date
    voided_on: date | None
    told_from: date | None
    """The day from which day and place are told, where that is still to come: of a child's stamp."""


def open_entries(session: Session, person_id: int, *, limit: int) -> tuple[ActionSummary, ...]:
    """What waits for a stamp or is held, the newest first."""
    asked = select(Action).where(Action.person_id == person_id, Action.status.in_((Status.WAITING, Status.HELD)))
    return tuple(
        actions.summaries(session, session.scalars(asked.order_by(Action.observed_at.desc(), Action.id).limit(limit)).all())
    )


def entries_on(session: Session, person_id: int, day: date, zone: str, *, limit: int) -> tuple[ActionSummary, ...]:
    """What the person did on that day of the zone, the newest first; what was withdrawn is left out."""
    begin = datetime.combine(day, time(), ZoneInfo(zone))
    asked = select(Action).where(
        Action.person_id == person_id,
        Action.observed_at >= begin,
        Action.observed_at < begin + timedelta(days=1),
        Action.status != Status.WITHDRAWN,
    )
    return tuple(
        actions.summaries(session, session.scalars(asked.order_by(Action.observed_at.desc(), Action.id).limit(limit)).all())
    )


def count_open(session: Session, person_id: int) -> int:
    """How many wait or are held."""
    asked = select(func.count()).where(Action.person_id == person_id, Action.status.in_((Status.WAITING, Status.HELD)))
    return session.scalars(asked).one()


def all_entries(
    session: Session, person_id: int, *, before: datetime | None
) -> tuple[tuple[ActionSummary, ...], datetime | None]:
    """The person's actions, the newest first, and before which instant the next page begins."""
    asked = select(Action).where(Action.person_id == person_id)
    if before is not None:
        asked = asked.where(Action.observed_at < before)
    found = session.scalars(asked.order_by(Action.observed_at.desc(), Action.id).limit(LISTED + 1)).all()
    more = found[LISTED - 1].observed_at if len(found) > LISTED else None
    return tuple(actions.summaries(session, found[:LISTED])), more


def pictures(session: Session, entries: Sequence[ActionSummary]) -> dict[UUID, int]:
    """Action -> the number of its last photograph that can be shown, of those that have one: what the place looked like after."""
    photos = actions.photos_of(session, [entry.id for entry in entries])
    shown = {action_id: [photo.number for photo in seen if photo.state is PhotoState.READY] for action_id, seen in photos.items()}
    return {action_id: numbers[-1] for action_id, numbers in shown.items() if numbers}


def span(session: Session, person_id: int) -> tuple[date, date] | None:
    """The first and the last day of the person's stamped actions; None without any."""
    asked = select(Action.observed_on).join(Stamp, Stamp.action_id == Action.id)
    asked = asked.where(Stamp.person_id == person_id, Stamp.voided_at.is_(None))
    first = session.scalar(asked.order_by(Action.observed_on).limit(1))
    last = session.scalar(asked.order_by(Action.observed_on.desc()).limit(1))
    return (first, last) if first is not None and last is not None else None


def sheet(
    session: Session, person_id: int, *, before: int | None, size: int = SHEET
) -> tuple[tuple[BookletStamp, ...], int | None]:
    """One page of the booklet, the newest stamps first, and before which number the next page begins."""
    asked = select(Stamp).where(Stamp.person_id == person_id)
    if before is not None:
        asked = asked.where(Stamp.page < before)
    stamps = session.scalars(asked.order_by(Stamp.page.desc()).limit(size + 1)).all()
    more = stamps[size - 1].page if len(stamps) > size else None
    return _prints(session, stamps[:size]), more


def _prints(session: Session, stamps: Sequence[Stamp]) -> tuple[BookletStamp, ...]:
    found = actions.actions(session, [stamp.action_id for stamp in stamps])
    stamped = {summary.id: summary for summary in actions.summaries(session, list(found.values()))}
    posts = _posts(session, {stamp.tenure_id for stamp in stamps})
    return tuple(
        BookletStamp(
            id=stamp.id,
            action_id=stamp.action_id,
            page=stamp.page,
            programme=stamped[stamp.action_id].programme,
            observed_on=stamped[stamp.action_id].observed_on,
            place=stamped[stamp.action_id].place,
            post=POST_NAMES[posts[stamp.tenure_id]],
            voided=stamp.voided_at is not None,
            credit=int(stamp.credits.get("credit", 0)),
        )
        for stamp in stamps
    )


def _posts(session: Session, tenure_ids: Iterable[int]) -> dict[int, Post]:
    rows = session.execute(select(Tenure.id, Tenure.post).where(Tenure.id.in_(set(tenure_ids))))
    return {tenure_id: post for tenure_id, post in rows}  # noqa: C416 - dict() takes a result for a mapping


def whole(session: Session, action: Action, *, is_owner: bool) -> ActionView:
    """The action with its history."""
    (entry,) = actions.summaries(session, [action])
    definition = programmes.version(session, action.version_id).definition
    stamps = session.scalars(select(Stamp).where(Stamp.action_id == action.id).order_by(Stamp.stamped_at)).all()
    prints = _prints(session, stamps)
    standing = next((made for made in prints if not made.voided), None)
    pairs = tuple(pair for pair in photo_consent.pairs_of(session, [action.id]).get(action.id, ()) if pair.is_ready)
    paired = {photo.place for pair in pairs for photo in (pair.before, pair.after)}
    is_adults = people.persons(session, [action.person_id])[action.person_id].is_adult
    return ActionView(
        entry=entry,
        programme_code=definition.code,
        note=action.note,
        distance_m=action.distance_m,
        stamp=standing,
        events=_events(session, action, stamps, prints),
        can_withdraw=is_owner and action.status in (Status.WAITING, Status.HELD),
        pairs=pairs,
        is_adults=is_adults,
        is_owner=is_owner,
        may_release=is_owner and is_adults and action.status not in (Status.REFUSED, Status.WITHDRAWN),
        photos=tuple(photo for photo in actions.photos(session, action.id) if photo.place not in paired),
    )


def _events(session: Session, action: Action, stamps: Sequence[Stamp], prints: Sequence[BookletStamp]) -> tuple[Event, ...]:
    """What happened, in its order. Posts are named, persons are not."""
    events = [Event(action.received_at, Text("Catatan diterima"))]
    for stamp, made in zip(stamps, prints, strict=True):
        by = Text("Dicap: %(post)s", post=made.post)
        events.append(Event(stamp.stamped_at, by, stamp.note))
        if stamp.voided_at is not None:
            events.append(Event(stamp.voided_at, Text("Cap dibatalkan"), stamp.void_reason or ""))
    refusal = session.get(Refusal, action.id)
    if refusal is not None:
        post = POST_NAMES[_posts(session, [refusal.tenure_id])[refusal.tenure_id]]
        refused = Text("Ditolak: %(post)s", post=post)
        events.append(Event(refusal.refused_at, refused, refusal.reason))
    events += [
        Event(photo.came_at, Text("Foto %(number)s menyusul", number=photo.number))
        for photo in actions.photos(session, action.id)
        if photo.came_at is not None
    ]
    return tuple(sorted(events, key=lambda event: event.at))


def serial_of(session: Session, code: str) -> UUID | None:
    """The stamp that has the code; None where none has, or several would."""
    found = session.scalars(select(Stamp.id).where(Stamp.id.between(*serials(code))).limit(2)).all()
    return found[0] if len(found) == 1 else None


def check(session: Session, serial: UUID, *, now: datetime) -> StampCheck | None:
    """What anybody may learn of the stamp: no place below the kelurahan, no hour, of a child's nothing live."""
    stamp = actions.stamp(session, serial)
    if stamp is None:
        return None
    action = actions.actions(session, [stamp.action_id])[stamp.action_id]
    area = places.areas(session).by_id.get(action.kelurahan_id) if action.kelurahan_id is not None else None
    zone = places.zone_at(session, action.kelurahan_id)
    return StampCheck(
        serial=stamp.id,
        code=grouped(check_code(stamp.id)),
        programme=programmes.version(session, action.version_id).definition.name.text,
        observed_on=action.observed_on,
        place=area.name if area is not None else "",
        post=POST_NAMES[_posts(session, [stamp.tenure_id])[stamp.tenure_id]],
        stamped_on=local_day(stamp.stamped_at, zone),
        voided_on=local_day(stamp.voided_at, zone) if stamp.voided_at is not None else None,
        told_from=local_day(stamp.public_at, zone) if stamp.public_at is not None and stamp.public_at > now else None,
    )
