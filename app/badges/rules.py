"""The badges that a person's stamped deeds have earned, and with which stamp."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.programmes.rules.definition import Badge

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Deed:
    """A stamped deed, as badges see it."""

    stamped_at: datetime
    observed_on: date
    """The local day of the deed."""
    place_key: Hashable
    """Tells one place from another; None where the place is unknown."""
    credits: Mapping[str, int]
    """Tally measure -> whole number."""


def earned(badges: Iterable[Badge], deeds: Sequence[Deed]) -> dict[str, datetime]:
    """Badge -> the instant of the stamp that completed it, of those that are complete; stamps in the order of their instants.

    Deeds stamped at one instant complete a badge at that instant, whichever of them comes first.
    """
    in_order = sorted(deeds, key=lambda deed: deed.stamped_at)
    completed = {badge.code: _completed(badge, in_order) for badge in badges}
    return {code: instant for code, instant in completed.items() if instant is not None}


def _completed(badge: Badge, deeds: Sequence[Deed]) -> datetime | None:
    reached = RULES[badge.rule](badge, deeds)
    return next((deed.stamped_at for deed, much in zip(deeds, reached, strict=True) if much >= badge.least), None)


def _deeds(_badge: Badge, deeds: Sequence[Deed]) -> Iterator[int]:
    """After each stamp: how many deeds."""
    return iter(range(1, len(deeds) + 1))


def _weeks_in_a_row(_badge: Badge, deeds: Sequence[Deed]) -> Iterator[int]:
    """After each stamp: the length of the unbroken run of weeks, Monday to Sunday, to which the deed belongs."""
    weeks: set[int] = set()
    for deed in deeds:
        # Day 1 of the calendar is a Monday.
        week = (deed.observed_on.toordinal() - 1) // DAYS_A_WEEK
        weeks.add(week)
        first = last = week
        while first - 1 in weeks:
            first -= 1
        while last + 1 in weeks:
            last += 1
        yield last - first + 1


def _amount(badge: Badge, deeds: Sequence[Deed]) -> Iterator[int]:
    """After each stamp: the sum of the badge's measure."""
    total = 0
    for deed in deeds:
        total += deed.credits.get(badge.measure or "", 0)
        yield total


def _places(_badge: Badge, deeds: Sequence[Deed]) -> Iterator[int]:
    """After each stamp: how many different known places."""
    places: set[Hashable] = set()
    for deed in deeds:
        places |= {deed.place_key} - {None}
        yield len(places)


RULES: dict[str, Callable[[Badge, Sequence[Deed]], Iterator[int]]] = {
    "first": _deeds,
    "weeks_in_a_row": _weeks_in_a_row,
    "amount": _amount,
    "places": _places,
}
"""How far the deeds have come towards a badge, by its rule."""
