"""Sites, and where their circles lay at an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from app.core.geo import Point
from app.database import Base
from app.database.rows import rows
from app.places.models import Site, SiteCircle, SiteKind
from app.places.queries.snapshot import snapshot

WithCircle = Row[*tuple[Any, ...]]
"""A site with one of its circles."""


@dataclass(frozen=True, slots=True)
class SiteAt:
    """A site with the circle by which actions of one instant are judged."""

    site_id: int
    uuid: UUID
    name: str
    kind: SiteKind
    npsn: str | None
    circle_id: int
    centre: Point
    radius_m: float | None
    """None: as its programme says."""
    is_confirmed: bool
    kelurahan_id: int | None
    rw_id: int | None
    rt: str | None


_SITE, _CIRCLE = (Base.metadata.tables[model.__tablename__] for model in (Site, SiteCircle))
_WITH_CIRCLES = (
    select(
        _SITE, _CIRCLE.c.id.label("circle_id"), _CIRCLE.c.centre, _CIRCLE.c.radius_m, _CIRCLE.c.valid_from, _CIRCLE.c.valid_until
    )
    .join_from(_CIRCLE, _SITE)
    .where(_SITE.c.id.in_(bindparam("asked", expanding=True)))
    .order_by(_CIRCLE.c.valid_from, _CIRCLE.c.id)
)


def sites_at(session: Session, site_ids: Iterable[int], instant: datetime) -> list[SiteAt]:
    """The sites, in the order asked for, with the circle valid at the instant, else with the earliest later one.

    A site closed before the instant has neither and is left out.
    """
    asked = list(dict.fromkeys(site_ids))
    if not asked:
        return []
    circles: dict[int, list[WithCircle]] = defaultdict(list)
    for circle in rows(session, _WITH_CIRCLES, {"asked": asked}):
        circles[circle.id].append(circle)
    found = (_circle_at(circles[site_id], instant) for site_id in asked if site_id in circles)
    return [_site_at(circle) for circle in found if circle is not None]


def _circle_at(circles: Sequence[WithCircle], instant: datetime) -> WithCircle | None:
    """Of circles ordered by their beginning the first that had not ended at the instant: the valid one, else the next."""
    lasting = (circle for circle in circles if circle.valid_until is None or circle.valid_until > instant)
    return next((circle for circle in lasting if circle.valid_until != circle.valid_from), None)


def site_by_uuid(session: Session, uuid: UUID) -> Site | None:
    """The site under the number that leaves the house, open or closed; None where there is none."""
    return session.scalar(select(Site).where(Site.uuid == uuid))


def site_by_id(session: Session, site_id: int) -> Site | None:
    """The site under the database's own number, open or closed; None where there is none."""
    return session.get(Site, site_id)


def sites_by_id(session: Session, site_ids: Iterable[int]) -> dict[int, Site]:
    """The sites that exist of those asked for, by their number."""
    asked = set(site_ids)
    if not asked:
        return {}
    return {site.id: site for site in session.scalars(select(Site).where(Site.id.in_(asked)))}


def open_sites(session: Session, instant: datetime) -> list[SiteAt]:
    """All sites that are not closed, by name, with the circle of the instant."""
    ids = session.scalars(select(Site.id).where(Site.closed_at.is_(None)).order_by(Site.name, Site.id)).all()
    return sites_at(session, ids, instant)


def ancestors_of_site(session: Session, site: Site) -> frozenset[int]:
    """The kelurahan of the site and its ancestors; outside every kelurahan the city whose outline lies nearest."""
    latest = select(SiteCircle).where(SiteCircle.site_id == site.id).order_by(SiteCircle.valid_from.desc(), SiteCircle.id.desc())
    circle = session.scalars(latest.limit(1)).one_or_none()
    return ancestors_at(session, site.kelurahan_id, circle.point if circle is not None else None)


def ancestors_at(session: Session, kelurahan_id: int | None, point: Point | None) -> frozenset[int]:
    """The ids of the kelurahan and its ancestors; for a point outside every kelurahan the city whose outline lies nearest.

    Empty where there is neither kelurahan nor point.
    """
    seen = snapshot(session)
    if kelurahan_id is not None:
        return frozenset({kelurahan_id, *(area.id for area in seen.areas.ancestors(kelurahan_id))})
    beside = seen.city_beside(point) if point is not None else None
    return frozenset({beside} if beside is not None else ())


def sites_outside(session: Session, city_ids: Collection[int]) -> frozenset[int]:
    """The sites outside every kelurahan that are one of these cities', because its outline lies nearest."""
    outside = session.scalars(select(Site).where(Site.kelurahan_id.is_(None)))
    return frozenset(site.id for site in outside if not ancestors_of_site(session, site).isdisjoint(city_ids))


def site_by_npsn(session: Session, npsn: str) -> Site | None:
    """The school with that national number of eight digits, open or closed; None where there is none."""
    return session.scalar(select(Site).where(Site.npsn == npsn))


def _site_at(found: WithCircle) -> SiteAt:
    return SiteAt(
        site_id=found.id,
        uuid=found.uuid,
        name=found.name,
        kind=found.kind,
        npsn=found.npsn,
        circle_id=found.circle_id,
        centre=Point(found.centre.x, found.centre.y),
        radius_m=found.radius_m,
        is_confirmed=found.confirmed_at is not None,
        kelurahan_id=found.kelurahan_id,
        rw_id=found.rw_id,
        rt=found.rt,
    )
