"""All areas and outlines as one process keeps them, until the database says that they have changed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from app.core.geo import Point
from app.database import Base
from app.database.rows import rows
from app.database.transaction import transaction_cache
from app.places.models import Area, AreaCode, AreaLevel, AreaOutline, PlaceRevision
from app.places.queries.areas import AreaAt, AreaEntry, AreaIndex
from app.places.rules import KEMENDAGRI, distance_to_m

_KEPT = 3
"""Revisions kept per database: a transaction that changes places sees another one than those beside it."""

PLACES = "places"
"""Under which name a transaction keeps what it sees; whoever changes areas takes it away."""
_REVISION = select(Base.metadata.tables[PlaceRevision.__tablename__].c.revision)
_lock = threading.Lock()
_snapshots: WeakKeyDictionary[Engine, dict[int, Snapshot]] = WeakKeyDictionary()


class Snapshot:
    """The areas of one revision, and a tree over the outlines of its kelurahan."""

    def __init__(self, areas: AreaIndex, outlines: Mapping[int, BaseGeometry]) -> None:
        self.areas = areas
        # By code: the first hit is the lowest one, which is the rule for points on a shared border.
        self._grounds = [_ground(areas, entry) for entry in areas.of_level(AreaLevel.KELURAHAN) if entry.id in outlines]
        self._outlines = {ground.kelurahan_id: outlines[ground.kelurahan_id] for ground in self._grounds}
        self._shapes = np.array(list(self._outlines.values()), dtype=object)
        for shape in self._shapes:
            # Asked once here, so that what GEOS prepares on first use is never made by two threads at once.
            shapely.prepare(shape)
            shapely.intersects_xy(shape, 0.0, 0.0)
        self._tree = shapely.STRtree(self._shapes)

    def ground(self, point: Point) -> AreaAt | None:
        """The kelurahan that holds the point; on a shared border the one with the lowest code."""
        near = self._tree.query(shapely.Point(point.lon, point.lat))
        if len(near) == 0:
            return None
        hits = near[shapely.intersects_xy(self._shapes[near], point.lon, point.lat)]
        return self._grounds[hits.min()] if len(hits) else None

    def border_distance_m(self, kelurahan_id: int, point: Point) -> float | None:
        outline = self._outlines.get(kelurahan_id)
        return None if outline is None else distance_to_m(outline, point)

    def city_beside(self, point: Point) -> int | None:
        """The city of the outline nearest to the point, by degrees; None where there is no outline."""
        if not self._grounds:
            return None
        return self._grounds[int(self._tree.nearest(shapely.Point(point.lon, point.lat)))].city_id

    @cached_property
    def geojson(self) -> Mapping[int, str]:
        return {area_id: _geojson(outline) for area_id, outline in self._outlines.items()}


def snapshot(session: Session) -> Snapshot:
    """What the session's transaction sees. Asks the database once a transaction, for the revision alone while nothing changed."""
    of_transaction = transaction_cache(session)
    if PLACES not in of_transaction:
        of_transaction[PLACES] = _seen(session)
    seen: Snapshot = of_transaction[PLACES]
    return seen


def _seen(session: Session) -> Snapshot:
    revision = rows(session, _REVISION, {}).scalar()
    if revision is None:
        return _load(session)
    engine = session.get_bind().engine
    kept = _snapshots.get(engine, {}).get(revision)
    if kept is not None:
        return kept
    loaded = _load(session)
    with _lock:
        of_engine = _snapshots.setdefault(engine, {})
        of_engine[revision] = loaded
        while len(of_engine) > _KEPT:
            del of_engine[next(iter(of_engine))]
    return loaded


def _load(session: Session) -> Snapshot:
    found = session.execute(
        select(
            Area.id, Area.level, Area.code, Area.name, Area.parent_id, Area.timezone, Area.population, Area.households,
            AreaOutline.area_km2, Area.is_demo, Area.closed_at,
        ).outerjoin(AreaOutline, (AreaOutline.area_id == Area.id) & AreaOutline.valid_until.is_(None))
    )  # fmt: skip
    entries, closed = [], set()
    for *values, closed_at in found:
        entries.append(AreaEntry(*values))
        if closed_at is not None:
            closed.add(entries[-1].id)
    other_codes = session.execute(
        select(AreaCode.code, AreaCode.area_id).where(or_(AreaCode.register != KEMENDAGRI, AreaCode.valid_until.is_not(None)))
    )
    outlines = session.execute(
        select(AreaOutline.area_id, AreaOutline.outline)
        .join(Area, Area.id == AreaOutline.area_id)
        .where(AreaOutline.valid_until.is_(None), Area.level == AreaLevel.KELURAHAN, Area.closed_at.is_(None))
    )
    index = AreaIndex(entries, closed, [(code, area_id) for code, area_id in other_codes])
    return Snapshot(index, {area_id: outline for area_id, outline in outlines})  # noqa: C416 - dict() takes a result for a mapping


def _ground(areas: AreaIndex, kelurahan: AreaEntry) -> AreaAt:
    above = {entry.level: entry.id for entry in areas.ancestors(kelurahan.id)}
    return AreaAt(
        kelurahan_id=kelurahan.id,
        kelurahan_code=kelurahan.code,
        kelurahan_name=kelurahan.name,
        kecamatan_id=above.get(AreaLevel.KECAMATAN),
        city_id=above.get(AreaLevel.CITY),
        timezone=kelurahan.timezone,
    )


def _geojson(outline: BaseGeometry) -> str:
    """Compact GeoJSON with six decimals (about 10 cm); one polygon is written as a Polygon."""
    parts = shapely.get_parts(outline)
    one = parts[0] if len(parts) == 1 else outline
    return str(shapely.to_geojson(shapely.transform(one, lambda degrees: degrees.round(6))))
