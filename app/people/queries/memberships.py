"""Requests to belong to a site: mine, and those that wait for my word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.clock import local_day
from app.people.models import Account, MembershipRequest, Tenure
from app.people.queries import is_active_on, tenures_at
from app.people.queries.reach import sites_within
from app.people.rules import AskedSite, Post, may_answer, reach_of
from app.people.rules.memberships import ANSWERS_WITHIN, AT_SITE, IN_KELURAHAN
from app.places import queries as places
from app.places.models import Site

A_DAY = timedelta(days=1)


def membership_request(session: Session, uuid: UUID) -> MembershipRequest | None:
    """The request under its id, answered or not; None where there is none."""
    return session.scalars(select(MembershipRequest).where(MembershipRequest.uuid == uuid)).one_or_none()


def own_request(session: Session, person_id: int) -> MembershipRequest | None:
    """The person's request that waits; None where none does."""
    mine = select(MembershipRequest).where(MembershipRequest.person_id == person_id, MembershipRequest.outcome.is_(None))
    return session.scalars(mine).one_or_none()


def count_requests(session: Session, person_id: int, now: datetime) -> int:
    """How often the person asked within the last 24 hours, whatever came of it."""
    asked = select(func.count()).where(MembershipRequest.person_id == person_id, MembershipRequest.asked_at > now - A_DAY)
    return session.execute(asked).scalar_one()


def waiting_memberships(session: Session, person_id: int, now: datetime) -> tuple[MembershipRequest, ...]:
    """The requests that wait for this person's word, the oldest first; of accounts that are open."""
    mine = tenures_at(session, person_id, now)
    answering = [each for each in mine if each.post in AT_SITE | IN_KELURAHAN]
    if not answering:
        return ()
    asked = (
        select(MembershipRequest)
        .join(Site, Site.id == MembershipRequest.site_id)
        .join(Account, Account.person_id == MembershipRequest.person_id)
        .where(
            MembershipRequest.outcome.is_(None),
            Account.disabled_at.is_(None),
            Site.closed_at.is_(None),
            sites_within(session, reach_of(answering)),
        )
    )
    found = session.scalars(asked.order_by(MembershipRequest.asked_at, MembershipRequest.id)).all()
    sites = asked_sites(session, {each.site_id for each in found}, now)
    return tuple(
        each
        for each in found
        if may_answer(mine, sites[each.site_id], answerer=person_id, asker=each.person_id, waited=now - each.asked_at)
    )


def asked_site(session: Session, site: Site, now: datetime) -> AskedSite:
    """The site, as far as it matters for who answers."""
    return asked_sites(session, {site.id}, now)[site.id]


def asked_sites(session: Session, site_ids: Collection[int], now: datetime) -> dict[int, AskedSite]:
    """Number of the site -> the site, as far as it matters for who answers."""
    answering: dict[int, set[int]] = defaultdict(set)
    for person_id, site_id in session.execute(_holding(session, AT_SITE, Tenure.site_id.in_(site_ids), now)):
        if site_id is not None:
            answering[site_id].add(person_id)
    return {
        site.id: AskedSite(
            site.id,
            places.ancestors_of_site(session, site),
            site.kind is places.SiteKind.SCHOOL,
            frozenset(answering[site.id]),
        )
        for site in places.sites_by_id(session, site_ids).values()
    }


def unanswerable(session: Session, now: datetime, *, limit: int) -> list[MembershipRequest]:
    """Those of the oldest open requests that nobody may answer, now or once they have waited: whoever appoints has to know."""
    asked = (
        select(MembershipRequest)
        .join(Site, Site.id == MembershipRequest.site_id)
        .join(Account, Account.person_id == MembershipRequest.person_id)
        .where(MembershipRequest.outcome.is_(None), Account.disabled_at.is_(None), Site.closed_at.is_(None))
        .order_by(MembershipRequest.asked_at, MembershipRequest.id)
        .limit(limit)
    )
    found = session.scalars(asked).all()
    return [each for each in found if not answering(session, each, max(now, each.asked_at + ANSWERS_WITHIN))]


def answering(session: Session, request: MembershipRequest, now: datetime) -> Sequence[int]:
    """The persons who may answer the request now, by their number."""
    site = asked_sites(session, {request.site_id}, now)[request.site_id]
    where = or_(Tenure.site_id == site.site_id, Tenure.area_id.in_(site.areas))
    asked = _holding(session, AT_SITE | IN_KELURAHAN, where, now)
    found = sorted({person_id for person_id, _ in session.execute(asked)})
    return [
        person_id
        for person_id in found
        if may_answer(
            tenures_at(session, person_id, now),
            site,
            answerer=person_id,
            asker=request.person_id,
            waited=now - request.asked_at,
        )
    ]


def _holding(
    session: Session, posts: Collection[Post], where: ColumnElement[bool], now: datetime
) -> Select[*tuple[int, int | None]]:
    """Who holds one of the posts today, with the site at which; of accounts that are open."""
    day = local_day(now, places.areas(session).home_zone)
    held = and_(Tenure.post.in_(tuple(posts)), where, is_active_on(day))
    account = and_(Account.person_id == Tenure.person_id, Account.disabled_at.is_(None))
    return select(Tenure.person_id, Tenure.site_id).join(Account, account).where(held)
