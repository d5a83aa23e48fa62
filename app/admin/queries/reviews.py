"""Stamped actions that somebody has to look at again: for those who may decide, and for administrators, who only see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.models import Action, Stamp
from app.actions.queries import ActionSummary
from app.actions.rules.findings import TRAVEL, Finding
from app.actions.rules.photo_sentences import SEEN
from app.actions.rules.sentences import travel_seen
from app.actions.rules.words import Capacity
from app.core.text import Text
from app.integrity import queries as integrity
from app.integrity.rules import Signal, findings
from app.people import queries as people
from app.reviews import queries as reviews
from app.reviews.models import Review
from app.stamping import queries as stamping
from app.stamping.models import StampBulk
from app.stamping.rules import why_flagged

ALONE = Text("Yang mengecap aksi ini juga yang mencatatnya.")


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    """A stamped action with what looks wrong."""

    id: int
    action: ActionSummary
    """Without its site for whoever may not decide about it."""
    person: str
    """Whose action; empty for whoever may not decide about it."""
    opened_at: datetime
    seen: tuple[Text, ...]
    """What looks wrong, a sentence each."""
    others: tuple[UUID, ...]
    """Earlier actions that show the same, those that the reader may open."""
    is_mine: bool
    """Whether the reader put the stamp there."""


@dataclass(frozen=True, slots=True)
class BulkSeen:
    """A decision about many actions at which somebody other than its officer has to look."""

    id: UUID
    decided_at: datetime
    asked: int
    officer: str
    """Who decided; empty for whoever may not look at it."""
    why: tuple[Text, ...]


def bulks_of_officer(session: Session, person_id: int, *, limit: int, now: datetime) -> tuple[BulkSeen, ...]:
    """Those at which the person has to look."""
    found = stamping.bulks_to_look_at(session, person_id, limit=limit, now=now)
    officers = people.persons(session, {each.officer_id for each in found})
    return tuple(_bulk_seen(each, people.public_name(officers[each.officer_id])) for each in found)


def all_bulks(session: Session, *, limit: int) -> tuple[BulkSeen, ...]:
    """All of them, without anybody's name."""
    return tuple(_bulk_seen(each, "") for each in stamping.all_open_bulks(session, limit=limit))


def _bulk_seen(bulk: StampBulk, officer: str) -> BulkSeen:
    return BulkSeen(bulk.id, bulk.decided_at, bulk.asked, officer, why_flagged(bulk.flags))


def reviews_of_officer(
    session: Session, person_id: int, *, after: int | None, limit: int, now: datetime
) -> tuple[tuple[ReviewSeen, ...], int | None]:
    """Those about which the person may decide."""
    found, more = stamping.reviews(session, person_id, after=after, limit=limit, now=now)
    return _seen(session, found, person_id, now=now), more


def all_reviews(session: Session, *, after: int | None, limit: int) -> tuple[tuple[ReviewSeen, ...], int | None]:
    """All of them, without anybody's name: an administrator decides about none."""
    found = reviews.open_reviews(session, after=after, limit=limit + 1)
    page = found[:limit]
    return _seen(session, page, None, now=None), page[-1][0].id if len(found) > limit else None


def review_to_decide(session: Session, review_id: int, person_id: int, *, now: datetime) -> tuple[Review, ReviewSeen]:
    """The review as its page shows it. Raises NotFound where the person may not decide about it."""
    review, action = stamping.review_to_decide(session, review_id, person_id, now=now)
    (seen,) = _seen(session, [(review, action)], person_id, now=now)
    return review, seen


def _seen(
    session: Session, found: Sequence[tuple[Review, Action]], reader: int | None, *, now: datetime | None
) -> tuple[ReviewSeen, ...]:
    ids = [action.id for _, action in found]
    signals, stamps = integrity.signals_of(session, ids), actions.valid_stamps(session, ids)
    others = _readable(session, signals, reader, now)
    doers = people.persons(session, {action.person_id for _, action in found}) if reader is not None else {}
    summaries = actions.summaries(session, [action for _, action in found])
    recorders = people.persons_behind(session, {action.recorded_by for _, action in found})
    seen = []
    for (review, action), summary in zip(found, summaries, strict=True):
        stamp, mine = stamps.get(action.id), signals.get(action.id, [])
        seen.append(
            ReviewSeen(
                id=review.id,
                action=summary if reader is not None else replace(summary, site=""),
                person=people.public_name(doers[action.person_id]) if reader is not None else "",
                opened_at=review.opened_at,
                seen=(
                    *((ALONE,) if _was_alone(action, stamp, recorders) else ()),
                    *_said(mine),
                    *_said_of_travel(action),
                ),
                others=tuple(
                    dict.fromkeys(signal.other for signal in mine if signal.other is not None and signal.other in others)
                ),
                is_mine=stamp is not None and stamp.stamper_id == reader,
            )
        )
    return tuple(seen)


def _was_alone(action: Action, stamp: Stamp | None, recorders: Mapping[int, int]) -> bool:
    """Whether one person recorded and stamped an adult's action: possible before the database itself kept it apart."""
    return stamp is not None and action.capacity is not Capacity.PUPIL and recorders[action.recorded_by] == stamp.stamper_id


def _said(signals: Sequence[Signal]) -> tuple[Text, ...]:
    """What looks wrong, each sort once."""
    return tuple(SEEN[finding.code](finding.values) for finding in findings(0, {}, signals) if finding.code in SEEN)


def _said_of_travel(action: Action) -> tuple[Text, ...]:
    """That nobody can have been there, where that was found."""
    return tuple(travel_seen(finding.values) for finding in map(Finding.read, action.findings) if finding.code == TRAVEL)


def _readable(session: Session, signals: dict[UUID, list[Signal]], reader: int | None, now: datetime | None) -> set[UUID]:
    """Of the actions that show the same, those of which the reader is an officer."""
    wanted = {signal.other for mine in signals.values() for signal in mine if signal.other is not None}
    if reader is None or now is None or not wanted:
        return set()
    officer = stamping.stamper(session, reader, now)
    found = actions.actions(session, list(wanted))
    return {id_ for id_, other in found.items() if stamping.right_to_decide(session, other, officer) is not None}
