"""Features of one code: parts of one area, the same area twice, or a mistake that only people can settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from app.core.text import Text
from app.places.rules.coverage import SLIVER_SHARE
from app.places.rules.features import Feature
from app.places.rules.ground import is_same_outline
from app.places.rules.names import same_name
from app.places.rules.outlines import as_multipolygon


def without_twins(features: Sequence[Feature]) -> list[Feature]:
    """The features, those of one code and name made one: the first bears the ground of all, the others say whose they are.

    A code that two names share, or that two different outlines of the same ground share, is refused on every side.
    """
    sharing: dict[str, list[Feature]] = defaultdict(list)
    for feature in features:
        if feature.code and not feature.refusals:
            sharing[feature.code].append(feature)
    settled = {one.number: one for twins in sharing.values() if len(twins) > 1 for one in _settled(twins)}
    return [settled.get(feature.number, feature) for feature in features]


def _settled(twins: Sequence[Feature]) -> list[Feature]:
    first = twins[0]
    if not all(_is_one_area(first, other) for other in twins[1:]):
        return [one.refused(_shared(one, twins)) for one in twins]
    parts = _parts([one.outline for one in twins if one.outline is not None])
    if parts is None:
        return [one.refused(_contradictory(one, twins)) for one in twins]
    whole = replace(
        first,
        outline=_union(parts) if parts else None,
        population=_agreed([one.population for one in twins]),
        households=_agreed([one.households for one in twins]),
        repairs=(*first.repairs, _told(twins, parts)),
    )
    return [whole, *(replace(one, merged_into=first.number) for one in twins[1:])]


def _is_one_area(first: Feature, other: Feature) -> bool:
    named = first.name is not None and other.name is not None and same_name(first.name, other.name)
    return named and (first.level, first.parent_code) == (other.level, other.parent_code)


def _parts(outlines: Sequence[BaseGeometry]) -> list[BaseGeometry] | None:
    """The outlines, each once; None where two that differ claim much of the same ground."""
    parts: list[BaseGeometry] = []
    for outline in outlines:
        if any(is_same_outline(outline, part) for part in parts):
            continue
        if any(_is_same_ground(outline, part) for part in parts):
            return None
        parts.append(outline)
    return parts


def _is_same_ground(a: BaseGeometry, b: BaseGeometry) -> bool:
    common = shapely.area(shapely.intersection(a, b))
    return bool(common > SLIVER_SHARE * min(shapely.area(a), shapely.area(b)))


def _union(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    return parts[0] if len(parts) == 1 else shapely.orient_polygons(as_multipolygon(shapely.union_all(parts)))


def _agreed(figures: Sequence[int | None]) -> int | None:
    """The figure that all tell who tell one; of figures that differ nobody knows whether they add up."""
    told = {figure for figure in figures if figure is not None}
    return told.pop() if len(told) == 1 else None


def _told(twins: Sequence[Feature], parts: Sequence[BaseGeometry]) -> Text:
    others = _numbers(twins, but=twins[0])
    if len(parts) > 1:
        return Text("digabung dari %(n)s bagian (dengan unsur %(others)s)", n=len(parts), others=others)
    return Text("tertulis lebih dari sekali dengan isi yang sama (unsur %(others)s)", others=others)


def _shared(feature: Feature, twins: Sequence[Feature]) -> Text:
    return Text("kode %(code)s dipakai juga oleh unsur %(others)s", code=feature.code, others=_numbers(twins, but=feature))


def _contradictory(feature: Feature, twins: Sequence[Feature]) -> Text:
    return Text(
        "kode %(code)s punya garis batas lain lagi di unsur %(others)s, di atas tanah yang sama; biarkan satu saja",
        code=feature.code,
        others=_numbers(twins, but=feature),
    )


def _numbers(twins: Sequence[Feature], *, but: Feature) -> str:
    return ", ".join(str(one.number) for one in twins if one.number != but.number)
