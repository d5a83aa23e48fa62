"""The officer's queue, and who is an officer of an action's place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, select
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.models import Action, FirstWord, Stamp
from app.actions.rules.findings import waits_for_second
from app.actions.rules.words import Capacity, Status
from app.core.errors import NotFound
from app.people import queries as people
from app.people.models import Account, Person, Tenure
from app.people.queries.reach import cities_within, kelurahan_within
from app.people.rules import PERMISSIONS_BY_POST, ActiveTenure, Permission, Post, reach_of, with_permission
from app.photo_consent import queries as photo_consent
from app.photo_consent.models import PhotoRelease
from app.photo_consent.queries import MAX_OF_AN_ACTION
from app.photo_consent.rules import ConsentState
from app.places import queries as places
from app.places.rules.words import AreaLevel
from app.programmes import queries as programmes
from app.reviews import queries as reviews_queries
from app.reviews.models import Review
from app.stamping.rules import (
    TELLS_THOSE_ABOVE,
    ActionPlace,
    Stamper,
    is_kept_from,
    is_told,
    may_decide,
    stands_above,
    with_those_above,
)

# Written out in the statement: SQLite takes the indexes of open actions only where it reads the same words there.
STAMPING_POSTS = tuple(post for post in Post if Permission.STAMP in PERMISSIONS_BY_POST[post])
_IS_OPEN = Action.status.in_(bindparam("open", (Status.WAITING, Status.HELD), expanding=True, literal_execute=True))


@dataclass(frozen=True, slots=True)
class QueueCursor:
    """The last action of a page: the next page begins after it."""

    attention: int
    observed_at: datetime
    id: UUID


def place_of(session: Session, action: Action) -> ActionPlace:
    index = places.areas(session)
    if action.kelurahan_id is None:
        return ActionPlace(site_id=action.site_id, rw_id=None, ancestors=_cities_of(session, action), rws=frozenset())
    return ActionPlace(
        site_id=action.site_id,
        rw_id=rw.id if (rw := rw_of(session, action)) is not None else None,
        ancestors=index.with_ancestors(action.kelurahan_id),
        rws=frozenset(area.id for area in index.children(action.kelurahan_id)),
    )


def rw_of(session: Session, action: Action) -> places.AreaEntry | None:
    """The action's RW: as it stands, else the one of the number that was proposed, once there is one."""
    if action.rw_id is not None:
        return places.areas(session).by_id.get(action.rw_id)
    if action.rw_proposed is None or action.kelurahan_id is None:
        return None
    return places.rw_named(session, action.kelurahan_id, action.rw_proposed)


def _cities_of(session: Session, action: Action) -> frozenset[int]:
    """The cities to which an action outside every kelurahan belongs: its site's, and those where its doer holds posts that day.

    Where these name none: that of the doer's latest action inside one, and where there is but one city, that one.
    """
    index = places.areas(session)
    cities = {area.id for area in index.of_level(AreaLevel.CITY)}
    tenures = people.tenures_on(session, action.person_id, action.observed_on)
    sites = {action.site_id, *(tenure.site_id for tenure in tenures)}
    ancestors: set[int | None] = {tenure.area_id for tenure in tenures}
    ancestors |= {area.id for tenure in tenures if tenure.area_id is not None for area in index.ancestors(tenure.area_id)}
    for site in places.sites_by_id(session, (site_id for site_id in sites if site_id is not None)).values():
        ancestors |= places.ancestors_of_site(session, site)
    if ancestors.isdisjoint(cities):
        ancestors = {actions.latest_city(session, action.person_id)}
    if ancestors.isdisjoint(cities) and len(cities) == 1:
        return frozenset(cities)
    return frozenset(cities & ancestors)


def stamper(session: Session, person_id: int, now: datetime) -> Stamper:
    """The person with the posts, held today, that entitle to stamp."""
    tenures = with_permission(people.tenures_at(session, person_id, now), Permission.STAMP)
    return Stamper(person_id, people.account_ids(session, person_id) if tenures else frozenset(), tenures)


def right_to_decide(session: Session, action: Action, officer: Stamper) -> ActiveTenure | None:
    """The post by whose right the person may read, refuse or void the action."""
    stampers = _listed(session, action)
    place, is_own = place_of(session, action), action.person_id == officer.person_id
    right = may_decide(officer.tenures, stampers, place, is_own=is_own)
    if right is not None or action.capacity is Capacity.PUPIL or not stands_above(officer.tenures):
        return right
    right = may_decide(officer.tenures, with_those_above(stampers), place, is_own=is_own)
    return right if right is not None and _is_for_those_above(session, action, stampers, place) else None


def _listed(session: Session, action: Action) -> Sequence[str]:
    """Who stamps it by the programme's list."""
    return programmes.version(session, action.version_id).definition.stamping.get(action.capacity.value, ())


def _is_for_those_above(session: Session, action: Action, stampers: Sequence[str], place: ActionPlace) -> bool:
    """Whether those above may stamp it too: one of the list entered it, or has spoken first where a second officer has to.

    Else it would wait for ever where the list has one person only.
    """
    return waits_for_second(action.findings) or _comes_from_a_stamper(session, action, stampers, place)


def _comes_from_a_stamper(session: Session, action: Action, stampers: Sequence[str], place: ActionPlace) -> bool:
    """Whether it was recorded by somebody whose post of that day would have stamped it."""
    recorder = people.persons_behind(session, {action.recorded_by})[action.recorded_by]
    return may_decide(people.tenures_at(session, recorder, action.received_at), stampers, place, is_own=False) is not None


def right_to_stamp(session: Session, action: Action, officer: Stamper) -> ActiveTenure | None:
    """The post by whose right the person may stamp, release and review the action: never what they recorded for an adult."""
    if is_kept_from(action.recorded_by, action.capacity, officer):
        return None
    return right_to_decide(session, action, officer)


def is_officer_of(session: Session, action: Action, person_id: int, *, now: datetime) -> bool:
    """Whether the person may read the action as one who decides about it, and refuse it."""
    return right_to_decide(session, action, stamper(session, person_id, now)) is not None


def may_review(session: Session, action: Action, person_id: int, *, now: datetime) -> bool:
    """Whether the person may say whether the action's stamp stands."""
    return right_to_stamp(session, action, stamper(session, person_id, now)) is not None


def to_decide(session: Session, action_id: UUID, person_id: int, *, now: datetime) -> Action | None:
    """The action, where the person is an officer of its place; absent and out of reach answer alike."""
    action = actions.action(session, action_id)
    return action if action is not None and is_officer_of(session, action, person_id, now=now) else None


def review_to_decide(session: Session, review_id: int, person_id: int, *, now: datetime) -> tuple[Review, Action]:
    """An open or closed review about whose action the person may decide. Absent and out of reach answer alike: NotFound."""
    review = reviews_queries.review(session, review_id)
    action = actions.action(session, review.action_id) if review is not None else None
    if review is None or action is None or not may_review(session, action, person_id, now=now):
        raise NotFound
    return review, action


def to_void(session: Session, stamp_id: UUID, person_id: int, *, now: datetime) -> Action | None:
    """The action of a stamp that the person gave and still may take back, or that is within their reach."""
    stamp = actions.stamp(session, stamp_id)
    if stamp is None:
        return None
    if stamp.stamper_id == person_id and stamper(session, person_id, now).tenures:
        return actions.action(session, stamp.action_id)
    return to_decide(session, stamp.action_id, person_id, now=now)


def queue(
    session: Session,
    person_id: int,
    *,
    limit: int,
    after: QueueCursor | None,
    now: datetime,
    max_per_person: int | None = None,
    doer_id: int | None = None,
) -> tuple[Sequence[Action], QueueCursor | None]:
    """What waits for this officer, clean ones first, held ones last, the oldest first; and where the next page begins.

    `max_per_person`: at most so many of one person, so that nobody fills the page of all others; `doer_id`: that person's alone.
    """
    officer = stamper(session, person_id, now)
    if not officer.tenures:
        return (), None
    mine: list[Action] = []
    cursor = after
    taken: Counter[int] = Counter()
    while len(mine) <= limit:
        asked = _waiting(session, officer, cursor)
        if doer_id is not None:
            asked = asked.where(Action.person_id == doer_id)
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
        _IS_OPEN,
        Action.recorded_by.in_(officer.account_ids),
        Action.capacity != Capacity.PUPIL,
        Action.person_id != officer.person_id,
    )
    found = session.scalars(asked.order_by(Action.observed_at, Action.id).limit(limit))
    return [action for action in found if right_to_decide(session, action, officer) is not None]


@dataclass(frozen=True, slots=True)
class ProposedRw:
    """An RW that actions name and of which nothing is known."""

    kelurahan: places.AreaEntry
    number: str
    actions: int
    """How many of those that wait."""
    people: int
    """Whose."""


def takes_rws(session: Session, officer: Stamper) -> frozenset[int]:
    """The kelurahan whose RWs the officer takes: their lurah and their coordinator say which there are."""
    index = places.areas(session)
    mine = {h.area_id for h in officer.tenures if h.post in (Post.LURAH, Post.COORDINATOR) and h.area_id is not None}
    whole = (area_id for area_id in mine if index.by_id[area_id].level is not AreaLevel.RW)
    return frozenset(kelurahan_id for area_id in whole for kelurahan_id in index.kelurahan_within(area_id))


def proposed_rws(session: Session, officer: Stamper, *, limit: int) -> tuple[ProposedRw, ...]:
    """The RWs that waiting actions propose to this officer, those that most people name first."""
    kelurahan = takes_rws(session, officer)
    if not kelurahan:
        return ()
    people_naming = func.count(Action.person_id.distinct())
    asked = (
        select(Action.kelurahan_id, Action.rw_proposed, func.count(), people_naming)
        .where(_IS_OPEN, Action.kelurahan_id.in_(kelurahan), Action.rw_id.is_(None), Action.rw_proposed.is_not(None))
        .group_by(Action.kelurahan_id, Action.rw_proposed)
        .order_by(people_naming.desc(), Action.kelurahan_id, Action.rw_proposed)
    )
    by_id = places.areas(session).by_id
    found = (
        ProposedRw(by_id[kelurahan_id], number, count, people)
        for kelurahan_id, number, count, people in session.execute(asked)
        if kelurahan_id is not None and number is not None and places.rw_named(session, kelurahan_id, number) is None
    )
    return tuple(islice(found, limit))


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """What waits for somebody's stamp and is theirs to be told of."""

    count: int
    late: int
    """Of these since more than 7 days."""


def to_be_told(session: Session, person_id: int, *, limit: int, now: datetime) -> WaitingFor:
    """Of the first of this officer's queue those of which they are told; the next above is told of what waits long."""
    officer = stamper(session, person_id, now)
    page, _ = queue(session, person_id, limit=limit, after=None, now=now)
    told = [action for action in page if _is_told(session, action, officer, now)]
    return WaitingFor(len(told), sum(now - action.received_at >= TELLS_THOSE_ABOVE for action in told))


def _is_told(session: Session, action: Action, officer: Stamper, now: datetime) -> bool:
    right, waited = right_to_stamp(session, action, officer), now - action.received_at
    if right is None:
        return False
    stampers = _stampers(session, action)
    if is_told(right.post, stampers, waited, is_only=False):
        return True
    return not _another_stamps(session, action, stampers, officer, now)


def _stampers(session: Session, action: Action) -> Sequence[str]:
    """The programme's list for the action, with those above where one of the list entered it."""
    listed = _listed(session, action)
    is_pupils = action.capacity is Capacity.PUPIL
    if is_pupils or not _is_for_those_above(session, action, listed, place_of(session, action)):
        return listed
    return with_those_above(listed)


def _another_stamps(session: Session, action: Action, stampers: Sequence[str], officer: Stamper, now: datetime) -> bool:
    """Whether somebody else, who signs in, may stamp the action."""
    place, named = place_of(session, action), {stamper.partition("@")[0] for stamper in stampers}
    where = or_(Tenure.area_id.in_(place.ancestors | place.rws), Tenure.site_id == place.site_id)
    first = actions.first_word(session, action.id)
    there = (
        select(Tenure.person_id)
        .join(Account, Account.person_id == Tenure.person_id)
        .where(Account.disabled_at.is_(None), Tenure.post.in_([Post(post) for post in named]), where)
        .where(Tenure.person_id.not_in({officer.person_id, action.person_id, *([first.officer_id] if first else ())}))
        .distinct()
    )
    others = (stamper(session, person_id, now) for person_id in session.scalars(there).all())
    return any(
        not is_kept_from(action.recorded_by, action.capacity, other)
        and may_decide(other.tenures, stampers, place, is_own=False) is not None
        for other in others
    )


def held_since(session: Session, instant: datetime, *, after: UUID | None, limit: int) -> Sequence[Action]:
    """Actions that have been held since before the instant, whose stamp nobody took back since then, by their id."""
    voided = select(Stamp.id).where(Stamp.action_id == Action.id, Stamp.voided_at > instant)
    asked = select(Action).where(_IS_OPEN, Action.status == Status.HELD, Action.received_at <= instant, ~voided.exists())
    if after is not None:
        asked = asked.where(Action.id > after)
    return session.scalars(asked.order_by(Action.id).limit(limit)).all()


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


def within_reach(session: Session, tenures: Iterable[ActiveTenure]) -> ColumnElement[bool]:
    """Actions at the places of these posts; which of them the posts may decide about, `right_to_stamp` says."""
    tenures = tuple(tenures)
    own = reach_of(tenure for tenure in tenures if tenure.post is not Post.KECAMATAN)
    above = reach_of(tenure for tenure in tenures if tenure.post is Post.KECAMATAN)
    kelurahan = kelurahan_within(session, own)
    entered = kelurahan_within(session, above) - kelurahan
    reach: list[ColumnElement[bool]] = []
    if own.sites:
        reach.append(Action.site_id.in_(own.sites))
    if kelurahan:
        reach.append(Action.kelurahan_id.in_(kelurahan))
    if entered:
        # A kecamatan stands above those who stamp: of all that waits below, only what they entered themselves is looked at,
        # and what one of them has stamped and a second has to.
        theirs = select(Account.id).join(Tenure, Tenure.person_id == Account.person_id).where(Tenure.post.in_(STAMPING_POSTS))
        said = select(FirstWord.action_id).where(FirstWord.action_id == Action.id)
        reach.append(and_(Action.kelurahan_id.in_(entered), or_(Action.recorded_by.in_(theirs), said.exists())))
    if cities_within(session, own):
        reach.append(Action.kelurahan_id.is_(None))
    return or_(false(), *reach)


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
        .where(_IS_OPEN, within_reach(session, officer.tenures), others, ~_has_spoken_first(officer))
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
