"""The outlines of a city, ready to be drawn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from weakref import WeakKeyDictionary

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from app.graphics import maps
from app.places import queries as places
from app.places.queries import AreaLevel
from app.places.queries.snapshot import Snapshot

TOLERANCE_DEG = 0.0003
"""About 33 m: what a border may differ by on a map whose pixels are a few metres."""
DECIMALS = 4
"""About 11 m."""

_drawn: WeakKeyDictionary[Snapshot, dict[int, maps.MapBase]] = WeakKeyDictionary()
"""Kept as long as the places that they were drawn from."""
_written: WeakKeyDictionary[Snapshot, dict[int | None, str]] = WeakKeyDictionary()


def city_ground(session: Session, city_id: int) -> maps.MapBase:
    """The kelurahan of the city as paths, grouped by kecamatan. Drawn once for each revision of the places."""
    seen = places.snapshot(session)
    kept = _drawn.setdefault(seen, {})
    if city_id not in kept:
        within = seen.areas.kelurahan_within(city_id)
        outlines = {area_id: text for area_id, text in seen.geojson.items() if area_id in within}
        kept[city_id] = maps.ground(outlines, {area_id: seen.areas.by_id[area_id].parent_id or 0 for area_id in outlines})
    return kept[city_id]


def city_outlines(session: Session, city_id: int | None) -> str:
    """The kelurahan of the city, or of everywhere, as a GeoJSON text that is light enough for a phone: 19 KB of gzip for 151."""
    seen = places.snapshot(session)
    kept = _written.setdefault(seen, {})
    if city_id not in kept:
        within = seen.geojson.keys() if city_id is None else seen.areas.kelurahan_within(city_id)
        kept[city_id] = _collection(seen, [area_id for area_id in seen.geojson if area_id in within])
    return kept[city_id]


def _collection(seen: Snapshot, ids: Sequence[int]) -> str:
    shapes = _light(shapely.from_geojson([seen.geojson[area_id] for area_id in ids])) if ids else []
    features = ",".join(_feature(seen, area_id, shape) for area_id, shape in zip(ids, shapes, strict=True))
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _light(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Simplified together, so that neighbours keep one border; what would break by that stays as it is."""
    simple = shapely.coverage_simplify(shapes, TOLERANCE_DEG)
    rounded = [shapely.transform(shape, lambda degrees: degrees.round(DECIMALS)) for shape in simple]
    light = [shapely.remove_repeated_points(shape) if shape.is_valid else shape for shape in rounded]
    return [one if one.is_valid and not one.is_empty else shape for one, shape in zip(light, shapes, strict=True)]


def _feature(seen: Snapshot, area_id: int, shape: BaseGeometry) -> str:
    area = seen.areas.by_id[area_id]
    above = {entry.level: entry.name for entry in seen.areas.ancestors(area_id)}
    properties = json.dumps({"name": area.name, "kecamatan": above.get(AreaLevel.KECAMATAN)}, ensure_ascii=False)
    return f'{{"type":"Feature","id":"{area.code}","geometry":{shapely.to_geojson(shape)},"properties":{properties}}}'
