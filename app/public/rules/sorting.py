"""The order of a table's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

R = TypeVar("R")

CITY_COLUMNS = ("nama", "kecamatan", "nilai", "per-jiwa", "perubahan")
"""What the table of the city's kelurahan can be sorted by."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column, and whether the largest comes first."""

    column: str
    downwards: bool

    def toggled(self, column: str, *, downwards_first: bool) -> str:
        """What the head of a column asks for: its own order, or the other way round where it is the order already."""
        downwards = not self.downwards if self.column == column else downwards_first
        return f"-{column}" if downwards else column

    def direction(self, column: str) -> str:
        """ "up" or "down" where the table is sorted by the column, else nothing."""
        return "" if self.column != column else "down" if self.downwards else "up"


def ordered(rows: Iterable[R], by: Callable[[R], Any], name: Callable[[R], str], *, downwards: bool) -> list[R]:
    """The rows by a value, equal ones by name; those whose value is not known come last either way."""
    known = sorted((row for row in rows if by(row) is not None), key=name)
    known.sort(key=by, reverse=downwards)
    unknown = sorted((row for row in rows if by(row) is None), key=name)
    return [*known, *unknown]
