"""The outlines of a city, ready to be drawn."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from app.core import maps
from app.places import queries as places
from app.places.queries.snapshot import Snapshot

_drawn: WeakKeyDictionary[Snapshot, dict[int, maps.Ground]] = WeakKeyDictionary()
"""Kept as long as the places that they were drawn from."""


def city_ground(session: Session, city_id: int) -> maps.Ground:
    """The kelurahan of the city as paths, grouped by kecamatan. Drawn once for each revision of the places."""
    seen = places.snapshot(session)
    kept = _drawn.setdefault(seen, {})
    if city_id not in kept:
        within = seen.areas.kelurahan_within(city_id)
        outlines = {area_id: text for area_id, text in seen.geojson.items() if area_id in within}
        kept[city_id] = maps.ground(outlines, {area_id: seen.areas.by_id[area_id].parent_id or 0 for area_id in outlines})
    return kept[city_id]
