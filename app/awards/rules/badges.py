"""The badges that a person's stamped actions have earned, and with which stamp."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.programmes.rules.definition import Badge

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class CountedAction:
    """A stamped action, as badges see it."""

    stamped_at: datetime
    observed_on: date
    """The local day of the action."""
    place_key: Hashable
    """Tells one place from another; None where the place is unknown."""
    credits: Mapping[str, int]
    """Tally measure -> whole number."""


def earned(badges: Iterable[Badge], actions: Sequence[CountedAction]) -> dict[str, datetime]:
    """Badge -> the instant of the stamp that completed it, of those that are complete; stamps in the order of their instants.

    Actions stamped at one instant complete a badge at that instant, whichever of them comes first.
    """
    in_order = sorted(actions, key=lambda action: action.stamped_at)
    completed = {badge.code: _completed(badge, in_order) for badge in badges}
    return {code: instant for code, instant in completed.items() if instant is not None}


def _completed(badge: Badge, actions: Sequence[CountedAction]) -> datetime | None:
    reached = RULES[badge.rule](badge, actions)
    return next((action.stamped_at for action, much in zip(actions, reached, strict=True) if much >= badge.least), None)


def _actions(_badge: Badge, actions: Sequence[CountedAction]) -> Iterator[int]:
    """After each stamp: how many actions."""
    return iter(range(1, len(actions) + 1))


def _weeks_in_a_row(_badge: Badge, actions: Sequence[CountedAction]) -> Iterator[int]:
    """After each stamp: the length of the unbroken run of weeks, Monday to Sunday, to which the action belongs."""
    weeks: set[int] = set()
    for action in actions:
        # Day 1 of the calendar is a Monday.
        week = (action.observed_on.toordinal() - 1) // DAYS_A_WEEK
        weeks.add(week)
        first = last = week
        while first - 1 in weeks:
            first -= 1
        while last + 1 in weeks:
            last += 1
        yield last - first + 1


def _amount(badge: Badge, actions: Sequence[CountedAction]) -> Iterator[int]:
    """After each stamp: the sum of the badge's measure."""
    total = 0
    for action in actions:
        total += action.credits.get(badge.measure or "", 0)
        yield total


def _places(_badge: Badge, actions: Sequence[CountedAction]) -> Iterator[int]:
    """After each stamp: how many different known places."""
    places: set[Hashable] = set()
    for action in actions:
        places |= {action.place_key} - {None}
        yield len(places)


RULES: dict[str, Callable[[Badge, Sequence[CountedAction]], Iterator[int]]] = {
    "first": _actions,
    "weeks_in_a_row": _weeks_in_a_row,
    "amount": _amount,
    "places": _places,
}
"""How far the actions have come towards a badge, by its rule."""
