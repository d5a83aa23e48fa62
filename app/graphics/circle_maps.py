"""Circles on the outline of the ground in which they lie, as a drawing: SVG without styles, true to scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, radians
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.core.geo import Point
from app.graphics.palette import INK, INK_SOFT, LEAF, MARIGOLD, MARIGOLD_INK, WATER, WATER_WASH

ACROSS = 600
"""Units of width or height of a drawing, whichever is the longer."""
MARGIN = 24
TOLERANCE = 1.5
METRES_PER_DEGREE = 111_320.0
BARS_M = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)

_GROUND = f'fill="{WATER_WASH}" stroke="{WATER}" stroke-width="2"'
_WORDS = f'fill="{INK}" font-family="system-ui, sans-serif" font-size="16"'
_LOOKS = {
    "now": (f'fill="{LEAF}" fill-opacity=".18" stroke="{LEAF}" stroke-width="3"', LEAF),
    "was": (f'fill="none" stroke="{INK_SOFT}" stroke-width="3" stroke-dasharray="2 6"', INK_SOFT),
    "next": (
        f'fill="{MARIGOLD}" fill-opacity=".18" stroke="{MARIGOLD_INK}" stroke-width="3" stroke-dasharray="10 6"',
        MARIGOLD_INK,
    ),
}
"""Kind of ring -> how its circle looks where no style sheet reaches, and the colour of its dot."""


@dataclass(frozen=True, slots=True)
class Ring:
    """One circle of the drawing."""

    centre: Point
    radius_m: float
    kind: str
    """ "now", "was" or "next": which style it has."""


def drawn(outline: str | None, rings: Sequence[Ring], *, title: str, told: str, bar_words: str) -> str:
    """The rings on the outline (GeoJSON text), north up; `bar_words` says the scale, with {metres} in it."""
    middle = rings[0].centre
    shrink = cos(radians(middle.lat))

    def metres(degrees: np.ndarray) -> np.ndarray:
        """East and south of the first centre."""
        x, y = (degrees[:, 0] - middle.lon) * shrink * METRES_PER_DEGREE, (middle.lat - degrees[:, 1]) * METRES_PER_DEGREE
        return np.column_stack([x, y])

    places = metres(np.array([[ring.centre.lon, ring.centre.lat] for ring in rings]))
    discs = [shapely.Point(x, y).buffer(ring.radius_m) for (x, y), ring in zip(places, rings, strict=True)]
    ground = shapely.transform(shapely.from_geojson(outline), metres) if outline else None
    west, north, east, south = shapely.total_bounds([*discs, *([ground] if ground is not None else [])])
    scale = (ACROSS - 2 * MARGIN) / max(east - west, south - north, 1.0)
    width, height = (ceil(length * scale) + 2 * MARGIN for length in (east - west, south - north))

    def units(at: np.ndarray) -> np.ndarray:
        return np.asarray((at - (west, north)) * scale + MARGIN)

    shapes = [f'<path class="ground" {_GROUND} d="{_path(shapely.transform(ground, units))}"/>'] if ground is not None else []
    shapes += [_ring(ring, units(at.reshape(1, 2))[0], scale) for ring, at in zip(rings, places, strict=True)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="circle-map" viewBox="0 0 {width} {height + MARGIN}" role="img" '
        f"aria-label={quoteattr(title)}><title>{escape(title)}</title><desc>{escape(told)}</desc>"
        f"{''.join(shapes)}{_bar(scale, width, height, bar_words)}</svg>"
    )


def _path(shape: BaseGeometry) -> str:
    simple = shapely.simplify(shape, TOLERANCE)
    polygons = [part for part in shapely.get_parts(simple) if part.geom_type == "Polygon"]
    return "".join(_line(ring) for polygon in polygons for ring in (polygon.exterior, *polygon.interiors))


def _line(ring: BaseGeometry) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in shapely.get_coordinates(ring)[:-1]) + "z"


def _ring(ring: Ring, at: np.ndarray, scale: float) -> str:
    x, y = at
    circle, dot = _LOOKS[ring.kind]
    return (
        f'<g data-ring="{ring.kind}"><circle {circle} cx="{x:.1f}" cy="{y:.1f}" r="{ring.radius_m * scale:.1f}"/>'
        f'<circle class="dot" fill="{dot}" cx="{x:.1f}" cy="{y:.1f}" r="5"/></g>'
    )


def _bar(scale: float, width: int, height: int, words: str) -> str:
    """As long as a round number of metres: the longest that takes a third of the drawing at most."""
    fitting = [bar for bar in BARS_M if bar * scale <= width / 3] or [BARS_M[0]]
    length, y = fitting[-1] * scale, height
    said = words.replace("{metres}", f"{fitting[-1]}")
    return (
        f'<g class="scale"><path fill="none" stroke="{INK}" stroke-width="2" d="M{MARGIN} {y - 5}v5h{length:.1f}v-5"/>'
        f'<text x="{MARGIN + length + 8:.1f}" y="{y}" {_WORDS}>{escape(said)}</text></g>'
    )
