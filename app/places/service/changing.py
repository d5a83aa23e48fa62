"""Writing what an import changes, and keeping what was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.places.models import Area, AreaCode, AreaLevel, AreaOutline
from app.places.rules import KEMENDAGRI, UNKNOWN_NAME, ImportOutcome, area_km2, rw_code, zone_of
from app.places.rules.matching import AreaChange, KnownArea
from app.places.rules.words import LADDER

_OUTLINED = {ImportOutcome.ADDED, ImportOutcome.OUTLINE_ADDED, ImportOutcome.OUTLINE_CHANGED}


def known_areas(session: Session) -> list[KnownArea]:
    """The areas with codes of their own, as they stand, by code."""
    rows = session.execute(
        select(Area.id, Area.level, Area.code, Area.name, Area.parent_id, Area.population, Area.households, AreaOutline.outline)
        .outerjoin(AreaOutline, (AreaOutline.area_id == Area.id) & AreaOutline.valid_until.is_(None))
        .where(Area.level.in_(LADDER), Area.closed_at.is_(None))
        .order_by(Area.code)
    )
    return [KnownArea(*row) for row in rows]


def write_changes(session: Session, changes: Sequence[AreaChange], *, source: str, is_demo: bool, now: datetime) -> None:
    """Writes the changes, from the top level down so that every parent has its number."""
    known = {change.known.id for change in changes if change.known}
    areas = {area.id: area for area in session.scalars(select(Area).where(Area.id.in_(known)))} if known else {}
    renumbered = [change for change in changes if ImportOutcome.CODE_CHANGED in change.outcomes]
    _free_codes(session, [areas[change.known.id] for change in renumbered if change.known])
    ids = dict(session.execute(select(Area.code, Area.id).where(Area.closed_at.is_(None))).all())
    for level in LADDER:
        here = [change for change in changes if change.feature.level is level]
        written = [_write(session, change, areas, ids, is_demo=is_demo, now=now) for change in here]
        session.flush()
        ids |= {area.code: area.id for area in written}
        _write_codes(session, here, written, now)
        _write_outlines(session, here, written, source, now)
    _renumber_rws(session, [areas[change.known.id] for change in renumbered if change.known], now)


def _free_codes(session: Session, areas: Sequence[Area]) -> None:
    """Takes the codes off areas that get others, so that two may exchange theirs."""
    for area in areas:
        area.code = f"~{area.id}"
    session.flush()


def _write(
    session: Session, change: AreaChange, areas: Mapping[int, Area], ids: Mapping[str, int], *, is_demo: bool, now: datetime
) -> Area:
    feature = change.feature
    parent_id = ids[feature.parent_code] if feature.parent_code else None
    if change.known is None:
        area = Area(level=feature.level, name=feature.name or UNKNOWN_NAME, is_demo=is_demo, created_at=now)
        session.add(area)
    else:
        area = areas[change.known.id]
    if ImportOutcome.RENAMED in change.outcomes and feature.name:
        area.name = feature.name
    area.code, area.parent_id, area.timezone = feature.code, parent_id, zone_of(feature.code)
    area.population = feature.population if feature.population is not None else area.population
    area.households = feature.households if feature.households is not None else area.households
    return area


def _write_codes(session: Session, changes: Sequence[AreaChange], areas: Sequence[Area], now: datetime) -> None:
    begun = [
        area
        for change, area in zip(changes, areas, strict=True)
        if {ImportOutcome.ADDED, ImportOutcome.CODE_CHANGED}.intersection(change.outcomes)
    ]
    _begin_codes(session, begun, now)


def _begin_codes(session: Session, areas: Sequence[Area], now: datetime) -> None:
    """Ends the codes that the areas had in our register, and begins the ones they have."""
    ended = select(AreaCode).where(
        AreaCode.area_id.in_([area.id for area in areas]), AreaCode.register == KEMENDAGRI, AreaCode.valid_until.is_(None)
    )
    for code in session.scalars(ended):
        code.valid_until = now
    session.add_all(AreaCode(area_id=area.id, code=area.code, valid_from=now) for area in areas)


def _write_outlines(session: Session, changes: Sequence[AreaChange], areas: Sequence[Area], source: str, now: datetime) -> None:
    drawn = {
        area.id: change.feature.outline
        for change, area in zip(changes, areas, strict=True)
        if change.feature.outline is not None and _OUTLINED.intersection(change.outcomes)
    }
    ended = select(AreaOutline).where(AreaOutline.area_id.in_(drawn), AreaOutline.valid_until.is_(None))
    for outline in session.scalars(ended) if drawn else ():
        outline.valid_until = now
    # An area has one open outline, and new rows are written before old ones are changed.
    session.flush()
    session.add_all(
        AreaOutline(area_id=area_id, outline=outline, area_km2=area_km2(outline), source=source, valid_from=now)
        for area_id, outline in drawn.items()
    )


def _renumber_rws(session: Session, kelurahan: Sequence[Area], now: datetime) -> None:
    """Gives the RW of renumbered kelurahan the codes below the new ones."""
    codes = {area.id: area.code for area in kelurahan}
    rws = session.scalars(select(Area).where(Area.level == AreaLevel.RW, Area.parent_id.in_(codes))).all() if codes else []
    _free_codes(session, rws)
    for area in rws:
        if area.parent_id is not None:
            area.code = rw_code(codes[area.parent_id], area.name)
    _begin_codes(session, rws, now)
