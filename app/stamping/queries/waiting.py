"""The officer's queue: what waits for somebody's stamp, and what stands beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from app.actions.models import Action, FirstWord, Stamp
from app.actions.rules.words import Capacity, Status
from app.places.queries import AreaEntry
from app.reviews import queries as reviews_queries
from app.reviews.models import Review
from app.stamping.queries.rights import right_to_decide, right_to_stamp, stamper, within_reach
from app.stamping.rules import (
    Stamper,
)

# Written out in the statement: SQLite takes the indexes of open actions only where it reads the same words there.
IS_OPEN = Action.status.in_(bindparam("open", (Status.WAITING, Status.HELD), expanding=True, literal_execute=True))


@dataclass(frozen=True, slots=True)
class QueueCursor:
    """The last action of a page: the next page begins after it."""

    attention: int
    observed_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What of the queue is asked for; None asks for all."""

    programme_id: int | None = None
    doer_id: int | None = None
    rw: AreaEntry | None = None
    site_id: int | None = None
    received_before: datetime | None = None
    received_after: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """An RW that was proposed and is known by now counts as the action's."""
        found: list[ColumnElement[bool]] = []
        if self.programme_id is not None:
            found.append(Action.programme_id == self.programme_id)
        if self.doer_id is not None:
            found.append(Action.person_id == self.doer_id)
        if self.rw is not None:
            number = self.rw.code.rpartition("/")[2]
            named = and_(Action.rw_id.is_(None), Action.kelurahan_id == self.rw.parent_id, Action.rw_proposed == number)
            found.append(or_(Action.rw_id == self.rw.id, named))
        if self.site_id is not None:
            found.append(Action.site_id == self.site_id)
        if self.received_before is not None:
            found.append(Action.received_at <= self.received_before)
        if self.received_after is not None:
            found.append(Action.received_at > self.received_after)
        return found


EVERYTHING = QueueFilter()


def queue(
    session: Session,
    person_id: int,
    *,
    limit: int,
    after: QueueCursor | None,
    now: datetime,
    max_per_person: int | None = None,
    asked_for: QueueFilter = EVERYTHING,
) -> tuple[Sequence[Action], QueueCursor | None]:
    """What waits for this officer, clean ones first, held ones last, the oldest first; and where the next page begins.

    `max_per_person`: at most so many of one person, so that nobody fills the page of all others.
    """
    officer = stamper(session, person_id, now)
    if not officer.tenures:
        return (), None
    mine: list[Action] = []
    cursor = after
    taken: Counter[int] = Counter()
    while len(mine) <= limit:
        asked = _waiting(session, officer, cursor).where(*asked_for.conditions())
        if full := [doer for doer, count in taken.items() if count == max_per_person]:
            asked = asked.where(Action.person_id.not_in(full))
        batch = session.scalars(asked.limit(limit + 1)).all()
        for action in batch:
            if taken[action.person_id] != max_per_person and right_to_stamp(session, action, officer) is not None:
                mine.append(action)
                taken[action.person_id] += 1
        if len(batch) <= limit:
            break
        last = batch[-1]
        cursor = QueueCursor(last.attention, last.observed_at, last.id)
    page = mine[:limit]
    more = QueueCursor(page[-1].attention, page[-1].observed_at, page[-1].id) if len(mine) > limit else None
    return page, more


def recorded_for_others(session: Session, officer: Stamper, *, limit: int) -> list[Action]:
    """What waits at this officer's places and is another's to stamp, because the officer recorded it; the oldest first."""
    asked = select(Action).where(
        IS_OPEN,
        Action.recorded_by.in_(officer.account_ids),
        Action.capacity != Capacity.PUPIL,
        Action.person_id != officer.person_id,
    )
    found = session.scalars(asked.order_by(Action.observed_at, Action.id).limit(limit))
    return [action for action in found if right_to_decide(session, action, officer) is not None]


def held_since(session: Session, instant: datetime, *, after: UUID | None, limit: int) -> Sequence[Action]:
    """Actions that have been held since before the instant, whose stamp nobody took back since then, by their id."""
    voided = select(Stamp.id).where(Stamp.action_id == Action.id, Stamp.voided_at > instant)
    asked = select(Action).where(IS_OPEN, Action.status == Status.HELD, Action.received_at <= instant, ~voided.exists())
    if after is not None:
        asked = asked.where(Action.id > after)
    return session.scalars(asked.order_by(Action.id).limit(limit)).all()


def reviews(
    session: Session, person_id: int, *, after: int | None, limit: int, now: datetime
) -> tuple[list[tuple[Review, Action]], int | None]:
    """Stamped actions that somebody has to look at again and about which this officer may decide, the oldest first.

    And the number of the last of this page where more follow.
    """
    officer = stamper(session, person_id, now)
    found: list[tuple[Review, Action]] = []
    last = after
    while officer.tenures and len(found) <= limit:
        batch = reviews_queries.open_reviews(session, after=last, limit=limit + 1, within=within_reach(session, officer.tenures))
        found += [(review, action) for review, action in batch if right_to_stamp(session, action, officer) is not None]
        if len(batch) <= limit:
            break
        last = batch[-1][0].id
    page = found[:limit]
    return page, page[-1][0].id if len(found) > limit else None


def _has_spoken_first(officer: Stamper) -> ColumnElement[bool]:
    said = select(FirstWord.action_id).where(FirstWord.action_id == Action.id, FirstWord.officer_id == officer.person_id)
    return said.exists()


def _waiting(session: Session, officer: Stamper, after: QueueCursor | None):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Open actions within reach of the officer's posts, in the order of the queue.

    Not what the officer recorded for adults, nor what the officer has agreed to and a second one has to stamp.
    """
    others = or_(Action.recorded_by.not_in(officer.account_ids), Action.capacity == Capacity.PUPIL)
    statement = (
        select(Action)
        .where(IS_OPEN, within_reach(session, officer.tenures), others, ~_has_spoken_first(officer))
        .order_by(Action.attention, Action.observed_at, Action.id)
    )
    if after is not None:
        statement = statement.where(
            or_(
                Action.attention > after.attention,
                and_(Action.attention == after.attention, Action.observed_at > after.observed_at),
                and_(
                    Action.attention == after.attention,
                    Action.observed_at == after.observed_at,
                    Action.id > after.id,
                ),
            )
        )
    return statement
