"""The officer's queue, and who is an officer of an action's place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules.words import Status
from app.core.clock import DEFAULT_ZONE, local_day
from app.people import queries as people
from app.people.rules import Deed, Held, entitled
from app.places import queries as places
from app.places.rules.words import AreaLevel
from app.programmes import queries as programmes
from app.stamping.rules import Place, may_stamp

# Written out in the statement: SQLite takes the indexes of open actions only where it reads the same words there.
_IS_OPEN = Action.status.in_(bindparam("open", (Status.WAITING, Status.HELD), expanding=True, literal_execute=True))


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last action of a page: the next page begins after it."""

    attention: int
    observed_at: datetime
    id: UUID


def place_of(session: Session, action: Action) -> Place:
    index = places.areas(session)
    if action.kelurahan_id is None:
        around = frozenset(area.id for area in index.of_level(AreaLevel.CITY))
        return Place(site_id=action.site_id, rw_id=None, around=around, rws=frozenset())
    above = (area.id for area in index.ancestors(action.kelurahan_id))
    return Place(
        site_id=action.site_id,
        rw_id=action.rw_id,
        around=frozenset({action.kelurahan_id, *above}),
        rws=frozenset(area.id for area in index.children(action.kelurahan_id)),
    )


def right_to_stamp(session: Session, action: Action, held: Iterable[Held], person_id: int) -> Held | None:
    """The post by whose right the person may decide about the action."""
    definition = programmes.version(session, action.version_id).definition
    return may_stamp(
        held,
        definition.stamping.get(action.capacity.value, ()),
        place_of(session, action),
        is_own=action.person_id == person_id,
    )


def posts_of(session: Session, person_id: int, now: datetime) -> tuple[Held, ...]:
    """The posts, held today, that entitle to stamp."""
    return entitled(people.tenures_on(session, person_id, local_day(now, DEFAULT_ZONE)), Deed.STAMP)


def is_officer_of(session: Session, action: Action, person_id: int, *, now: datetime) -> bool:
    return right_to_stamp(session, action, posts_of(session, person_id, now), person_id) is not None


def queue(
    session: Session, person_id: int, *, limit: int, after: Cursor | None, now: datetime
) -> tuple[Sequence[Action], Cursor | None]:
    """What waits for this officer, clean ones first, held ones last, the oldest first; and where the next page begins."""
    held = posts_of(session, person_id, now)
    if not held:
        return (), None
    mine: list[Action] = []
    cursor = after
    while len(mine) <= limit:
        batch = session.scalars(_waiting(session, held, cursor).limit(limit + 1)).all()
        mine += [action for action in batch if right_to_stamp(session, action, held, person_id) is not None]
        if len(batch) <= limit:
            break
        last = batch[-1]
        cursor = Cursor(last.attention, last.observed_at, last.id)
    page = mine[:limit]
    more = Cursor(page[-1].attention, page[-1].observed_at, page[-1].id) if len(mine) > limit else None
    return page, more


def _waiting(session: Session, held: Iterable[Held], after: Cursor | None):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Open actions within reach of the posts, in the order of the queue."""
    index = places.areas(session)
    sites = [h.site_id for h in held if h.site_id is not None]
    areas = [h.area_id for h in held if h.area_id is not None]
    kelurahan = {k for area_id in areas for k in index.kelurahan_within(area_id)}
    reach = []
    if sites:
        reach.append(Action.site_id.in_(sites))
    if kelurahan:
        reach.append(Action.kelurahan_id.in_(kelurahan))
    if any(index.by_id[area_id].level is AreaLevel.CITY for area_id in areas):
        reach.append(Action.kelurahan_id.is_(None))
    statement = select(Action).where(_IS_OPEN, or_(*reach)).order_by(Action.attention, Action.observed_at, Action.id)
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
