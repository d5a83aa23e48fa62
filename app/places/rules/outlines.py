"""Reading one GeoJSON geometry as an outline: what is put right, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.core.text import Language, Text, number
from app.places.rules.ground import INDONESIA, area_m2, is_in_indonesia

REPAIR_SHARE = 0.01
"""The part of its area by which a repair may change an outline."""

MIN_AREA_M2 = 1.0
"""An outline that covers less is no ground."""

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class OutlineReading:
    """An outline with what was put right in it, or the reason why there is none."""

    outline: BaseGeometry | None
    repairs: tuple[Text, ...] = ()
    refusal: Text | None = None


class _Refused(Exception):
    """Ends the reading of one geometry."""

    def __init__(self, indonesian: str, english: str) -> None:
        self.text = Text(indonesian, english)
        super().__init__(english)


def read_outline(geometry: object) -> OutlineReading:
    """The multipolygon of a GeoJSON Polygon or MultiPolygon in degrees, WGS84, within Indonesia; else why it is refused.

    Put right: rings left open, self-crossings that change at most 1 % of the area. Heights are left out. Holes are kept.
    Raises nothing: what is wrong stands in `refusal`.
    """
    try:
        polygons, unclosed = _polygons(geometry)
        _check_place(polygons)
        outline = shapely.multipolygons([shapely.Polygon(rings[0], rings[1:]) for rings in polygons])
        repairs = [_closed(unclosed)] if unclosed else []
        if not shapely.is_valid(outline):
            outline, repair = _untangled(outline)
            repairs.append(repair)
        if area_m2(outline) < MIN_AREA_M2:
            raise _Refused("garis batasnya tidak melingkupi tanah", "its outline covers no ground")
    except _Refused as refused:
        return OutlineReading(None, refusal=refused.text)
    return OutlineReading(shapely.orient_polygons(outline), tuple(repairs))


def as_multipolygon(outline: BaseGeometry) -> BaseGeometry:
    """The outline as one kind of geometry: a polygon is a multipolygon of one."""
    return outline if outline.geom_type == "MultiPolygon" else shapely.multipolygons([outline])


def square_metres(value: float) -> Text:
    """ "12 m²"; with one decimal below 10."""
    decimals = 0 if value >= 10 else 1
    return Text(f"{number(value, Language.INDONESIAN, decimals)} m²", f"{number(value, Language.ENGLISH, decimals)} m²")


def _polygons(geometry: object) -> tuple[list[list[list[Position]]], int]:
    """The rings of each polygon, closed, and how many of them had been open."""
    if geometry is None:
        raise _Refused("tidak punya geometri", "it has no geometry")
    if not isinstance(geometry, Mapping) or not isinstance(geometry.get("type"), str):
        raise _Refused("geometrinya bukan GeoJSON", "its geometry is not GeoJSON")
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Refused(
            f"geometrinya {kind[:40]}, padahal wilayah adalah Polygon atau MultiPolygon",
            f"its geometry is a {kind[:40]}; an area is a Polygon or MultiPolygon",
        )
    parts = [coordinates] if kind == "Polygon" else coordinates
    polygons = [[_ring(ring) for ring in _listed(part)] for part in _listed(parts)]
    polygons = [rings for rings in polygons if rings]
    if not polygons:
        raise _Refused("geometrinya kosong", "its geometry is empty")
    unclosed = 0
    for ring in (ring for rings in polygons for ring in rings):
        if ring[0] != ring[-1]:
            ring.append(ring[0])
            unclosed += 1
        if len(ring) < 4:
            raise _Refused("ada cincin dengan kurang dari tiga titik", "it has a ring of fewer than three points")
    return polygons, unclosed


def _listed(value: object) -> list[object] | tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise _Refused("koordinatnya tidak tersusun seperti GeoJSON", "its coordinates are not nested as GeoJSON's are")
    return value


def _ring(ring: object) -> list[Position]:
    read = [_position(position) for position in _listed(ring)]
    if not read:
        raise _Refused("ada cincin tanpa titik", "it has a ring without points")
    return read


def _position(position: object) -> Position:
    values = _listed(position)
    # type(), not isinstance(): a boolean is no number here. The bounds also keep out NaN, infinity and what floats cannot hold.
    if not 2 <= len(values) <= 4 or any(type(value) not in (int, float) or not -1e12 <= value <= 1e12 for value in values):  # type: ignore[operator]
        raise _Refused("ada koordinat yang bukan angka", "it has a coordinate that is not a number")
    return float(values[0]), float(values[1])  # type: ignore[arg-type]


def _check_place(polygons: list[list[list[Position]]]) -> None:
    everywhere = np.array([position for rings in polygons for ring in rings for position in ring])
    (west, south), (east, north) = everywhere.min(axis=0).tolist(), everywhere.max(axis=0).tolist()
    if is_in_indonesia((west, south, east, north)):
        return
    at = f"{everywhere[0][0]:g}, {everywhere[0][1]:g}"
    if is_in_indonesia((south, west, north, east)):
        raise _Refused(
            f"bujur dan lintang tertukar ({at}): GeoJSON menulis bujur dulu",
            f"longitude and latitude are swapped ({at}): GeoJSON writes longitude first",
        )
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise _Refused(
            f"koordinat di luar bumi ({at}): tampaknya meter dari proyeksi lain, misalnya UTM; ubah dulu ke WGS84 (EPSG:4326)",
            f"coordinates beyond the world ({at}): these look like metres of another projection such as UTM; "
            "convert them to WGS84 (EPSG:4326)",
        )
    box = "bujur {0:g} sampai {2:g}, lintang {1:g} sampai {3:g}".format(*INDONESIA)
    english = "longitude {0:g} to {2:g}, latitude {1:g} to {3:g}".format(*INDONESIA)
    raise _Refused(f"letaknya di luar Indonesia ({at}; {box})", f"it lies outside Indonesia ({at}; {english})")


def _closed(rings: int) -> Text:
    return Text(f"{rings} cincin terbuka ditutup", f"{rings} open ring{'s' if rings > 1 else ''} closed")


def _untangled(outline: BaseGeometry) -> tuple[BaseGeometry, Text]:
    """The outline made valid, with the sentence that says so."""
    problem = shapely.is_valid_reason(outline)
    before = area_m2(outline)
    mended = shapely.make_valid(outline, method="structure", keep_collapsed=False)
    if mended.geom_type not in ("Polygon", "MultiPolygon") or shapely.is_empty(mended):
        raise _Refused(f"garis batasnya memotong dirinya ({problem})", f"its outline crosses itself ({problem})")
    change = abs(area_m2(mended) - before)
    if not change <= REPAIR_SHARE * before:
        size = square_metres(change)
        raise _Refused(
            f"garis batasnya memotong dirinya ({problem}); perbaikan akan mengubah luasnya {size.id}, lebih dari 1 %",
            f"its outline crosses itself ({problem}); a repair would change its area by {size.en}, more than 1 %",
        )
    size = square_metres(change)
    return as_multipolygon(mended), Text(
        f"garis batas yang memotong dirinya diperbaiki (luas berubah {size.id})",
        f"self-crossing outline repaired (area changed by {size.en})",
    )
