"""Photographs are looked at beside their action: what was found stands with it, and holds it where it has to.

`look_around` reads, outside the write lock; `conclude` decides and stores, inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions import service as actions
from app.actions.models import Action, ActionPhoto
from app.actions.rules.findings import FOLLOWS_WITHIN, NEVER_CAME, PENDING, Finding, Level, photographs_short
from app.actions.rules.words import Status
from app.database import Base
from app.database.locks import lock_rows
from app.database.upsert import insert_for
from app.integrity import queries, rules
from app.integrity.models import PhotoSignal
from app.integrity.queries import Alike, PhotoView
from app.integrity.rules import ActionEvidence, Signal, SignalKind
from app.jobs.queue import ask_again, enqueue
from app.media import service as media
from app.media.rules import Fault, PhotoState
from app.people.models import Person
from app.programmes import queries as programmes
from app.reviews import service as reviews

SIGNAL, ACTION_PHOTO = (Base.metadata.tables[table.__tablename__] for table in (PhotoSignal, ActionPhoto))
INSPECT = "integrity.inspect"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an action's photographs say, before it is written down."""

    action_id: UUID
    signals: Mapping[UUID, tuple[Signal, ...]]
    """Action -> what looks wrong with its photographs; of a pair that shows the same, the later has the signal."""


def inspect_later(session: Session, action_id: UUID, *, now: datetime) -> None:
    """Ask, in the transaction that records the action, for its photographs to be looked at."""
    enqueue(session, INSPECT, {"action": str(action_id)}, now=now, key=f"{INSPECT} {action_id}")


def inspect_again(session: Session, photo_id: int, *, now: datetime) -> None:
    """Ask for every action that shows the photograph to be looked at, whether or not it was."""
    for action_id in queries.showing_photo(session, photo_id):
        ask_again(session, INSPECT, {"action": str(action_id)}, f"{INSPECT} {action_id}", now=now)


def photo_came(session: Session, account_id: int, sha256: str, *, now: datetime) -> None:
    """Actions of the account that wait for this photograph have it now, and it will be looked at beside each of them."""
    waiting = queries.awaiting(session, account_id, sha256)
    if not waiting:
        return
    media.claim(session, account_id, [sha256], now=now)
    links = (ACTION_PHOTO.c.action_id.in_(waiting), ACTION_PHOTO.c.sha256 == sha256, ACTION_PHOTO.c.awaited_since.is_not(None))
    for action in _hold(session, waiting).values():
        was_over = any(row[0] == NEVER_CAME for row in action.findings)
        session.execute(update(ACTION_PHOTO).where(*links, ACTION_PHOTO.c.action_id == action.id).values(came_at=now))
        here, coming = queries.photos_here_and_coming(session, action.id)
        short = photographs_short(here=here, coming=coming, is_over=was_over, asked=_photos_asked(session, action))
        actions.photograph_came(action, short, here=here)
        ask_again(session, INSPECT, {"action": str(action.id)}, f"{INSPECT} {action.id}", now=now)


def tell_what_never_came(session: Session, *, limit: int, now: datetime) -> int:
    """Actions whose photographs did not follow within 7 days say so, up to `limit`; how many."""
    overdue = queries.never_came(session, awaited_before=now - FOLLOWS_WITHIN, limit=limit)
    for action in _hold(session, overdue).values():
        here, coming = queries.photos_here_and_coming(session, action.id)
        asked = _photos_asked(session, action)
        actions.tell_short(action, photographs_short(here=here, coming=coming, is_over=True, asked=asked))
    return len(overdue)


def _photos_asked(session: Session, action: Action) -> int:
    return programmes.version(session, action.version_id).definition.evidence.photos


def are_seen(photos: Iterable[PhotoView]) -> bool:
    """Whether every photograph has been decoded, or found broken."""
    return all(shown.photo is None or shown.photo.state is not PhotoState.PENDING for shown in photos)


def look_around(session: Session, action: Action) -> Inspection | None:
    """What the action's photographs say of it and of others; None while some have not been decoded."""
    photos = queries.shown(session, action.id)
    if not are_seen(photos):
        return None
    mine = queries.evidence(session, action)
    found: dict[UUID, list[Signal]] = {action.id: []}
    for shown in photos:
        if shown.photo is not None:
            found[action.id] += rules.contradictions(mine, shown.place, queries.exposure(shown.photo, shown.told))
    # What was withdrawn shows nothing: neither does it repeat, nor is it repeated.
    others = [] if action.status is Status.WITHDRAWN else queries.alike(session, action.id, photos)
    for alike in others:
        if not rules.may_share(mine, alike.other):
            who, signal = _repeated(mine, alike)
            found.setdefault(who, []).append(signal)
    return Inspection(action.id, {action_id: tuple(signals) for action_id, signals in found.items()})


def _repeated(mine: ActionEvidence, alike: Alike) -> tuple[UUID, Signal]:
    """Which of the two actions repeats the other, and what to say of it."""
    kind = SignalKind.REPEATED if alike.is_same else SignalKind.SIMILAR
    if rules.later(mine, alike.other) is mine:
        return mine.id, Signal(kind, alike.place, other=alike.other.id)
    return alike.other.id, Signal(kind, alike.other_place, other=mine.id)


def conclude(session: Session, inspection: Inspection, *, now: datetime) -> None:
    """Write down what looks wrong; findings, order in the queue and status of those actions follow. Twice is as once."""
    affected = _hold(session, inspection.signals)
    stood = {action_id: action.status for action_id, action in affected.items()}
    for action_id, found in inspection.signals.items():
        is_news = _remember(session, action_id, found, now)
        action = affected[action_id]
        was_inspected = _was_inspected(action)
        if action_id == inspection.action_id or was_inspected:
            holds = _settle(session, action)
            if action.status is Status.STAMPED and holds and (is_news or not was_inspected):
                reviews.look_again(session, [action_id], now=now)
    for action_id, action in affected.items():
        if action.status is not stood[action_id]:
            judge_again(session, action, now=now)


def _hold(session: Session, ids: Iterable[UUID]) -> dict[UUID, Action]:
    """The actions as they are now; nobody decides about them meanwhile."""
    wanted = list(ids)
    lock_rows(session, Person.id, {action.person_id for action in actions_queries.actions(session, wanted).values()})
    locked = select(Action).where(Action.id.in_(wanted)).order_by(Action.id).with_for_update()
    return {action.id: action for action in session.scalars(locked.execution_options(populate_existing=True))}


def _remember(session: Session, action_id: UUID, found: Iterable[Signal], now: datetime) -> bool:
    """Whether any of the signals is new."""
    rows = [
        {
            "action_id": action_id,
            "kind": signal.kind,
            "place": signal.place,
            "other_action_id": signal.other,
            "values": dict(signal.values),
            "rules_version": rules.RULES_VERSION,
            "found_at": now,
        }
        for signal in found
    ]
    insertion = insert_for(session, SIGNAL).on_conflict_do_nothing(index_elements=["action_id", "kind", "place"])
    made = [session.execute(insertion.values(row).returning(SIGNAL.c.id)).first() for row in rows]
    return any(row is not None for row in made)


def _was_inspected(action: Action) -> bool:
    """Whether its own inspection is over; else that one will see these signals."""
    return all(row[0] != PENDING for row in action.findings)


def _settle(session: Session, action: Action) -> bool:
    """The findings follow what is known now; whether any signal stands."""
    signals = queries.signals(session, action.id)
    photos = queries.shown(session, action.id)
    faults = {shown.place: _fault(shown) for shown in photos}
    broken = {place: fault for place, fault in faults.items() if fault is not None}
    found = rules.findings(len(photos), broken, signals)
    if not are_seen(photos):
        # One has followed meanwhile.
        found = (*(each for each in found if each.level is not Level.OK), Finding(PENDING, Level.LOOK, {"photos": len(photos)}))
    actions.settle_photographs(action, found)
    return bool(signals)


def _fault(shown: PhotoView) -> Fault | None:
    return Fault.GAVE_UP if shown.photo is None else shown.photo.fault


def judge_again(session: Session, action: Action, *, now: datetime) -> None:
    """The action came to stand, or no longer does: its person's others are held against each other as they are now."""
    reviews.look_again(session, actions.judge_again(session, action.person_id, action.observed_on), now=now)
