"""Neighbours: outlines of one level cover the ground without overlaps and slivers, or are made to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from app.core.text import Text
from app.places.rules.ground import area_m2, degrees_of, is_narrow
from app.places.rules.outlines import REPAIR_SHARE, as_multipolygon, square_metres

SLIVER_WIDTH_M = 20.0
"""Overlaps and gaps up to this width are slips of the pen: borders are known to 10-40 m."""

TOLD_M2 = 0.5
"""Repairs that move less ground are not worth a line."""

Outlines = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Ground that two outlines both claim."""

    first: int
    second: int
    area_m2: float
    is_sliver: bool


@dataclass(slots=True)
class Covering:
    """Outlines that share their borders exactly, what was done for it, and which could not be brought to it."""

    outlines: list[BaseGeometry]
    repairs: dict[int, Text] = field(default_factory=dict)
    refusals: dict[int, list[Text]] = field(default_factory=dict)


def overlaps(outlines: Sequence[BaseGeometry], others: Sequence[BaseGeometry]) -> list[Overlap]:
    """Where the outlines claim ground of the others. Borders and corners in common are none."""
    if not outlines or not others:
        return []
    mine, theirs = _array(outlines), _array(others)
    pairs = shapely.STRtree(theirs).query(mine, predicate="intersects").T
    found = (_overlap(int(a), int(b), mine[a], theirs[b]) for a, b in pairs)
    return [overlap for overlap in found if overlap.area_m2 > TOLD_M2]


def cover(outlines: Sequence[BaseGeometry], names: Sequence[str]) -> Covering:
    """The outlines as a coverage: edges matched, slivers given to the neighbour with the longer border in common.

    A real overlap (wider than 20 m, or more than 1 % of the smaller one) is refused on both sides; the rest is still covered.
    The answer hangs on the order of the outlines: hand them in sorted by code.
    """
    covering = Covering(list(outlines))
    if not outlines or _is_coverage(_array(outlines)):
        return covering
    for overlap in overlaps(outlines, outlines):
        if overlap.first != overlap.second and not overlap.is_sliver:
            said = overlap_text(names[overlap.second], overlap.area_m2)
            covering.refusals.setdefault(overlap.first, []).append(said)
    kept = [place for place in range(len(outlines)) if place not in covering.refusals]
    if kept and not _is_coverage(_array([outlines[place] for place in kept])):
        _clean(covering, kept)
    return covering


def overlap_text(name: str, size_m2: float) -> Text:
    """That it overlaps the area of that name by so many square metres."""
    size = square_metres(size_m2)
    return Text("bertumpang tindih %(size)s dengan %(name)s", size=size, name=name)


def _array(outlines: Sequence[BaseGeometry]) -> Outlines:
    made = np.empty(len(outlines), dtype=object)
    made[:] = outlines
    return made


def _overlap(first: int, second: int, a: BaseGeometry, b: BaseGeometry) -> Overlap:
    common = shapely.intersection(a, b)
    size = area_m2(common)
    smaller = min(area_m2(a), area_m2(b))
    return Overlap(first, second, size, size <= REPAIR_SHARE * smaller and is_narrow(common, SLIVER_WIDTH_M))


def _is_coverage(outlines: Outlines) -> bool:
    """Edges match, nothing overlaps, and no gap between neighbours is narrow."""
    return bool(shapely.coverage_is_valid(outlines)) and not _has_narrow_gap(outlines)


def _has_narrow_gap(outlines: Outlines) -> bool:
    """A hole in the whole that is so thin that it is a sliver."""
    rings = [ring for part in shapely.get_parts(shapely.coverage_union_all(outlines)) for ring in part.interiors]
    return any(is_narrow(shapely.polygons(ring), SLIVER_WIDTH_M) for ring in rings)


def _clean(covering: Covering, kept: Sequence[int]) -> None:
    """Cleans the kept outlines among themselves; whoever would lose or gain too much by it is refused."""
    before = _array([covering.outlines[place] for place in kept])
    after = shapely.coverage_clean(before, gap_width=degrees_of(SLIVER_WIDTH_M))
    still_wrong = ~shapely.is_empty(shapely.coverage_invalid_edges(after))
    for place, old, new, is_wrong in zip(kept, before, after, still_wrong, strict=True):
        moved = area_m2(shapely.symmetric_difference(old, new))
        size = square_metres(moved)
        if is_wrong or not shapely.is_valid(new) or moved > REPAIR_SHARE * area_m2(old):
            sentence = Text("celah atau tumpang tindih dengan tetangga tidak dapat dirapikan tanpa menggeser %(size)s", size=size)
            covering.refusals.setdefault(place, []).append(sentence)
            continue
        covering.outlines[place] = as_multipolygon(new)
        if moved > TOLD_M2:
            covering.repairs[place] = Text("celah atau tumpang tindih tipis dengan tetangga dirapikan (%(size)s)", size=size)
