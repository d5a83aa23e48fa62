"""Reading one GeoJSON geometry as an outline: what is put right, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.core.text import Number, Text
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

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.message)


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
            raise _Refused(Text("garis batasnya tidak melingkupi tanah"))
    except _Refused as refused:
        return OutlineReading(None, refusal=refused.text)
    return OutlineReading(shapely.orient_polygons(outline), tuple(repairs))


def as_multipolygon(outline: BaseGeometry) -> BaseGeometry:
    """The outline as one kind of geometry: a polygon is a multipolygon of one."""
    return outline if outline.geom_type == "MultiPolygon" else shapely.multipolygons([outline])


def square_metres(value: float) -> Text:
    """ "12 m²"; with one decimal below 10."""
    decimals = 0 if value >= 10 else 1
    return Text("%(decimals)s m²", decimals=Number(value, decimals))


def _polygons(geometry: object) -> tuple[list[list[list[Position]]], int]:
    """The rings of each polygon, closed, and how many of them had been open."""
    if geometry is None:
        raise _Refused(Text("tidak punya geometri"))
    if not isinstance(geometry, Mapping) or not isinstance(geometry.get("type"), str):
        raise _Refused(Text("geometrinya bukan GeoJSON"))
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Refused(
            Text("geometrinya %(kind)s, padahal wilayah adalah Polygon atau MultiPolygon", kind=kind[:40]),
        )
    parts = [coordinates] if kind == "Polygon" else coordinates
    polygons = [[_ring(ring) for ring in _listed(part)] for part in _listed(parts)]
    polygons = [rings for rings in polygons if rings]
    if not polygons:
        raise _Refused(Text("geometrinya kosong"))
    unclosed = 0
    for ring in (ring for rings in polygons for ring in rings):
        if ring[0] != ring[-1]:
            ring.append(ring[0])
            unclosed += 1
        if len(ring) < 4:
            raise _Refused(Text("ada cincin dengan kurang dari tiga titik"))
    return polygons, unclosed


def _listed(value: object) -> list[object] | tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise _Refused(Text("koordinatnya tidak tersusun seperti GeoJSON"))
    return value


def _ring(ring: object) -> list[Position]:
    read = [_position(position) for position in _listed(ring)]
    if not read:
        raise _Refused(Text("ada cincin tanpa titik"))
    return read


def _position(position: object) -> Position:
    values = _listed(position)
    # type(), not isinstance(): a boolean is no number here. The bounds also keep out NaN, infinity and what floats cannot hold.
    if not 2 <= len(values) <= 4 or any(type(value) not in (int, float) or not -1e12 <= value <= 1e12 for value in values):  # type: ignore[operator]
        raise _Refused(Text("ada koordinat yang bukan angka"))
    return float(values[0]), float(values[1])  # type: ignore[arg-type]


def _check_place(polygons: list[list[list[Position]]]) -> None:
    everywhere = np.array([position for rings in polygons for ring in rings for position in ring])
    (west, south), (east, north) = everywhere.min(axis=0).tolist(), everywhere.max(axis=0).tolist()
    if is_in_indonesia((west, south, east, north)):
        return
    at = f"{everywhere[0][0]:g}, {everywhere[0][1]:g}"
    if is_in_indonesia((south, west, north, east)):
        raise _Refused(
            Text("bujur dan lintang tertukar (%(at)s): GeoJSON menulis bujur dulu", at=at),
        )
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise _Refused(
            Text(
                "koordinat di luar bumi (%(at)s): tampaknya meter dari proyeksi yang tidak disebut di berkas; sebutkan, "
                "misalnya EPSG:32748 untuk UTM 48 selatan: --crs, atau Sistem koordinat di halaman",
                at=at,
            ),
        )
    west, south, east, north = (f"{degrees:g}" for degrees in INDONESIA)
    raise _Refused(
        Text(
            "letaknya di luar Indonesia (%(at)s; bujur %(west)s sampai %(east)s, lintang %(south)s sampai %(north)s)",
            at=at,
            west=west,
            east=east,
            south=south,
            north=north,
        )
    )


def _closed(rings: int) -> Text:
    return Text("%(n)s cincin terbuka ditutup", n=rings)


def _untangled(outline: BaseGeometry) -> tuple[BaseGeometry, Text]:
    """The outline made valid, with the sentence that says so."""
    problem = shapely.is_valid_reason(outline)
    before = area_m2(outline)
    mended = shapely.make_valid(outline, method="structure", keep_collapsed=False)
    if mended.geom_type not in ("Polygon", "MultiPolygon") or shapely.is_empty(mended):
        raise _Refused(Text("garis batasnya memotong dirinya (%(problem)s)", problem=problem))
    change = abs(area_m2(mended) - before)
    if not change <= REPAIR_SHARE * before:
        size = square_metres(change)
        raise _Refused(
            Text(
                "garis batasnya memotong dirinya (%(problem)s); perbaikan akan mengubah luasnya %(size)s, lebih dari 1 %%",
                problem=problem,
                size=size,
            ),
        )
    size = square_metres(change)
    return as_multipolygon(mended), Text("garis batas yang memotong dirinya diperbaiki (luas berubah %(size)s)", size=size)
