"""Codes that other registers give to our areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.places.models import AreaCode
from app.places.rules import ImportOutcome, ReportLine, Survey
from app.places.rules.aliases import area_for_alias
from app.places.rules.features import Feature
from app.places.rules.matching import KnownArea
from app.places.service.changing import known_areas


@dataclass(frozen=True, slots=True)
class Alias:
    """A feature of another register and the area of ours that it is."""

    feature: Feature
    area: KnownArea
    is_new: bool


def match_aliases(session: Session, read: Survey) -> tuple[list[Alias], list[Feature]]:
    """The features with their areas, and those whose area cannot be told, refused."""
    known = known_areas(session)
    rows = session.scalars(select(AreaCode).where(AreaCode.register == read.register, AreaCode.valid_until.is_(None)))
    before = {row.code: row.area_id for row in rows}
    places = dict(before)
    matched: list[Alias] = []
    refused: list[Feature] = []
    for feature in read.accepted:
        found = area_for_alias(feature, known, places)
        if isinstance(found, KnownArea):
            matched.append(Alias(feature, found, is_new=before.get(feature.code) != found.id))
            places[feature.code] = found.id
        else:
            refused.append(feature.refused(found))
    return matched, refused


def alias_line(alias: Alias) -> ReportLine:
    """The line of a code that leads to an area of ours: new, or as it was."""
    outcome = ImportOutcome.ALIAS_ADDED if alias.is_new else ImportOutcome.UNCHANGED
    return ReportLine(alias.feature.number, alias.feature.code, alias.area.name, (outcome,))


def write_aliases(session: Session, aliases: Sequence[Alias], register: str, *, now: datetime) -> None:
    """Ends whatever those areas and codes had in the register, and begins what is new."""
    for alias in aliases:
        if not alias.is_new:
            continue
        ended = select(AreaCode).where(
            AreaCode.register == register,
            AreaCode.valid_until.is_(None),
            (AreaCode.area_id == alias.area.id) | (AreaCode.code == alias.feature.code),
        )
        for code in session.scalars(ended):
            code.valid_until = now
        session.add(AreaCode(area_id=alias.area.id, register=register, code=alias.feature.code, valid_from=now))
        session.flush()
