"""Reading persons, accounts and posts."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.core.clock import local_day
from app.core.text import Text
from app.database import Base
from app.database.rows import rows
from app.people.models import AccessToken, Account, BrowserSession, Invitation, MembershipRequest, Person, Tenure
from app.people.queries.reach import kelurahan_within, sites_within, tenures_within
from app.people.rules import (
    APPOINTS,
    HIDDEN_NAME,
    INVITATION_TTL,
    MEMBER_POSTS,
    SEATS,
    ActiveTenure,
    Movement,
    Post,
    Reach,
    Seat,
    Spot,
    active_on,
    may_appoint,
    may_hand_code,
    reach_of,
    title,
)
from app.places import queries as places
from app.places.models import Site


def public_name(person: Person) -> str:
    """The name that others may read; the only way in which a name leaves."""
    return person.name if person.name_hidden_at is None else HIDDEN_NAME


def own_name(person: Person) -> str:
    """The name as the person themselves and administrators read it, hidden or not."""
    return person.name


def is_shown(session: Session, person_id: int) -> bool:
    """Whether boards may show the person."""
    person = session.get(Person, person_id)
    return person is not None and person.shown


def token_digest(token: str) -> str:
    """SHA-256 of the token in hexadecimal; the token itself is nowhere kept."""
    return hashlib.sha256(token.encode()).hexdigest()


_BY_TOKEN = (
    select(Account)
    .join(AccessToken, AccessToken.account_id == Account.id)
    .where(AccessToken.digest == bindparam("digest"), AccessToken.revoked_at.is_(None), Account.disabled_at.is_(None))
)
_TENURE = Base.metadata.tables[Tenure.__tablename__].c
_TENURES = (
    select(
        _TENURE.id, _TENURE.post, _TENURE.movement, _TENURE.area_id, _TENURE.site_id, _TENURE.valid_from, _TENURE.valid_until,
        _TENURE.ended_at,
    )
    .where(_TENURE.person_id == bindparam("person_id"))
    .order_by(_TENURE.id)
)  # fmt: skip


def account_by_token(session: Session, token: str) -> Account | None:
    """The enabled account to which the token belongs, its person loaded with it."""
    return session.scalars(_BY_TOKEN, {"digest": token_digest(token)}).one_or_none()


_BY_SESSION = (
    select(Account)
    .join(BrowserSession, and_(BrowserSession.account_id == Account.id, BrowserSession.session_key == Account.session_key))
    .where(
        BrowserSession.digest == bindparam("digest"),
        BrowserSession.expires_at > bindparam("now"),
        Account.disabled_at.is_(None),
    )
)


def account_by_session(session: Session, secret: str, *, now: datetime) -> Account | None:
    """The enabled account whose browser session has that secret, its person loaded with it."""
    found = session.scalars(_BY_SESSION, {"digest": token_digest(secret), "now": now}).one_or_none()
    if found is not None:
        found.session_secret = secret
    return found


def account_by_name(session: Session, name: str) -> Account | None:
    """The account with that sign-in name, as it is written; None where there is none."""
    return session.scalars(select(Account).where(Account.name == name)).one_or_none()


def person_by_uuid(session: Session, uuid: UUID) -> Person | None:
    """The person under the id that leaves the house; None where there is none, or their data were erased."""
    return session.scalars(select(Person).where(Person.uuid == uuid, Person.erased_at.is_(None))).one_or_none()


def persons(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    """The persons with these numbers."""
    return {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(set(ids))))}


def tenures(session: Session, person_id: int) -> tuple[ActiveTenure, ...]:
    """Every post the person holds or held."""
    return tuple(ActiveTenure(*row) for row in rows(session, _TENURES, {"person_id": person_id}))


def tenures_on(session: Session, person_id: int, day: date) -> tuple[ActiveTenure, ...]:
    """The posts that the person held on that day."""
    return active_on(tenures(session, person_id), day)


def tenures_at(session: Session, person_id: int, instant: datetime) -> tuple[ActiveTenure, ...]:
    """The posts held at the instant, each by the calendar of its own place."""
    every = tenures(session, person_id)
    zones = zones_of(session, every)
    return tuple(tenure for tenure in every if tenure.is_active_on(local_day(instant, zones[tenure.tenure_id])))


def tenures_from(session: Session, person_id: int, instant: datetime) -> tuple[ActiveTenure, ...]:
    """The posts that the person holds, will hold, or has taken and waits for: they count for who may act for them."""
    every = tenures(session, person_id)
    zones = zones_of(session, every)
    later = [tenure for tenure in every if tenure.is_active_later(local_day(instant, zones[tenure.tenure_id]))]
    taken = [
        ActiveTenure(0, each.post, each.movement, each.area_id, each.site_id, None, None)
        for each in waiting_for(session, person_id, instant)
    ]
    return (*later, *taken)


def waiting_for(session: Session, person_id: int, instant: datetime) -> Sequence[Invitation]:
    """The invitations that the person has taken, whose posts begin once whoever invited has confirmed it."""
    taken = (
        select(Invitation)
        .join(Account, Account.id == Invitation.accepted_by)
        .where(
            Account.person_id == person_id,
            Invitation.accepted_at > instant - INVITATION_TTL,
            Invitation.confirmed_at.is_(None),
            Invitation.declined_at.is_(None),
        )
    )
    return session.scalars(taken.order_by(Invitation.id)).all()


def zones_of(session: Session, tenures: Sequence[ActiveTenure]) -> dict[int, str]:
    """By the number of each tenure the zone of its place."""
    index = places.areas(session)
    if index.zones <= {index.home_zone}:  # one zone, as in nearly every house: no site needs to be asked for
        return {tenure.tenure_id: index.home_zone for tenure in tenures}
    sites = places.sites_by_id(session, {tenure.site_id for tenure in tenures if tenure.site_id is not None})
    kelurahan_of = {site_id: site.kelurahan_id for site_id, site in sites.items()}
    return {each.tenure_id: index.zone(each.area_id or kelurahan_of.get(each.site_id or 0)) for each in tenures}


def person_zone(session: Session, person_id: int) -> str:
    """The zone in which the person lives, as far as their posts tell; else the house's."""
    index = places.areas(session)
    if index.zones <= {index.home_zone}:
        return index.home_zone
    every = tenures(session, person_id)
    lasting = [tenure for tenure in every if tenure.valid_until is None] or every
    return next(iter(zones_of(session, lasting).values()), index.home_zone)


def person_day(session: Session, person_id: int, instant: datetime) -> date:
    """The day on the calendar of where the person lives."""
    return local_day(instant, person_zone(session, person_id))


def is_active_on(day: date) -> ColumnElement[bool]:
    """`ActiveTenure.is_active_on` as rows of Tenure are asked."""
    return and_(
        or_(Tenure.valid_from.is_(None), Tenure.valid_from <= day),
        or_(
            Tenure.valid_until.is_(None),
            Tenure.valid_until > day,
            and_(Tenure.valid_until == day, Tenure.ended_at.is_(None)),
        ),
    )


def member_sites(tenures: Iterable[ActiveTenure]) -> tuple[int, ...]:
    """The sites to which the holder of these posts belongs."""
    return tuple(dict.fromkeys(tenure.site_id for tenure in tenures if tenure.site_id and tenure.post in MEMBER_POSTS))


def own_kelurahan(session: Session, tenures: Collection[ActiveTenure], *, residence_id: int | None = None) -> int | None:
    """The kelurahan of the first site to which the holder of these posts belongs, else of the first area at which one is held.

    Where there is neither, that in which they say they live, where it is told.
    """
    mine = member_sites(tenures)
    sites, index = places.sites_by_id(session, mine), places.areas(session)
    of_sites = (sites[site_id].kelurahan_id for site_id in mine if site_id in sites)
    of_areas = (index.kelurahan_of(tenure.area_id) for tenure in tenures if tenure.area_id is not None)
    lives_in = residence_id if residence_id in index.by_id else None
    return next((area_id for area_id in (*of_sites, *of_areas, lives_in) if area_id is not None), None)


def spot(session: Session, area_id: int | None, site_id: int | None) -> Spot:
    """The place of a post, with all that lies above it: its site where one is given, else its area.

    Raises LookupError where the site or the area is not there.
    """
    index = places.areas(session)
    if site_id is None:
        entry = index.by_id[area_id or 0]
        return Spot(Seat(entry.level), frozenset({entry.id, *(area.id for area in index.ancestors(entry.id))}))
    site = places.site_by_id(session, site_id)
    if site is None:
        raise LookupError(f"site {site_id} is not there")
    return Spot(Seat(site.kind), places.ancestors_of_site(session, site), site.id)


def seats_of(session: Session, tenures: Iterable[ActiveTenure]) -> list[tuple[Post, Spot]]:
    """Each post with the place where it is held."""
    return [(tenure.post, spot(session, tenure.area_id, tenure.site_id)) for tenure in tenures]


def in_reach(
    session: Session, of: Account, now: datetime, *, words: str = "", limit: int = 50
) -> list[tuple[Account, tuple[ActiveTenure, ...]]]:
    """Whom this account's posts may hand a code to, by name, each with their posts of now."""
    mine = tenures_at(session, of.person_id, now)
    if not mine:
        return []
    asked = select(Account).join(Person, Person.id == Account.person_id).where(Account.disabled_at.is_(None), Account.id != of.id)
    if words:
        like = f"%{escaped(words.lower())}%"
        asked = asked.where(or_(Account.name.like(like, escape="!"), func.lower(Person.name).like(like, escape="!")))
    if not any(tenure.post is Post.ADMINISTRATOR for tenure in mine):
        asked = asked.where(_within(session, reach_of(mine)))
    found = []
    for account in session.scalars(asked.order_by(func.lower(Person.name), Account.id).limit(limit * 4)):
        tenures = tenures_from(session, account.person_id, now)
        if may_hand_code(mine, seats_of(session, tenures), near=near_of(session, account)):
            found.append((account, tenures))
        if len(found) == limit:
            break
    return found


def _within(session: Session, reach: Reach) -> ColumnElement[bool]:
    """Accounts whose persons hold a post there, say that they live there, or ask to belong to a site there."""
    asking = select(MembershipRequest.person_id).join(Site, Site.id == MembershipRequest.site_id)
    return or_(
        Account.person_id.in_(select(Tenure.person_id).where(tenures_within(session, reach))),
        Account.residence_id.in_(kelurahan_within(session, reach)),
        Account.person_id.in_(asking.where(MembershipRequest.outcome.is_(None), sites_within(session, reach))),
    )


def near_of(session: Session, account: Account) -> list[Spot]:
    """Where the account's holder says that they live, and the site to which they ask to belong."""
    waiting = select(MembershipRequest.site_id).where(
        MembershipRequest.person_id == account.person_id, MembershipRequest.outcome.is_(None)
    )
    lives_in = places.areas(session).by_id.get(account.residence_id or 0)
    return [
        *([spot(session, lives_in.id, None)] if lives_in is not None else []),
        *(spot(session, None, site_id) for site_id in session.scalars(waiting)),
    ]


def escaped(words: str) -> str:
    """The words as LIKE takes them for themselves, with ! as its escape."""
    return "".join(f"!{letter}" if letter in "!%_" else letter for letter in words)


def invitation(session: Session, uuid: UUID) -> Invitation | None:
    """The invitation under its id, open or not; None where there is none."""
    return session.scalars(select(Invitation).where(Invitation.uuid == uuid)).one_or_none()


def invitations_of(session: Session, account_id: int, *, limit: int = 100) -> Sequence[Invitation]:
    """What the account has offered, the latest first."""
    mine = select(Invitation).where(Invitation.invited_by == account_id)
    return session.scalars(mine.order_by(Invitation.created_at.desc(), Invitation.id.desc()).limit(limit)).all()


def open_invitations_of(session: Session, account_id: int, now: datetime, *, limit: int) -> Sequence[Invitation]:
    """What the account has offered and nobody has taken yet, in the order in which it was offered."""
    mine = select(Invitation).where(
        Invitation.invited_by == account_id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > now,
    )
    return session.scalars(mine.order_by(Invitation.id).limit(limit)).all()


def count_takers(session: Session, account_id: int, posts: Collection[Post], now: datetime) -> int:
    """How many have taken what the account offered of these posts, and wait for its word that they are who was meant."""
    waiting = select(func.count()).where(
        Invitation.invited_by == account_id,
        Invitation.post.in_(posts),
        Invitation.accepted_at > now - INVITATION_TTL,
        Invitation.confirmed_at.is_(None),
        Invitation.declined_at.is_(None),
    )
    return session.scalar(waiting) or 0


def person_account(session: Session, person_id: int) -> Account | None:
    """The account with which the person signs in."""
    return session.scalars(select(Account).where(Account.person_id == person_id)).one_or_none()


def holders_of(session: Session, posts: Iterable[Post], now: datetime) -> Sequence[Account]:
    """The open accounts whose persons hold one of the posts today, wherever."""
    day = local_day(now, places.areas(session).home_zone)
    holding = select(Tenure.person_id).where(Tenure.post.in_(tuple(posts)), is_active_on(day))
    asked = select(Account).where(Account.disabled_at.is_(None), Account.person_id.in_(holding))
    return session.scalars(asked.order_by(Account.id)).all()


def reminded(session: Session) -> Sequence[Account]:
    """The open accounts that asked to be reminded of programme days."""
    asked = select(Account).where(Account.disabled_at.is_(None), Account.reminder_hour.is_not(None))
    return session.scalars(asked.order_by(Account.id)).all()


def account_ids(session: Session, person_id: int) -> frozenset[int]:
    """Every account with which the person signs in, closed ones too."""
    return frozenset(session.scalars(select(Account.id).where(Account.person_id == person_id)))


def persons_behind(session: Session, account_ids: Iterable[int]) -> dict[int, int]:
    """Account -> the person who signs in with it."""
    asked = select(Account.id, Account.person_id).where(Account.id.in_(set(account_ids)))
    return dict(session.execute(asked).all())


def place_name(session: Session, area_id: int | None, site_id: int | None) -> str:
    """The place of a post as people say it: "RW 05 Melati", "Kelurahan Melati", "SDN Teratai 1"."""
    if site_id is not None:
        site = places.site_by_id(session, site_id)
        return site.name if site is not None else "-"
    index = places.areas(session)
    area = index.by_id[area_id or 0]
    match area.level:
        case places.AreaLevel.RW:
            return f"RW {area.name} {index.ancestors(area.id)[0].name}"
        case places.AreaLevel.KELURAHAN | places.AreaLevel.KECAMATAN:
            return f"{area.level.value.capitalize()} {area.name}"
        case _:
            return area.name


def post_title(session: Session, post: Post, movement: Movement | None, area_id: int | None, site_id: int | None) -> Text:
    """ "Kader PKK di RW 05 Melati", "Cadre (PKK) at RW 05 Melati"."""
    return title(post, movement, place_name(session, area_id, site_id))


def place_words(session: Session) -> list[str]:
    """The names of the city and of what lies in it, but for numbers of RW: what people here would try first."""
    index = places.areas(session)
    levels = (places.AreaLevel.CITY, places.AreaLevel.KECAMATAN, places.AreaLevel.KELURAHAN)
    return [area.name for level in levels for area in index.of_level(level)]


def post_titles(session: Session, tenures: Iterable[ActiveTenure]) -> tuple[Text, ...]:
    """Each post with its place, as people say it, in their order."""
    return tuple(post_title(session, each.post, each.movement, each.area_id, each.site_id) for each in tenures)


@dataclass(frozen=True, slots=True)
class Offerable:
    """Where somebody may offer a post: one of these areas, one of these sites, or a school that they name."""

    areas: tuple[tuple[str, str], ...] = ()
    """Code and name of each."""
    sites: tuple[tuple[UUID, str], ...] = ()
    has_rw: bool = False
    """Whether the post can be held in an RW of the area."""
    needs_rw: bool = False


def offerable(session: Session, mine: Iterable[ActiveTenure], post: Post) -> Offerable:
    """The places at which the holder of these posts may offer that post."""
    appointing = [tenure for tenure in mine if post in APPOINTS.get(tenure.post, ())]
    seats = SEATS[post]
    level = next((seat for seat in (Seat.KELURAHAN, Seat.KECAMATAN, Seat.CITY) if seat in seats), None)
    if level is None and Seat.RW in seats:
        level = Seat.KELURAHAN
    if level is None:
        return Offerable(sites=_sites_of(session, appointing, post))
    index, reach = places.areas(session), reach_of(appointing)
    areas = [
        (area.code, place_name(session, area.id, None))
        for area in index.of_level(places.AreaLevel(level))
        if reach.has_area(index.with_ancestors(area.id))
    ]
    return Offerable(
        tuple(sorted(areas, key=lambda area: area[1])), (), Seat.RW in seats, Seat.RW in seats and level not in seats
    )


def _sites_of(session: Session, appointing: Sequence[ActiveTenure], post: Post) -> tuple[tuple[UUID, str], ...]:
    """The open sites at which the posts are held or that lie in their kelurahan and where that post may be offered, by name.

    A city has too many to choose from: there one is named.
    """
    index = places.areas(session)
    near = [each for each in appointing if each.area_id is None or index.by_id[each.area_id].level is places.AreaLevel.KELURAHAN]
    found = session.scalars(
        select(Site)
        .where(Site.closed_at.is_(None), sites_within(session, reach_of(near)))
        .order_by(func.lower(Site.name), Site.id)
    )
    return tuple((site.uuid, site.name) for site in found if may_appoint(appointing, post, spot(session, None, site.id)))
