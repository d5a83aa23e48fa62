"""Baselines and targets, held against what was ever written down."""

from __future__ import annotations

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from app.indicators.models import Baseline, FigureVersion, Target
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
    Baseline.programme_id,
    Baseline.area_id,
    Baseline.indicator,
    Baseline.counted_on,
    Baseline.value,
    Baseline.source,
).order_by(Baseline.id)
_TARGETS = select(
    literal(FigureKind.TARGET.value),
    Target.programme_id,
    Target.area_id,
    Target.indicator,
    Target.due_on,
    Target.value,
    Target.source,
).order_by(Target.id)


def _difference(key: Key, stored: object, written: object) -> Difference:
    return Difference(key[0], tuple(map(str, key[1:])), "value, source", stored, written)
