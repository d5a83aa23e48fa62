"""The ground in plain Python: a ray against the outlines of the GeoJSON, metres by PROJ's geodesics. Nothing of the house."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import dataclass
from pathlib import Path

from pyproj import Geod

GEOD = Geod(ellps="WGS84")
Degrees = tuple[float, float]
"""Longitude, latitude."""


def metres(a: Degrees, b: Degrees) -> float:
    return float(GEOD.inv(*a, *b)[2])


def away(start: Degrees, azimuth: float, distance_m: float) -> Degrees:
    """So many metres from there in that direction, to a centimetre."""
    lon, lat, _ = GEOD.fwd(*start, azimuth, distance_m)
    return round(lon, 7), round(lat, 7)


@dataclass(frozen=True)
class Kelurahan:
    code: str
    name: str
    kecamatan: str
    rings: tuple[tuple[Degrees, ...], ...]
    box: tuple[float, float, float, float]

    def in_box(self, point: Degrees) -> bool:
        return self.box[0] <= point[0] <= self.box[2] and self.box[1] <= point[1] <= self.box[3]

    def holds(self, point: Degrees) -> bool:
        """Inside by the number of borders that a ray to the east crosses, or on the border itself."""
        if not self.in_box(point):
            return False
        crossings = 0
        for ring in self.rings:
            for a, b in itertools.pairwise(ring):
                if _touches(a, b, point):
                    return True
                if (a[1] > point[1]) != (b[1] > point[1]):
                    crossings += point[0] < a[0] + (point[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        return crossings % 2 == 1

    def metres_outside(self, point: Degrees) -> float:
        """0 inside, else metres to the nearest stretch of border, on a plane laid through the point."""
        if self.holds(point):
            return 0.0
        east = metres(point, (point[0] + 0.001, point[1])) * 1000
        north = metres(point, (point[0], point[1] + 0.001)) * 1000
        nearest = math.inf
        for ring in self.rings:
            flat = [((lon - point[0]) * east, (lat - point[1]) * north) for lon, lat in ring]
            nearest = min(nearest, *(_from_origin(a, b) for a, b in itertools.pairwise(flat)))
        return nearest


class Ground:
    """All kelurahan of the two files."""

    def __init__(self, folder: Path) -> None:
        features = json.loads((folder / "bandung_kelurahan.geojson").read_text())["features"]
        made = [_kelurahan(feature) for feature in features]
        self.kelurahan = {each.code: each for each in sorted(made, key=lambda each: each.code)}
        districts = json.loads((folder / "bandung_kecamatan.geojson").read_text())["features"]
        self.kecamatan = {each["properties"]["code"]: each["properties"]["name"] for each in districts}
        self.city = features[0]["properties"]["regency_code"]

    def at(self, point: Degrees) -> str | None:
        """The code of the kelurahan there; on a border the lowest; None outside all of them."""
        return next((code for code, each in self.kelurahan.items() if each.holds(point)), None)

    def over(self, code: str | None) -> tuple[str, ...]:
        """The kelurahan, its kecamatan and the city."""
        return () if code is None else (code, self.kelurahan[code].kecamatan, self.city)


def _kelurahan(feature: dict) -> Kelurahan:
    told, shape = feature["properties"], feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    rings = tuple(tuple((lon, lat) for lon, lat in ring) for polygon in polygons for ring in polygon)
    lons, lats = zip(*(point for ring in rings for point in ring), strict=True)
    box = (min(lons), min(lats), max(lons), max(lats))
    return Kelurahan(told["code"], told["name"], told["district_code"], rings, box)


def _touches(a: Degrees, b: Degrees, point: Degrees) -> bool:
    if not (min(a[0], b[0]) <= point[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= point[1] <= max(a[1], b[1])):
        return False
    return point in (a, b) or (b[0] - a[0]) * (point[1] - a[1]) == (b[1] - a[1]) * (point[0] - a[0])


def _from_origin(a: Degrees, b: Degrees) -> float:
    """From (0, 0) to the straight line between two points of the plane."""
    along = (b[0] - a[0], b[1] - a[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0 if length == 0 else min(1.0, max(0.0, -(a[0] * along[0] + a[1] * along[1]) / length))
    return math.hypot(a[0] + share * along[0], a[1] + share * along[1])
