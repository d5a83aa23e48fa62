"""Measures of outlines: square metres, what is narrow, what is the same, the metres to a border."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from app.core.geo import ECCENTRICITY_SQUARED, SEMI_MAJOR_M, Point, distance_m

SAME_DEGREES = 1e-7
"""Outlines that nowhere lie further apart (about 1 cm) are the same."""

METRES_PER_DEGREE = 110_574.0
"""One degree of latitude at the equator on WGS84; good to 1 % anywhere in Indonesia, in both directions to 2 %."""

# Longitude and latitude; Sabang to Merauke, Miangas to Rote, with room.
INDONESIA = (94.0, -12.0, 142.0, 7.0)


def area_m2(outline: BaseGeometry) -> float:
    """Square metres on the ellipsoid WGS84.

    Lambert's cylindrical equal-area projection of the ellipsoid (Snyder, Map Projections, 1987, eq. 3-12, 10-14, 10-15 with
    the equator as standard parallel) keeps areas exactly; only that its straight edges are not geodesics differs, far below
    0.1 % for edges of a city (tests/places/test_ground_rules.py compares with pyproj).
    """
    return float(shapely.area(shapely.transform(outline, _equal_area)))


def area_km2(outline: BaseGeometry) -> float:
    """Square kilometres on the ellipsoid WGS84, as `area_m2` computes them."""
    return area_m2(outline) / 1e6


def _equal_area(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    eccentricity = math.sqrt(ECCENTRICITY_SQUARED)
    sine = np.sin(np.radians(degrees[:, 1]))
    authalic = (1 - ECCENTRICITY_SQUARED) * (
        sine / (1 - ECCENTRICITY_SQUARED * sine**2) + np.arctanh(eccentricity * sine) / eccentricity
    )
    return np.column_stack((SEMI_MAJOR_M * np.radians(degrees[:, 0]), SEMI_MAJOR_M * authalic / 2))


def degrees_of(metres: float) -> float:
    """So many metres as degrees of latitude; eastward it is less ground the farther from the equator."""
    return metres / METRES_PER_DEGREE


def is_narrow(region: BaseGeometry, width_m: float) -> bool:
    """Nowhere wider than that: a circle of this diameter fits in no part of the region."""
    return bool(shapely.is_empty(shapely.buffer(region, -degrees_of(width_m) / 2)))


def width_m(region: BaseGeometry) -> float:
    """The diameter of the largest circle that fits in a part of the region, in metres, to about 1 %; 0.0 without ground."""
    parts = [part for part in shapely.get_parts(region) if part.geom_type == "Polygon" and part.area > 0]
    radii = [shapely.length(shapely.maximum_inscribed_circle(part, tolerance=degrees_of(0.1))) for part in parts]
    return float(max(radii, default=0.0)) * 2 * METRES_PER_DEGREE


def is_same_outline(a: BaseGeometry, b: BaseGeometry) -> bool:
    """The same line on the ground, wherever its rings begin, whichever way they run, however many points lie on a straight."""
    return bool(shapely.equals_exact(a, b, SAME_DEGREES, normalize=True)) or (_lies_on(a, b) and _lies_on(b, a))


def _lies_on(a: BaseGeometry, b: BaseGeometry) -> bool:
    border = shapely.boundary(b)
    shapely.prepare(border)
    return bool(shapely.dwithin(border, shapely.points(shapely.get_coordinates(a)), SAME_DEGREES).all())


def distance_to_m(outline: BaseGeometry, point: Point) -> float:
    """Metres from the point to the nearest place of the outline; 0.0 inside it and on its border."""
    if shapely.intersects_xy(outline, point.lon, point.lat):
        return 0.0
    # Degrees of longitude shrink towards the poles; what is nearest is looked for where both count alike.
    shrink = math.cos(math.radians(point.lat))
    scaled = shapely.transform(outline, lambda degrees: degrees * (shrink, 1.0))
    line = shapely.shortest_line(scaled, shapely.Point(point.lon * shrink, point.lat))
    lon, lat = shapely.get_coordinates(line)[0]
    return distance_m(point, Point(float(lon) / shrink, float(lat)))


def is_in_indonesia(bounds: tuple[float, float, float, float]) -> bool:
    """The box (west, south, east, north) lies within that of Indonesia."""
    west, south, east, north = INDONESIA
    return west <= bounds[0] and south <= bounds[1] and bounds[2] <= east and bounds[3] <= north
