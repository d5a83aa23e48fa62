"""A place on the ground as people write or paste it."""

from __future__ import annotations

import re

from app.core.geo import Point

WEST, EAST = 94.0, 142.0
SOUTH, NORTH = -12.0, 7.0
"""Indonesia; no longitude of it is a latitude of it, so either may come first."""

MAX_LENGTH = 80
"""More is no point, and looking for what parts a long row of spaces takes the square of its length."""

_NUMBER = re.compile(r"[-−]?\d{1,3}(?:\.\d{1,15}|,\d{3,15})?")
_PARTED = (re.compile(r"\s*[;\s]\s*"), re.compile(r"\s*,\s*"), re.compile(r"\s*,\s+|\s*;\s*"))
"""What may stand between the two numbers."""


def read_point(text: str) -> Point | None:
    """The point of "-6.90249, 107.61872" (as maps copy it) or "107.61872 -6.90249"; None for anything else.

    Decimal commas are understood where something else parts the two: "-6,90249; 107,61872".
    """
    if len(text) > MAX_LENGTH:
        return None
    said = text.strip().strip("()[]").strip().replace("−", "-")
    numbers = _numbers(said)
    if numbers is None:
        return None
    first, second = numbers
    return point_of(lat=first, lon=second) or point_of(lat=second, lon=first)


def point_of(*, lat: float, lon: float) -> Point | None:
    """The point, when it lies in Indonesia."""
    if SOUTH <= lat <= NORTH and WEST <= lon <= EAST:
        return Point(lon, lat)
    return None


def _numbers(said: str) -> tuple[float, float] | None:
    for parts in (parted.split(said) for parted in _PARTED):
        if len(parts) == 2 and all(_NUMBER.fullmatch(part) for part in parts):
            return float(parts[0].replace(",", ".")), float(parts[1].replace(",", "."))
    return None
