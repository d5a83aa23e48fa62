"""Neighbours: outlines of one level cover the ground without overlaps and slivers, or are made to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from app.core.text import Number, Text
from app.places.rules.ground import area_m2, degrees_of, is_narrow, width_m
from app.places.rules.outlines import as_multipolygon, square_metres

SLIVER_WIDTH_M = 20.0
"""Overlaps and gaps up to this width are slips of the pen: borders are known to 10-40 m. An operator may say another."""

MAX_SLIVER_WIDTH_M = 60.0
"""What an operator may say at most: beyond it the file is wrong, not the pen."""

SLIVER_SHARE = 0.1
"""The part of an area that slips of the pen along its whole border may move: 10 m along 3 km are 6 % of 0.5 km²."""

TOLD_M2 = 0.5
"""Repairs that move less ground are not worth a line."""

Outlines = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Ground that two outlines both claim."""

    first: int
    second: int
    area_m2: float
    width_m: float
    """Across, where it is widest."""
    is_sliver: bool


@dataclass(slots=True)
class Covering:
    """Outlines that share their borders exactly, what was done for it, and which could not be brought to it."""

    outlines: list[BaseGeometry]
    repairs: dict[int, Text] = field(default_factory=dict)
    refusals: dict[int, list[Text]] = field(default_factory=dict)


def overlaps(
    outlines: Sequence[BaseGeometry], others: Sequence[BaseGeometry], sliver_width_m: float = SLIVER_WIDTH_M
) -> list[Overlap]:
    """Where the outlines claim ground of the others. Borders and corners in common are none."""
    if not outlines or not others:
        return []
    mine, theirs = _array(outlines), _array(others)
    pairs = shapely.STRtree(theirs).query(mine, predicate="intersects").T
    found = (_overlap(int(a), int(b), mine[a], theirs[b], sliver_width_m) for a, b in pairs)
    return [overlap for overlap in found if overlap.area_m2 > TOLD_M2]


def cover(outlines: Sequence[BaseGeometry], names: Sequence[str], sliver_width_m: float = SLIVER_WIDTH_M) -> Covering:
    """The outlines as a coverage: edges matched, slivers given to the neighbour with the longer border in common.

    Width says what is a slip of the pen: a thin overlap may be long. A real one (wider than `sliver_width_m`, or more than a
    tenth of the smaller one) is refused on both sides; the rest is still covered.
    The answer hangs on the order of the outlines: hand them in sorted by code.
    """
    covering = Covering(list(outlines))
    if not outlines or _is_coverage(_array(outlines), sliver_width_m):
        return covering
    for overlap in overlaps(outlines, outlines, sliver_width_m):
        if overlap.first != overlap.second and not overlap.is_sliver:
            said = real_overlap_text(names[overlap.second], overlap, sliver_width_m)
            covering.refusals.setdefault(overlap.first, []).append(said)
    kept = [place for place in range(len(outlines)) if place not in covering.refusals]
    if kept and not _is_coverage(_array([outlines[place] for place in kept]), sliver_width_m):
        _clean(covering, kept, sliver_width_m)
    return covering


def overlap_text(name: str, size_m2: float) -> Text:
    """That it overlaps the area of that name by so many square metres."""
    size = square_metres(size_m2)
    return Text("bertumpang tindih %(size)s dengan %(name)s", size=size, name=name)


def real_overlap_text(name: str, overlap: Overlap, sliver_width_m: float) -> Text:
    """The same as a refusal: how wide, what would have been put right, and what may be said where that is too little."""
    limit, most = Number(sliver_width_m, 1), Number(MAX_SLIVER_WIDTH_M, 0)
    size, width = square_metres(overlap.area_m2), Number(overlap.width_m, 1)
    if overlap.width_m <= sliver_width_m:
        return Text(
            "bertumpang tindih %(size)s dengan %(name)s: tipis (%(width)s m), "
            "tetapi lebih dari %(share)s %% wilayah yang lebih kecil",
            size=size, name=name, width=width, share=Number(SLIVER_SHARE * 100, 0),
        )  # fmt: skip
    if overlap.width_m > MAX_SLIVER_WIDTH_M:
        return Text(
            "bertumpang tindih %(size)s dengan %(name)s, selebar %(width)s m; yang dirapikan sendiri hanya sampai %(limit)s m",
            size=size, name=name, width=width, limit=limit,
        )  # fmt: skip
    return Text(
        "bertumpang tindih %(size)s dengan %(name)s, selebar %(width)s m; yang dirapikan sendiri hanya sampai %(limit)s m "
        "(batas ini dapat dinaikkan sampai %(most)s m: --sliver-width, atau Lebar celah di halaman)",
        size=size, name=name, width=width, limit=limit, most=most,
    )  # fmt: skip


def _array(outlines: Sequence[BaseGeometry]) -> Outlines:
    made = np.empty(len(outlines), dtype=object)
    made[:] = outlines
    return made


def _overlap(first: int, second: int, a: BaseGeometry, b: BaseGeometry, sliver_width_m: float) -> Overlap:
    common = shapely.intersection(a, b)
    size = area_m2(common)
    smaller = min(area_m2(a), area_m2(b))
    is_sliver = size <= SLIVER_SHARE * smaller and is_narrow(common, sliver_width_m)
    return Overlap(first, second, size, sliver_width_m if is_sliver or size <= TOLD_M2 else width_m(common), is_sliver)


def _is_coverage(outlines: Outlines, sliver_width_m: float) -> bool:
    """Edges match, nothing overlaps, and no gap between neighbours is narrow."""
    return bool(shapely.coverage_is_valid(outlines)) and not _has_narrow_gap(outlines, sliver_width_m)


def _has_narrow_gap(outlines: Outlines, sliver_width_m: float) -> bool:
    """A hole in the whole that is so thin that it is a sliver."""
    rings = [ring for part in shapely.get_parts(shapely.coverage_union_all(outlines)) for ring in part.interiors]
    return any(is_narrow(shapely.polygons(ring), sliver_width_m) for ring in rings)


def _clean(covering: Covering, kept: Sequence[int], sliver_width_m: float) -> None:
    """Cleans the kept outlines among themselves; whoever would lose or gain too much by it is refused."""
    before = _array([covering.outlines[place] for place in kept])
    after = shapely.coverage_clean(before, gap_width=degrees_of(sliver_width_m))
    still_wrong = ~shapely.is_empty(shapely.coverage_invalid_edges(after))
    for place, old, new, is_wrong in zip(kept, before, after, still_wrong, strict=True):
        moved = area_m2(shapely.symmetric_difference(old, new))
        size = square_metres(moved)
        if is_wrong or not shapely.is_valid(new) or moved > SLIVER_SHARE * area_m2(old):
            sentence = Text("celah atau tumpang tindih dengan tetangga tidak dapat dirapikan tanpa menggeser %(size)s", size=size)
            covering.refusals.setdefault(place, []).append(sentence)
            continue
        covering.outlines[place] = as_multipolygon(new)
        if moved > TOLD_M2:
            covering.repairs[place] = Text("celah atau tumpang tindih tipis dengan tetangga dirapikan (%(size)s)", size=size)
