"""Signs that a position was made up. A browser cannot tell; one sign alone says nothing, and a position alone earns nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.actions.rules.findings import Finding, Level
from app.actions.rules.submission import Fix
from app.actions.rules.words import Source
from app.core.geo import Point

DECIMALS = 7
"""Of a degree: about a centimetre. A device that measures does not find the same one again."""
TIMES = 3
"""So often the same is a sign, this time counted."""
APART = timedelta(hours=1)
"""Fixes of one sitting are one time: a device keeps the last one for a while."""
CACHED_FROM_M = 50.0
"""Above this stated error a device often tells again what a network told it before: honest, so one sign is taken off."""
HOLDING = 2
"""So many signs hold."""


@dataclass(frozen=True, slots=True)
class PastFix:
    """Where a device said that the person was at another action."""

    started_at: datetime
    point: Point
    accuracy_m: float | None


def unlikely(fix: Fix, started_at: datetime, past: Sequence[PastFix], centre: Point | None) -> Iterator[Finding]:
    """Whether two signs say that no device measured this; `past` are the person's latest fixes, the latest first."""
    if fix.source is not Source.DEVICE:
        return
    others = _at_other_times(started_at, past)
    same = sum(1 for other in others if _rounded(other.point) == _rounded(fix.point))
    latest = others[: TIMES - 1]
    signs = {
        "same_point": same >= TIMES - 1,
        "same_accuracy": len(latest) == TIMES - 1 and all(other.accuracy_m == fix.accuracy_m for other in latest),
        "centre": centre is not None and _rounded(centre) == _rounded(fix.point),
    }
    told = [name for name, is_there in signs.items() if is_there]
    forgiven = int((fix.accuracy_m or 0.0) > CACHED_FROM_M)
    if len(told) - forgiven >= HOLDING:
        yield Finding("position_unlikely", Level.HOLD, {"signs": told})


def _at_other_times(started_at: datetime, past: Sequence[PastFix]) -> list[PastFix]:
    """One fix of each sitting, this one's left out."""
    taken: list[PastFix] = []
    for fix in past:
        times = (started_at, *(other.started_at for other in taken))
        if all(abs(fix.started_at - time) >= APART for time in times):
            taken.append(fix)
    return taken


def _rounded(point: Point) -> tuple[float, float]:
    return round(point.lon, DECIMALS), round(point.lat, DECIMALS)
