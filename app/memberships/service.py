"""Whoever is confirmed at a site gets it for what they recorded since they asked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.actions import service as actions
from app.actions.models import Action
from app.actions.rules.assess import AreaSeen, SiteSeen, placed
from app.actions.rules.findings import NO_SITE, Finding, Level
from app.core.geo import distance_m
from app.integrity import service as integrity
from app.people import service as people
from app.people.models import Account, MembershipRequest
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes.rules.definition import Circle, Definition
from app.sites.rules import radius_m


def confirm(session: Session, uuid: UUID, by: Account, *, now: datetime) -> MembershipRequest:
    """The person belongs to the site, and their open actions within its circle since they asked are at it.

    Raises what `people.service.confirm_membership` does.
    """
    request = people.confirm_membership(session, uuid, by, now=now)
    give_site(session, request, now=now)
    return request


def give_site(session: Session, request: MembershipRequest, *, now: datetime) -> None:
    """The person's actions at no site that wait for somebody's word get the site, where they lie within its circle.

    From the day on which they asked; what lies outside stays at no site, what is stamped stays as it is. Twice is as once.
    """
    since = places.day_at(session, request.asked_at, site_id=request.site_id)
    moved: list[Action] = []
    for action in actions_queries.without_site(session, request.person_id, since):
        site = next(iter(places.sites_at(session, [request.site_id], action.observed_at)), None)
        if site is not None and _belongs(session, action, site):
            moved.append(action)
    session.flush()
    # What counts as one place for the day's cap has changed.
    for action in {action.observed_on: action for action in moved}.values():
        integrity.judge_again(session, action, now=now)


def _belongs(session: Session, action: Action, site: places.SiteAt) -> bool:
    """Whether the action lies where actions of the site's people do; then it is at the site from now on."""
    if all(row[0] != NO_SITE for row in action.findings):
        return False
    definition = programmes.version(session, action.version_id).definition
    found = _found(session, action, site, definition)
    if not found or any(finding.level is Level.HOLD for finding in found):
        return False
    is_there = site.kelurahan_id is not None and site.kelurahan_id == action.kelurahan_id
    later = actions.LaterSite(
        site.site_id, site.circle_id, distance_m(site.centre, action.point), site.rw_id if is_there else None
    )
    actions.settle_site(action, later, found)
    actions.settle_day(session, action)
    return True


def _found(session: Session, action: Action, site: places.SiteAt, definition: Definition) -> tuple[Finding, ...]:
    """What is said of the action's place, as if the site had been known when it came."""
    if isinstance(definition.place, Circle):
        away, reach = distance_m(site.centre, action.point), radius_m(site, definition.place)
        return placed(action.accuracy_m, definition, site=SiteSeen(site.name, away, reach, site.is_confirmed), area=None)
    kelurahan = places.areas(session).by_id.get(site.kelurahan_id or 0)
    outside = places.border_distance_m(session, kelurahan.id, action.point) if kelurahan is not None else None
    if kelurahan is None or outside is None:
        return ()
    return placed(action.accuracy_m, definition, site=None, area=AreaSeen(kelurahan.name, outside))
