"""Who may decide about an action: the officers of its place, and those above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.models import Action, FirstWord
from app.actions.rules.findings import waits_for_second
from app.actions.rules.words import Capacity
from app.core.errors import NotFound
from app.people import queries as people
from app.people.models import Account, Tenure
from app.people.queries.reach import cities_within, kelurahan_within
from app.people.rules import PERMISSIONS_BY_POST, ActiveTenure, Permission, Post, reach_of, with_permission
from app.places import queries as places
from app.places.rules.words import AreaLevel
from app.programmes import queries as programmes
from app.reviews import queries as reviews_queries
from app.reviews.models import Review
from app.stamping.rules import (
    ActionPlace,
    Stamper,
    is_kept_from,
    may_decide,
    stands_above,
    with_those_above,
)

STAMPING_POSTS = tuple(post for post in Post if Permission.STAMP in PERMISSIONS_BY_POST[post])


def place_of(session: Session, action: Action) -> ActionPlace:
    """Where the action lies, as far as the right to stamp asks; outside every kelurahan it belongs to cities."""
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
    stampers = listed_stampers(session, action)
    place, is_own = place_of(session, action), action.person_id == officer.person_id
    right = may_decide(officer.tenures, stampers, place, is_own=is_own)
    if right is not None or action.capacity is Capacity.PUPIL or not stands_above(officer.tenures):
        return right
    right = may_decide(officer.tenures, with_those_above(stampers), place, is_own=is_own)
    return right if right is not None and is_for_those_above(session, action, stampers, place) else None


def listed_stampers(session: Session, action: Action) -> Sequence[str]:
    """Who stamps it by the programme's list."""
    return programmes.version(session, action.version_id).definition.stamping.get(action.capacity.value, ())


def is_for_those_above(session: Session, action: Action, stampers: Sequence[str], place: ActionPlace) -> bool:
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
