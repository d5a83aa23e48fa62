"""Pairs of photographs whose owners would like them to be seen by all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules.words import Status
from app.people.models import Account, Person
from app.photo_consent import queries as photo_consent
from app.photo_consent.models import PhotoRelease
from app.photo_consent.queries import MAX_OF_AN_ACTION
from app.photo_consent.rules import ConsentState
from app.stamping.queries.rights import right_to_stamp, stamper, within_reach


@dataclass(frozen=True, slots=True)
class PairToSee:
    """Before and after of a stamped action, whose owner would like them to be seen by all."""

    action: Action
    pair: photo_consent.Pair


def pairs_asked(session: Session, officer: Account, *, limit: int, now: datetime) -> list[PairToSee]:
    """What this officer is asked to look at before the public sees it, the longest waiting first."""
    waits = (PhotoRelease.cleared_at.is_(None), PhotoRelease.declined_at.is_(None))
    return _pairs(session, officer, waits, (ConsentState.ASKED,), PhotoRelease.consented_at.asc(), limit, now)[:limit]


def pairs_decided(session: Session, officer: Account, *, limit: int, now: datetime) -> list[PairToSee]:
    """What was decided last about photographs at this officer's places."""
    decided = func.coalesce(PhotoRelease.cleared_at, PhotoRelease.declined_at)
    stands = (ConsentState.CLEARED, ConsentState.DECLINED)
    return _pairs(session, officer, (decided.is_not(None),), stands, decided.desc(), limit, now)[:limit]


def _pairs(
    session: Session,
    officer: Account,
    said: Iterable[ColumnElement[bool]],
    standings: Collection[ConsentState],
    order: ColumnElement[Any],
    limit: int,
    now: datetime,
) -> list[PairToSee]:
    """Pairs of stamped actions of adults about which the officer may decide, and which are not the officer's own."""
    by = stamper(session, officer.person_id, now)
    asked = (
        select(Action)
        .join(PhotoRelease, PhotoRelease.action_id == Action.id)
        .join(Person, Person.id == Action.person_id)
        .where(PhotoRelease.consented_at.is_not(None), *said)
        .where(Action.status == Status.STAMPED, Person.is_adult, within_reach(session, by.tenures))
        .where(Action.person_id != officer.person_id, Action.recorded_by.not_in(by.account_ids))
        .order_by(order, Action.id)
    )
    found: dict[UUID, list[PairToSee]] = {}
    start, batch = 0, limit * MAX_OF_AN_ACTION
    while len(found) < limit:
        rows = session.scalars(asked.offset(start).limit(batch)).all()
        mine = {each.id: each for each in rows if right_to_stamp(session, each, by) is not None}
        # Pairs that cannot be shown, broken ones above all, take nobody's place.
        for action_id, pairs in photo_consent.pairs_of(session, list(mine)).items():
            if ready := [PairToSee(mine[action_id], pair) for pair in pairs if pair.is_ready and pair.standing in standings]:
                found[action_id] = ready
        if len(rows) < batch:
            break
        start += batch
    return [each for ready in found.values() for each in ready]
