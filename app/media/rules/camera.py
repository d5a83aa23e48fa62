"""What a camera wrote into a photograph: when and where. What cannot be believed is not said at all.

The phone reads the same before it makes a photograph smaller (static/js/photos/exif.js); one table of cases holds both
(tests/media/camera_words.json).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

EARLIEST_YEAR = 2020
"""No photograph of before can be of an action: a camera that says so has lost its clock."""
MAX_AHEAD = timedelta(days=1)
"""No photograph was taken after it arrived; a day, because the camera's zone may be another."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What a camera wrote into the photograph. Absent where it wrote nothing that can be believed."""

    taken: datetime | None = None
    """By the camera's clock, without zone."""
    offset_minutes: int | None = None
    """East of UTC, where the camera says so."""
    lon: float | None = None
    lat: float | None = None


_TIME = re.compile(r"(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})(\.\d+)?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})", re.ASCII)


def witness(exif: Mapping[int, object], gps: Mapping[int, object]) -> Witness:
    """What the tags say (EXIF 2.32): DateTimeOriginal 0x9003, OffsetTimeOriginal 0x9011; GPS latitude 1-2, longitude 3-4."""
    lat, lon = _degrees(gps.get(2), gps.get(1), "NS", 90), _degrees(gps.get(4), gps.get(3), "EW", 180)
    if lat is None or lon is None or not is_position(lon, lat):
        lat = lon = None
    taken = _taken(exif.get(0x9003))
    return Witness(taken=taken, offset_minutes=None if taken is None else _offset(exif.get(0x9011)), lon=lon, lat=lat)


def believed(said: Witness, arrived: datetime) -> Witness:
    """The same without a time after the photograph's arrival, at an instant in UTC."""
    if said.taken is None or said.taken - arrived.replace(tzinfo=None) <= MAX_AHEAD:
        return said
    return replace(said, taken=None, offset_minutes=None)


def is_clock_alive(taken: datetime) -> bool:
    """Whether the camera's clock was ever set: one without a battery starts again at the first of January of some year."""
    return taken.year >= EARLIEST_YEAR and (taken.month, taken.day) != (1, 1)


def is_position(lon: float, lat: float) -> bool:
    """Degrees of which none is exactly 0: that is what a receiver without a fix writes."""
    return 0 < abs(lat) <= 90 and 0 < abs(lon) <= 180


def _text(value: object) -> str:
    return value.partition("\x00")[0].strip() if isinstance(value, str) else ""


def _taken(value: object) -> datetime | None:
    found = _TIME.fullmatch(_text(value))
    if found is None:
        return None
    try:
        taken = datetime(*(int(part) for part in found.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001 - cameras know no zone
    except ValueError:
        return None
    return taken if is_clock_alive(taken) else None


def _offset(value: object) -> int | None:
    found = _OFFSET.fullmatch(_text(value))
    if found is None:
        return None
    hours, minutes = int(found[2]), int(found[3])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        return None
    return hours * 60 + minutes if found[1] == "+" else -(hours * 60 + minutes)


def _degrees(value: object, direction: object, letters: str, max_degrees: int) -> float | None:
    """Degrees, minutes and seconds, three fractions, as one number with the sign of its letter."""
    letter = _text(direction).upper()
    if letter not in tuple(letters) or not isinstance(value, Sequence) or isinstance(value, str | bytes) or len(value) != 3:
        return None
    try:
        degrees, minutes, seconds = (_fraction(part) for part in value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if not (0 <= degrees <= max_degrees and 0 <= minutes <= 60 and 0 <= seconds <= 60):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    return None if found > max_degrees else -found if letter == letters[1] else found


def _fraction(part: object) -> float:
    if isinstance(part, int | float):
        raise TypeError("EXIF writes degrees as fractions")
    return float(part)  # type: ignore[arg-type]
