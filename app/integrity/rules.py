"""What looks wrong in photographs. Pure: the same action and photographs give the same signals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from enum import StrEnum
from math import ceil
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.actions.rules.findings import Finding, Level
from app.core.geo import Point, distance_m
from app.media.rules import Fault

RULES_VERSION = 1
"""Kept with each signal: what it says can be computed again."""

MARGIN = timedelta(minutes=10)
"""A photograph belongs to an action from this long before its start to this long after its end."""
FAR_M = 150.0
ACCURACIES = 2
"""Nor is it far from the action within twice what the fix cannot tell."""


class SignalKind(StrEnum):
    """What looks wrong; also the code of the finding that it leads to."""

    REPEATED = "photo_repeated"
    SIMILAR = "photo_similar"
    TIME_OFF = "photo_time_off"
    PLACE_OFF = "photo_place_off"


@dataclass(frozen=True, slots=True)
class ActionEvidence:
    """An action as far as its photographs can contradict it."""

    id: UUID
    person_id: int
    recorded_by: int
    programme_id: int
    received_at: datetime
    captured_at: datetime
    """Its start by the phone's clock, which EXIF shares where the phone was the camera."""
    observed_at: datetime
    """Its start, that clock put right."""
    minutes: int | None
    zone: str
    point: Point
    accuracy_m: float | None


@dataclass(frozen=True, slots=True)
class Exposure:
    """When and where a camera says that it took a photograph."""

    taken: datetime | None
    """By its clock, without zone."""
    offset_minutes: int | None
    point: Point | None


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that looks wrong with one photograph of an action."""

    kind: SignalKind
    place: int
    """The photograph's place among the action's, from 0."""
    values: Mapping[str, Any] = field(default_factory=dict)
    other: UUID | None = None
    """The action that shows the same."""


def contradictions(action: ActionEvidence, place: int, exposure: Exposure) -> tuple[Signal, ...]:
    """Where the camera's word is against the action's time or place. A camera that says nothing contradicts nothing."""
    found = []
    if exposure.taken is not None and (minutes := minutes_off(action, exposure.taken, exposure.offset_minutes)):
        found.append(Signal(SignalKind.TIME_OFF, place, {"minutes": minutes}))
    if exposure.point is not None and (metres := metres_off(action, exposure.point)):
        found.append(Signal(SignalKind.PLACE_OFF, place, {"metres": metres}))
    return tuple(found)


def minutes_off(action: ActionEvidence, taken: datetime, offset_minutes: int | None) -> int:
    """Minutes between the exposure and the span of the action, 0 within [start - 10 min, end + 10 min].

    A camera that names no zone means the place's. An action without minutes may have lasted until the end of its day.
    """
    zone = ZoneInfo(action.zone) if offset_minutes is None else timezone(timedelta(minutes=offset_minutes))
    exposed = taken.replace(tzinfo=zone)
    off = min(_outside(exposed, start, _end(action, start)) for start in (action.captured_at, action.observed_at))
    return ceil(off / timedelta(minutes=1))


def _end(action: ActionEvidence, start: datetime) -> datetime:
    if action.minutes is not None:
        return start + timedelta(minutes=action.minutes)
    local = start.astimezone(ZoneInfo(action.zone))
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)


def _outside(exposed: datetime, start: datetime, end: datetime) -> timedelta:
    return max(start - MARGIN - exposed, exposed - end - MARGIN, timedelta(0))


def metres_off(action: ActionEvidence, point: Point) -> int:
    """Metres between exposure and action where that is more than 150 m and twice the fix's accuracy, else 0."""
    far = distance_m(action.point, point)
    return round(far) if far > max(FAR_M, ACCURACIES * (action.accuracy_m or 0.0)) else 0


def may_share(a: ActionEvidence, b: ActionEvidence) -> bool:
    """Whether two actions may show the same: one, or those that one account recorded for several persons at one time."""
    if a.id == b.id:
        return True
    is_one_group = a.recorded_by == b.recorded_by and a.person_id != b.person_id and a.programme_id == b.programme_id
    return is_one_group and _overlap(a, b)


def _overlap(a: ActionEvidence, b: ActionEvidence) -> bool:
    first, second = sorted((a, b), key=lambda action: action.observed_at)
    return second.observed_at <= first.observed_at + timedelta(minutes=first.minutes or 0) + MARGIN


def later(a: ActionEvidence, b: ActionEvidence) -> ActionEvidence:
    """The one that came second: it repeats, the first does not."""
    return max(a, b, key=lambda action: (action.received_at, action.id))


def findings(photos: int, faults: Mapping[int, Fault], signals: Iterable[Signal]) -> tuple[Finding, ...]:
    """What is said of an action's photographs, each sort once: what holds, what cannot be seen, else that all is well."""
    seen = tuple(signals)
    found = [_held(kind, mine) for kind in SignalKind if (mine := [signal for signal in seen if signal.kind is kind])]
    for fault in Fault:
        if broken := [place + 1 for place in sorted(faults) if faults[place] is fault]:
            found.append(Finding("photo_broken", Level.LOOK, {"photos": broken, "fault": fault.value}))
    return tuple(found) or (Finding("photos_ok", Level.OK, {"photos": photos}),)


def _held(kind: SignalKind, signals: Sequence[Signal]) -> Finding:
    """One finding for all photographs of which the same is to be said, with the largest of its numbers."""
    values: dict[str, Any] = {"photos": sorted({signal.place + 1 for signal in signals})}
    for name in ("minutes", "metres"):
        numbers = [signal.values[name] for signal in signals if name in signal.values]
        if numbers:
            values[name] = max(numbers)
    return Finding(kind.value, Level.HOLD, values)
