"""Where I belong, what I asked, and what waits for my word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people import queries as people
from app.people.models import Account, MembershipRequest, Person
from app.people.queries import memberships
from app.people.rules import ActiveTenure, MembershipOutcome, Post
from app.places import queries as places

MAX_LISTED = 100


@dataclass(frozen=True, slots=True)
class OwnSite:
    """A site to which I belong."""

    uuid: UUID
    name: str
    may_leave: bool
    """Whether I belong to it as a volunteer, which I may end myself; a post ends by the word of whoever gave it."""
    ends_today: bool


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """What I asked, while it waits or after it was refused."""

    site: str
    asked_at: datetime
    is_answered: bool
    """Whether anybody is there who may answer it."""
    refused: str
    """Why it was refused; empty while it waits."""


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A request that waits for my word: the name and nothing of where somebody lives."""

    uuid: UUID
    name: str
    sign_in_name: str
    site: str
    asked_at: datetime


def own_sites(session: Session, account: Account, now: datetime) -> tuple[OwnSite, ...]:
    """The sites to which I belong, in the order in which I came to them."""
    held = people.tenures_at(session, account.person_id, now)
    mine = people.member_sites(held)
    sites = places.sites_by_id(session, mine)
    return tuple(
        OwnSite(sites[site_id].uuid, sites[site_id].name, _is_volunteer(held, site_id), _ends(held, site_id))
        for site_id in mine
        if site_id in sites
    )


def _is_volunteer(held: Sequence[ActiveTenure], site_id: int) -> bool:
    return any(each.site_id == site_id and each.post is Post.VOLUNTEER for each in held)


def _ends(held: Sequence[ActiveTenure], site_id: int) -> bool:
    """Whether everything that I hold at the site has a last day."""
    return all(each.valid_until is not None for each in held if each.site_id == site_id)


def own_request(session: Session, account: Account, now: datetime) -> OwnRequest | None:
    """My request that waits, else my latest where it was refused; None where there is neither."""
    latest = select(MembershipRequest).where(MembershipRequest.person_id == account.person_id)
    found = session.scalars(latest.order_by(MembershipRequest.id.desc()).limit(1)).one_or_none()
    if found is None or found.outcome not in (None, MembershipOutcome.REFUSED):
        return None
    return OwnRequest(
        site=people.place_name(session, None, found.site_id),
        asked_at=found.asked_at,
        is_answered=bool(memberships.answering(session, found, now)),
        refused=found.reason if found.outcome is not None else "",
    )


def waiting(session: Session, account: Account, now: datetime) -> tuple[WaitingView, ...]:
    """The requests that wait for my word, the oldest first, MAX_LISTED at most."""
    found = memberships.waiting_memberships(session, account.person_id, now)[:MAX_LISTED]
    asked = select(Account).join(Person).where(Person.id.in_({each.person_id for each in found}))
    accounts = {each.person_id: each for each in session.scalars(asked)}
    return tuple(
        WaitingView(
            each.uuid,
            people.public_name(accounts[each.person_id].person),
            accounts[each.person_id].name,
            people.place_name(session, None, each.site_id),
            each.asked_at,
        )
        for each in found
    )


def kelurahan_choices(session: Session) -> list[tuple[str, str]]:
    """Code and name of each kelurahan with its kecamatan, by name."""
    index = places.areas(session)
    named = [(area, index.ancestors(area.id)) for area in index.of_level(places.AreaLevel.KELURAHAN)]
    choices = [(area.code, f"{area.name} ({above[0].name})" if above else area.name) for area, above in named]
    return sorted(choices, key=lambda choice: choice[1])
