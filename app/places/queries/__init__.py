"""Reading places: the ground under a point, areas, outlines, sites."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.core.clock import local_day
from app.core.geo import Point
from app.places.queries.areas import AreaAt, AreaEntry, AreaIndex
from app.places.queries.place import PlaceRef, find_place, find_site, site_code
from app.places.queries.searching import FoundSite, search_sites, sites_near
from app.places.queries.sites import (
    SiteAt,
    ancestors_at,
    ancestors_of_site,
    open_sites,
    site_by_id,
    site_by_npsn,
    site_by_uuid,
    sites_at,
    sites_by_id,
    sites_outside,
)
from app.places.queries.snapshot import snapshot
from app.places.rules import AreaLevel, SiteKind, rw_code

__all__ = [
    "AreaAt",
    "AreaEntry",
    "AreaIndex",
    "AreaLevel",
    "FoundSite",
    "PlaceRef",
    "SiteAt",
    "SiteKind",
    "ancestors_at",
    "ancestors_of_site",
    "areas",
    "border_distance_m",
    "day_at",
    "find_place",
    "find_site",
    "home_zone",
    "kelurahan_at",
    "open_sites",
    "outline_geojson",
    "rw_named",
    "search_sites",
    "site_by_id",
    "site_by_npsn",
    "site_by_uuid",
    "site_code",
    "sites_at",
    "sites_by_id",
    "sites_near",
    "sites_outside",
    "snapshot",
    "zone_at",
]


def kelurahan_at(session: Session, point: Point) -> AreaAt | None:
    """The kelurahan that holds the point, on a shared border the one with the lowest code; None outside all of them."""
    return snapshot(session).ground(point)


def rw_named(session: Session, kelurahan_id: int, number: str) -> AreaEntry | None:
    """The RW of that number ("05") below the kelurahan; None where nothing is known of it."""
    kelurahan = areas(session).by_id.get(kelurahan_id)
    found = areas(session).by_code(rw_code(kelurahan.code, number)) if kelurahan is not None else None
    return found if found is not None and found.level is AreaLevel.RW else None


def border_distance_m(session: Session, kelurahan_id: int, point: Point) -> float | None:
    """Metres from the point to the kelurahan's outline, 0.0 inside and on the border; None for a kelurahan without outline."""
    return snapshot(session).border_distance_m(kelurahan_id, point)


def areas(session: Session) -> AreaIndex:
    """All areas as they stand."""
    return snapshot(session).areas


def home_zone(session: Session) -> str:
    """The zone of what has no place: that of the cities."""
    return areas(session).home_zone


def zone_at(session: Session, area_id: int | None = None, site_id: int | None = None) -> str:
    """The zone whose days count in the area or at the site; of no place, that of the house."""
    site = site_by_id(session, site_id) if area_id is None and site_id is not None else None
    return areas(session).zone(site.kelurahan_id if site is not None else area_id)


def day_at(session: Session, instant: datetime, area_id: int | None = None, site_id: int | None = None) -> date:
    """The day on the calendar of those who live there; of no place, on that of the house."""
    return local_day(instant, zone_at(session, area_id, site_id))


def outline_geojson(session: Session) -> Mapping[int, str]:
    """By kelurahan's id the geometry of its outline as GeoJSON text with six decimals."""
    return snapshot(session).geojson
