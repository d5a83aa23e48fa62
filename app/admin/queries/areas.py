"""Areas as those who keep them see them: the tree, and one area through time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.places import queries as places
from app.places.models import AreaCode, AreaOutline, Site
from app.places.queries import AreaEntry, AreaLevel


@dataclass(frozen=True, slots=True)
class KelurahanSeen:
    area: AreaEntry
    rws: int


@dataclass(frozen=True, slots=True)
class KecamatanSeen:
    area: AreaEntry
    kelurahan: tuple[KelurahanSeen, ...]


@dataclass(frozen=True, slots=True)
class CitySeen:
    area: AreaEntry
    kecamatan: tuple[KecamatanSeen, ...]


@dataclass(frozen=True, slots=True)
class OutlineThen:
    area_km2: float
    source: str
    valid_from: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class CodeThen:
    register: str
    code: str
    valid_from: datetime
    valid_until: datetime | None


def tree(session: Session, words: str = "") -> tuple[CitySeen, ...]:
    """Every city with its kecamatan and kelurahan, by code; with words those that bear them, and what lies below these."""
    index = places.areas(session)
    wanted = words.casefold()

    def has(area: AreaEntry) -> bool:
        return wanted in area.name.casefold() or area.code.startswith(wanted)

    def kecamatan(area: AreaEntry, *, whole: bool) -> KecamatanSeen:
        below = [each for each in index.children(area.id) if whole or has(area) or has(each)]
        return KecamatanSeen(area, tuple(KelurahanSeen(each, len(index.children(each.id))) for each in below))

    def city(area: AreaEntry) -> CitySeen:
        seen = [(kecamatan(each, whole=has(area)), has(area) or has(each)) for each in index.children(area.id)]
        return CitySeen(area, tuple(each for each, named in seen if named or each.kelurahan))

    cities = [(city(each), has(each)) for each in index.of_level(AreaLevel.CITY)]
    return tuple(each for each, named in cities if named or each.kecamatan)


def outlines(session: Session, area_id: int) -> Sequence[OutlineThen]:
    """Which outlines the area had, the latest first; not the outlines themselves."""
    asked = (
        select(AreaOutline.area_km2, AreaOutline.source, AreaOutline.valid_from, AreaOutline.valid_until)
        .where(AreaOutline.area_id == area_id)
        .order_by(AreaOutline.valid_from.desc(), AreaOutline.id.desc())
    )
    return [OutlineThen(*row) for row in session.execute(asked)]


def codes(session: Session, area_id: int) -> Sequence[CodeThen]:
    """Which codes the area has or had, in every register, the latest first."""
    asked = (
        select(AreaCode.register, AreaCode.code, AreaCode.valid_from, AreaCode.valid_until)
        .where(AreaCode.area_id == area_id)
        .order_by(AreaCode.valid_until.is_not(None), AreaCode.valid_from.desc(), AreaCode.id.desc())
    )
    return [CodeThen(*row) for row in session.execute(asked)]


def open_sites(session: Session, area_id: int) -> int:
    """How many open sites lie in the area."""
    within = places.areas(session).kelurahan_within(area_id)
    asked = select(func.count()).select_from(Site).where(Site.kelurahan_id.in_(within), Site.closed_at.is_(None))
    return session.scalar(asked) or 0
