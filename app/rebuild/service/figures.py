"""Baselines and targets, held against what was ever written down."""

from __future__ import annotations

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from app.indicators.models import AreaBaseline, AreaTarget, FigureVersion
from app.indicators.rules import FigureKind
from app.rebuild.service.derived import Difference

Key = tuple[str, int, int, str, str]


def overwritten(session: Session) -> list[Difference]:
    """Those in force that are not the latest version written down for their day: somebody went around the versions."""
    latest: dict[Key, tuple[object, str]] = {}
    for version in session.scalars(select(FigureVersion).order_by(FigureVersion.id)):
        key = (version.kind.value, version.programme_id, version.area_id, version.indicator, version.day.isoformat())
        latest[key] = (version.value, version.source)
    found: list[Difference] = []
    for kind, programme_id, area_id, indicator, day, value, source in (*session.execute(_BASELINES), *session.execute(_TARGETS)):
        key = (kind, programme_id, area_id, indicator, day.isoformat())
        written = latest.pop(key, None)
        if written != (value, source):
            found.append(_difference(key, (value, source), written))
    return found + [_difference(key, None, written) for key, written in latest.items()]


_BASELINES = select(
    literal(FigureKind.BASELINE.value),
    AreaBaseline.programme_id,
    AreaBaseline.area_id,
    AreaBaseline.indicator,
    AreaBaseline.counted_on,
    AreaBaseline.value,
    AreaBaseline.source,
).order_by(AreaBaseline.id)
_TARGETS = select(
    literal(FigureKind.TARGET.value),
    AreaTarget.programme_id,
    AreaTarget.area_id,
    AreaTarget.indicator,
    AreaTarget.due_on,
    AreaTarget.value,
    AreaTarget.source,
).order_by(AreaTarget.id)


def _difference(key: Key, stored: object, written: object) -> Difference:
    return Difference(key[0], tuple(map(str, key[1:])), "value, source", stored, written)
