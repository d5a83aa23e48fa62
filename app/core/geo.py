"""Places on the Earth and the metres between them."""

from __future__ import annotations

import math
from dataclasses import dataclass

# WGS84 (EPSG:7030) and the mean radius R1 of the IUGG.
SEMI_MAJOR_M = 6378137.0
FLATTENING = 1 / 298.257223563
ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)
MEAN_RADIUS_M = 6371008.8

PUBLIC_CELL_RESOLUTION = 9
"""h3 resolution shown to the public: edge about 200 m, area about 10 ha."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees, WGS84."""

    lon: float
    lat: float


def distance_m(a: Point, b: Point) -> float:
    """Metres between two points.

    The straight line between them through the ellipsoid WGS84, bent onto a sphere of the mean radius. Within 0.001 % of the
    geodesic up to 1,000 km, 0.6 % up to 16,000 km, 4 % near the antipodes (tests/core/test_geo.py compares with pyproj); the
    phone computes the same formula, so both sides of a circle agree.
    """
    ax, ay, az = _geocentric(a)
    bx, by, bz = _geocentric(b)
    chord = math.sqrt((ax - bx) ** 2 + (ay - by) ** 2 + (az - bz) ** 2)
    return 2 * MEAN_RADIUS_M * math.asin(min(1.0, chord / (2 * MEAN_RADIUS_M)))


def _geocentric(point: Point) -> tuple[float, float, float]:
    """Metres from the centre of the Earth along x, y, z, for a point on the ellipsoid."""
    lon, lat = math.radians(point.lon), math.radians(point.lat)
    normal = SEMI_MAJOR_M / math.sqrt(1 - ECCENTRICITY_SQUARED * math.sin(lat) ** 2)
    return (
        normal * math.cos(lat) * math.cos(lon),
        normal * math.cos(lat) * math.sin(lon),
        normal * (1 - ECCENTRICITY_SQUARED) * math.sin(lat),
    )


def is_on_earth(point: Point) -> bool:
    """Finite, within the world, and not the (0, 0) that a broken device reports."""
    finite = math.isfinite(point.lon) and math.isfinite(point.lat)
    return finite and abs(point.lon) <= 180 and abs(point.lat) <= 90 and (point.lon, point.lat) != (0, 0)
