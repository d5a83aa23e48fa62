"""Sites as those who look after them see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules.words import Status
from app.people import queries as people
from app.people.models import Tenure
from app.people.queries.reach import sites_within
from app.people.rules import ActiveTenure, Post, reach_of
from app.places import queries as places
from app.places.models import Site, SiteCircle
from app.places.queries import SiteKind


class SiteState(StrEnum):
    """Which sites a list holds, as its filter is written in addresses."""

    OPEN = "terbuka"
    UNCONFIRMED = "belum"
    CONFIRMED = "pasti"
    CLOSED = "tutup"


@dataclass(frozen=True, slots=True)
class SitesQuestion:
    words: str = ""
    kind: SiteKind | None = None
    area_id: int | None = None
    state: SiteState = SiteState.OPEN
    after: UUID | None = None
    """The last site of the page before."""


@dataclass(frozen=True, slots=True)
class SiteListed:
    uuid: UUID
    name: str
    kind: SiteKind
    npsn: str | None
    where: str
    """Kelurahan; empty outside all of them."""
    is_confirmed: bool
    is_closed: bool


_IS_CONFIRMED = Site.confirmed_at.is_not(None)


def listed(
    session: Session, tenures: Iterable[ActiveTenure], asked: SitesQuestion, *, limit: int
) -> tuple[list[SiteListed], UUID | None]:
    """Sites within reach of the posts, those that nobody has confirmed first; and the last of this page where more follow."""
    statement = select(Site).where(sites_within(session, reach_of(tenures)), *_fitting(session, asked))
    last = places.site_by_uuid(session, asked.after) if asked.after is not None else None
    if last is not None:
        statement = statement.where(_after(last))
    found = session.scalars(statement.order_by(_IS_CONFIRMED, Site.name, Site.id).limit(limit + 1)).all()
    page = found[:limit]
    return [_listed(session, site) for site in page], page[-1].uuid if len(found) > limit else None


def _after(last: Site) -> ColumnElement[bool]:
    later = or_(Site.name > last.name, and_(Site.name == last.name, Site.id > last.id))
    if last.confirmed_at is None:
        return or_(_IS_CONFIRMED, later)
    return and_(_IS_CONFIRMED, later)


def _fitting(session: Session, asked: SitesQuestion) -> list[ColumnElement[bool]]:
    states: dict[SiteState, list[ColumnElement[bool]]] = {
        SiteState.OPEN: [Site.closed_at.is_(None)],
        SiteState.UNCONFIRMED: [Site.closed_at.is_(None), Site.confirmed_at.is_(None)],
        SiteState.CONFIRMED: [Site.closed_at.is_(None), _IS_CONFIRMED],
        SiteState.CLOSED: [Site.closed_at.is_not(None)],
    }
    fitting = states[asked.state]
    if asked.words:
        like = f"%{people.escaped(asked.words.lower())}%"
        fitting.append(or_(func.lower(Site.name).like(like, escape="!"), Site.npsn == asked.words))
    if asked.kind is not None:
        fitting.append(Site.kind == asked.kind)
    if asked.area_id is not None:
        fitting.append(Site.kelurahan_id.in_(places.areas(session).kelurahan_within(asked.area_id)))
    return fitting


def _listed(session: Session, site: Site) -> SiteListed:
    area = places.areas(session).by_id.get(site.kelurahan_id) if site.kelurahan_id is not None else None
    return SiteListed(
        uuid=site.uuid,
        name=site.name,
        kind=site.kind,
        npsn=site.npsn,
        where=area.name if area else "",
        is_confirmed=site.confirmed_at is not None,
        is_closed=site.closed_at is not None,
    )


def in_reach(session: Session, tenures: Iterable[ActiveTenure], uuid: UUID) -> Site | None:
    """The site, when one of the posts reaches it."""
    return session.scalar(select(Site).where(Site.uuid == uuid, sites_within(session, reach_of(tenures))))


def circles(session: Session, site_id: int) -> Sequence[SiteCircle]:
    """Where the site's circle lay through time, the latest first."""
    asked = select(SiteCircle).where(SiteCircle.site_id == site_id)
    return session.scalars(asked.order_by(SiteCircle.valid_from.desc(), SiteCircle.id.desc())).all()


def waiting_at(session: Session, site_id: int) -> int:
    """Actions at the site that wait for an officer's word."""
    # Written out in the statement: SQLite takes the indexes of open actions only where it reads the same words there.
    is_open = Action.status.in_(bindparam("open", (Status.WAITING, Status.HELD), expanding=True, literal_execute=True))
    return session.scalar(select(func.count()).select_from(Action).where(Action.site_id == site_id, is_open)) or 0


def members(session: Session, site_id: int, today: date) -> dict[Post, int]:
    """How many hold each post at the site today."""
    asked = (
        select(Tenure.post, func.count(Tenure.person_id.distinct()))
        .where(
            Tenure.site_id == site_id,
            people.is_active_on(today),
        )
        .group_by(Tenure.post)
    )
    return {post: count for post, count in session.execute(asked)}  # noqa: C416 - dict() takes a result for a mapping


def outline_geojson(session: Session, site: Site) -> str | None:
    """The outline of the kelurahan in which the site lies."""
    return places.outline_geojson(session).get(site.kelurahan_id) if site.kelurahan_id is not None else None
