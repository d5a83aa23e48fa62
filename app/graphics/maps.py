"""Areas as a drawing: outlines simplified together, so that neighbours keep one border, shaded in few steps. SVG without styles.

It tells steps by name too (`data-step`), by which a page gives them its own colours, and each place says its value in words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, floor, log10, radians
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.graphics.palette import EDGE, INK, LEAF, PAPER, SHADE, SHEET

ACROSS = 1000
"""Units of width or height of a drawing, whichever is the longer."""
MARGIN = 6
TOLERANCE = 3.0
"""Units by which a simplified border may differ; a third of a percent of the drawing."""
MAX_STEPS = 5
"""Nothing is one of them, where there is nothing anywhere."""

FEW = "few"
"""The step of a place with fewer people than may be told."""
UNKNOWN = "unknown"
"""The step of a place whose value is not known."""

_NICE = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True, slots=True)
class MapBase:
    """Outlines ready to be drawn, in whole units of a field `width` by `height`."""

    width: int
    height: int
    paths: Mapping[int, str]
    """By area."""
    borders: str
    """Those between groups of areas, and the coast around all of them."""
    labels: Mapping[int, tuple[int, int]]
    """A place inside of each group, to write its name at."""


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area of the map."""

    area_id: int
    name: str
    href: str
    step: str
    """ "0" to "4", or FEW, or UNKNOWN."""
    told: str
    """Its value in words."""


@dataclass(frozen=True, slots=True)
class Shade:
    """One shade: the values above `above` up to `maximum`; both 0 for nothing."""

    name: str
    above: float
    maximum: float

    def minimum(self) -> int:
        """The smallest whole number in it."""
        return 0 if self.maximum == 0 else floor(self.above) + 1


def ground(outlines: Mapping[int, str], groups: Mapping[int, int]) -> MapBase:
    """The outlines (GeoJSON text by area) as paths; `groups` tells to which larger area each belongs."""
    ids = list(outlines)
    if not ids:
        return MapBase(ACROSS, ACROSS, {}, "", {})
    shapes = shapely.from_geojson([outlines[area_id] for area_id in ids])
    placed, width, height = _placed(shapes)
    simple = shapely.coverage_simplify(placed, TOLERANCE)
    members: dict[int, list[BaseGeometry]] = defaultdict(list)
    for area_id, shape in zip(ids, simple, strict=True):
        members[groups.get(area_id, 0)].append(shape)
    unions = {group: shapely.union_all(parts) for group, parts in members.items()}
    inside = {group: shapely.point_on_surface(union) for group, union in unions.items()}
    return MapBase(
        width,
        height,
        {area_id: _path(shape) for area_id, shape in zip(ids, simple, strict=True)},
        "".join(_path(union) for union in unions.values()),
        {group: (round(point.x), round(point.y)) for group, point in inside.items()},
    )


def _placed(shapes: Sequence[BaseGeometry]) -> tuple[Sequence[BaseGeometry], int, int]:
    """The shapes from degrees to units, north up, as wide as the ground is at its middle latitude."""
    west, south, east, north = shapely.total_bounds(shapes)
    shrink = cos(radians((south + north) / 2))
    breadth, length = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    scale = (ACROSS - 2 * MARGIN) / max(breadth, length)

    def units(degrees: np.ndarray) -> np.ndarray:
        x, y = (degrees[:, 0] - west) * shrink * scale, (north - degrees[:, 1]) * scale
        return np.column_stack([x + MARGIN, y + MARGIN])

    placed = shapely.transform(np.asarray(shapes, dtype=object), units)
    return placed, ceil(breadth * scale) + 2 * MARGIN, ceil(length * scale) + 2 * MARGIN


def _path(shape: BaseGeometry) -> str:
    return "".join(_ring(ring) for polygon in shapely.get_parts(shape) for ring in _rings(polygon))


def _rings(polygon: BaseGeometry) -> Iterator[BaseGeometry]:
    if polygon.geom_type == "Polygon":
        yield polygon.exterior
        yield from polygon.interiors


def _ring(ring: BaseGeometry) -> str:
    """A closed line in steps of whole units; points that fall together are one."""
    points = [(round(x), round(y)) for x, y in shapely.get_coordinates(ring)]
    moves = [f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(points[:-1]) if (x1, y1) != (x2, y2)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(moves)}z".replace(" -", "-") if len(moves) > 1 else ""


def steps(values: Iterable[float], *, whole: bool = True) -> tuple[Shade, ...]:
    """At most five steps with round bounds, each with about as many of the values; the first is nothing."""
    known = list(values)
    some = sorted(value for value in known if value > 0)
    bounds: list[float] = []
    parts = min(MAX_STEPS - 1, len(set(some)))
    for part in range(1, parts + 1):
        bound = nice_up(some[ceil(part * len(some) / parts) - 1], whole=whole)
        if not bounds or bound > bounds[-1]:
            bounds.append(bound)
    return (
        Shade("0", 0, 0),
        *(Shade(str(n), above, maximum) for n, (above, maximum) in enumerate(pairwise([0.0, *bounds]), start=1)),
    )


def step_of(value: float, shades: Sequence[Shade]) -> Shade:
    """The step in which the value lies; above all of them, the last."""
    return shades[min(bisect_left([shade.maximum for shade in shades], value), len(shades) - 1)]


def nice_up(value: float, *, whole: bool = True) -> float:
    """The next round number from the value up."""
    if whole and value <= 10:
        return float(ceil(value))
    power = 10.0 ** floor(log10(value))
    bound = next(round(nice * power, 10) for nice in _NICE if nice * power >= value * 0.999999)
    return float(ceil(bound)) if whole else bound


def drawn(field: MapBase, places: Sequence[MapArea], *, title: str, told: str, names: Mapping[int, str], tone: str = "") -> str:
    """The map as SVG; each place leads to its page. `names` are written into the groups.

    The places are no stops of the tab key: the table beside the map has the same addresses in a better order.
    """
    shapes = "".join(_place(field.paths[place.area_id], place) for place in places if place.area_id in field.paths)
    labels = "".join(
        f'<text x="{x}" y="{y}" text-anchor="middle">{escape(names[group])}</text>'
        for group, (x, y) in field.labels.items()
        if group in names
    )
    many = " data-many" if len(names) > MAX_ON_A_PHONE else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map"{many} viewBox="0 0 {field.width} {field.height}" role="group" '
        f'color="{LEAF}" aria-label={quoteattr(title)}><title>{escape(title)}</title><desc>{escape(told)}</desc>{HATCH}'
        f'<g stroke="{EDGE}" stroke-width="1.5">{shapes}</g>'
        f'<path class="borders" fill="none" stroke="{INK}" stroke-width="2.5" stroke-linejoin="round" d="{field.borders}"/>'
        f'<g class="names" aria-hidden="true" {_NAMES}>{labels}</g></svg>'
    )


MAX_ON_A_PHONE = 12
"""More names than this have no room on a phone."""
HATCH = (
    '<defs><pattern id="few" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<line x1="0" x2="0" y1="0" y2="12" stroke="{EDGE}" stroke-width="5"/></pattern></defs>'
)


_LOOKS = {
    "0": f'fill="{SHEET}"',
    "1": 'fill="currentColor" fill-opacity=".2"',
    "2": 'fill="currentColor" fill-opacity=".42"',
    "3": 'fill="currentColor" fill-opacity=".68"',
    "4": 'fill="currentColor"',
    FEW: 'fill="url(#few)"',
    UNKNOWN: f'fill="{SHADE}" stroke-dasharray="4 4"',
}
"""Step -> how its places look where no style sheet reaches."""
_NAMES = (
    f'fill="{INK}" stroke="{PAPER}" stroke-width="5" paint-order="stroke" font-family="system-ui, sans-serif" font-size="22" '
    'font-weight="650"'
)


def _place(path: str, place: MapArea) -> str:
    said = f"{place.name}: {place.told}"
    return (
        f'<a href={quoteattr(place.href)} tabindex="-1" aria-label={quoteattr(said)}>'
        f'<path data-step="{place.step}" {_LOOKS[place.step]} d="{path}"><title>{escape(said)}</title></path></a>'
    )
