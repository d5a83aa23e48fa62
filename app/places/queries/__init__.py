"""Reading places: the ground under a point, areas, outlines, sites."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.core.geo import Point
from app.places.queries.areas import AreaEntry, AreaIndex, Ground
from app.places.queries.place import PlaceRef, find_place
from app.places.queries.sites import (
    SiteAt,
    open_sites,
    site_by_id,
    site_by_npsn,
    site_by_uuid,
    sites_at,
    sites_by_id,
)
from app.places.queries.snapshot import snapshot
from app.places.rules import AreaLevel, SiteKind

__all__ = [
    "AreaEntry",
    "AreaIndex",
    "AreaLevel",
    "Ground",
    "PlaceRef",
    "SiteAt",
    "SiteKind",
    "areas",
    "border_distance_m",
    "find_place",
    "kelurahan_at",
    "open_sites",
    "outline_geojson",
    "site_by_id",
    "site_by_npsn",
    "site_by_uuid",
    "sites_at",
    "sites_by_id",
    "snapshot",
]


def kelurahan_at(session: Session, point: Point) -> Ground | None:
    """The kelurahan that holds the point, on a shared border the one with the lowest code; None outside all of them."""
    return snapshot(session).ground(point)


def border_distance_m(session: Session, kelurahan_id: int, point: Point) -> float | None:
    """Metres from the point to the kelurahan's outline, 0.0 inside and on the border; None for a kelurahan without outline."""
    return snapshot(session).border_distance_m(kelurahan_id, point)


def areas(session: Session) -> AreaIndex:
    """All areas as they stand."""
    return snapshot(session).areas


def outline_geojson(session: Session) -> Mapping[int, str]:
    """By kelurahan's id the geometry of its outline as GeoJSON text with six decimals."""
    return snapshot(session).geojson
