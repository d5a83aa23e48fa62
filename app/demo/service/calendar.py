"""When people of the demo city act: a year in which more and more came, some stopped, and the rain kept some at home."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.programmes.rules import DayKind, day_kind
from app.programmes.rules.definition import Definition

STEADY = 0.97
"""How likely the main cast come on a day of the programme."""
USUAL = 0.8
RAINY_MONTHS = frozenset({11, 12, 1, 2, 3})
RAIN = 0.75
"""The part of those who come in the rainy season to pick litter; to dig they come all the more, before the floods."""
RECENT = 10
"""So many actions everybody has, who came long ago or lately."""
QUIET_EVERY = 6
"""One kelurahan in so many is quiet: its people came a few times and stopped."""
PAUSES = 0.12
"""The part of the people who have not come for weeks."""
MOST_WEEKS_AWAY = 20


@dataclass(frozen=True, slots=True)
class Habit:
    """How often somebody acts."""

    count: int
    """How many actions they have done."""
    likelihood: float
    """How likely they come on a day of the programme."""
    weeks_away: int = 0
    """For so many weeks they have not come."""


def habits(total: int, quiet: Sequence[bool], chance: random.Random) -> list[Habit]:
    """What each of so many people did of the total; `quiet`: whether theirs is a quiet kelurahan. The first is of the main cast.

    A few actions are everybody's alike, all of them recent. What is more falls unevenly: who came early has a year of it.
    """
    if not quiet:
        return []
    recent = min(RECENT, total // len(quiet))
    further = total - recent * len(quiet)
    weights = [1.6 if number == 0 else _weight(chance, is_quiet=is_quiet) for number, is_quiet in enumerate(quiet)]
    counts = [recent + more for more in _parted(further, weights)]
    is_year = recent == RECENT
    return [
        _habit(number, count, is_quiet, chance, is_year=is_year)
        for number, (count, is_quiet) in enumerate(zip(counts, quiet, strict=True))
    ]


def _weight(chance: random.Random, *, is_quiet: bool) -> float:
    """Most came in the last months, a few at the beginning."""
    drawn: float = 0.1 + 2 * chance.random() ** 1.7
    return drawn * 0.05 if is_quiet else drawn


def _habit(number: int, count: int, is_quiet: bool, chance: random.Random, *, is_year: bool) -> Habit:  # noqa: FBT001
    if number == 0:
        return Habit(count, STEADY)
    pauses = is_year and (is_quiet or chance.random() < PAUSES)
    return Habit(count, USUAL, chance.randrange(4, MOST_WEEKS_AWAY) if pauses else 0)


def _parted(total: int, weights: Sequence[float]) -> list[int]:
    """The total by these weights in whole numbers; what rounding leaves goes to the first."""
    whole = sum(weights)
    parts = [int(total * weight / whole) for weight in weights]
    rest = total - sum(parts)
    return [part + (number < rest) for number, part in enumerate(parts)]


def days(definition: Definition, habit: Habit, today: date, chance: random.Random) -> list[date]:
    """The newest days on which they came, the latest first: days of the programme, no holidays, not today."""
    found: list[date] = []
    day = today - timedelta(weeks=habit.weeks_away)
    while len(found) < habit.count:
        day -= timedelta(days=1)
        is_kept_home = day.month in RAINY_MONTHS and definition.code == "gps" and habit.likelihood < STEADY
        likelihood = habit.likelihood * (RAIN if is_kept_home else 1)
        if day_kind(definition, day) is DayKind.PROGRAMME and chance.random() < likelihood:
            found.append(day)
    return found
