"""Sites, and where their circles lay at an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core.geo import Point
from app.places.models import Site, SiteCircle, SiteKind


@dataclass(frozen=True, slots=True)
class SiteAt:
    """A site with the circle by which deeds of one instant are judged."""

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


_WITH_CIRCLES = (
    select(Site, SiteCircle)
    .join(SiteCircle, SiteCircle.site_id == Site.id)
    .where(Site.id.in_(bindparam("asked", expanding=True)))
    .order_by(SiteCircle.valid_from, SiteCircle.id)
)


def sites_at(session: Session, site_ids: Iterable[int], instant: datetime) -> list[SiteAt]:
    """The sites, in the order asked for, with the circle valid at the instant, else with the earliest later one.

    A site closed before the instant has neither and is left out.
    """
    asked = list(dict.fromkeys(site_ids))
    if not asked:
        return []
    rows = session.execute(_WITH_CIRCLES, {"asked": asked})
    circles: dict[int, list[SiteCircle]] = defaultdict(list)
    sites: dict[int, Site] = {}
    for site, circle in rows:
        sites[site.id] = site
        circles[site.id].append(circle)
    found = ((sites[site_id], circle_at(circles[site_id], instant)) for site_id in asked if site_id in sites)
    return [_site_at(site, circle) for site, circle in found if circle is not None]


def circle_at(circles: Sequence[SiteCircle], instant: datetime) -> SiteCircle | None:
    """Of circles ordered by their beginning the first that had not ended at the instant: the valid one, else the next."""
    lasting = (circle for circle in circles if circle.valid_until is None or circle.valid_until > instant)
    return next((circle for circle in lasting if circle.valid_until != circle.valid_from), None)


def site_by_uuid(session: Session, uuid: UUID) -> Site | None:
    return session.scalar(select(Site).where(Site.uuid == uuid))


def site_by_id(session: Session, site_id: int) -> Site | None:
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


def site_by_npsn(session: Session, npsn: str) -> Site | None:
    return session.scalar(select(Site).where(Site.npsn == npsn))


def _site_at(site: Site, circle: SiteCircle) -> SiteAt:
    return SiteAt(
        site_id=site.id,
        uuid=site.uuid,
        name=site.name,
        kind=site.kind,
        npsn=site.npsn,
        circle_id=circle.id,
        centre=circle.point,
        radius_m=circle.radius_m,
        is_confirmed=site.confirmed_at is not None,
        kelurahan_id=site.kelurahan_id,
        rw_id=site.rw_id,
        rt=site.rt,
    )
