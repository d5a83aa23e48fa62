"""What a number may be said, and why one is not said. Not known is never 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache

from app.core.periods import ALL_TIME, Period, PeriodKind, month_of, parse_period, week_of
from app.core.text import Text
from app.programmes.rules.definition import Definition, Indicator
from app.tallies.rules import ACTIONS, CREDIT, PEOPLE

FEWEST_PEOPLE = 5
"""Fewer people than this, but not none, are not told to the public."""
THOUSANDTHS = 1000


class Reason(StrEnum):
    """Why there is no value."""

    NOT_YET = "not_yet"
    BEFORE_PROGRAMME = "before_programme"
    NOT_MEASURED = "not_measured"
    FEWER_THAN_5 = "fewer_than_5"
    REVEALS_FEWER_THAN_5 = "reveals_fewer_than_5"


WHY = {
    Reason.NOT_YET: Text("Kurun ini belum mulai.", "This period has not begun."),
    Reason.BEFORE_PROGRAMME: Text("Program belum berjalan pada kurun ini.", "The programme had not begun in this period."),
    Reason.NOT_MEASURED: Text(
        "Ada aksi yang dicap, tetapi tidak satu pun mencatat ukuran ini: nilainya tidak diketahui, bukan nol.",
        "There are stamped actions, but none of them told this measure: the value is not known, it is not zero.",
    ),
    Reason.FEWER_THAN_5: Text(
        "Kurang dari 5 orang: angkanya tidak ditampilkan agar tidak menunjuk seseorang.",
        "Fewer than 5 people: the number is not shown, so that it points at nobody.",
    ),
    Reason.REVEALS_FEWER_THAN_5: Text(
        "Angka ini tidak ditampilkan karena dengan pengurangan akan membuka jumlah orang yang kurang dari 5.",
        "This number is not shown because subtracting would reveal a count of fewer than 5 people.",
    ),
}

ERROR_UNKNOWN = Text(
    "Ini taksiran orang yang mencatat; besar kesalahannya belum pernah diukur, jadi batas bawah dan atasnya tidak diketahui.",
    "This is an estimate by those who recorded; its error was never measured, so its lower and upper bound are not known.",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, or why there is none."""

    value: int | float | None
    reason: Reason | None = None


def is_decimal(definition: Definition, measure: str) -> bool:
    """Whether the tally measure is kept in thousandths."""
    told = definition.measures.get(measure.partition(".")[0])
    return told is not None and told.type == "decimal"


def amount(definition: Definition, measure: str, raw: int, decimals: int) -> int | float:
    """A tally's whole number as people read it, rounded half up to so many decimals."""
    if not is_decimal(definition, measure):
        return raw
    exact = (Decimal(raw) / THOUSANDTHS).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return float(exact) if decimals else int(exact)


def is_always_told(definition: Definition, measure: str) -> bool:
    """Whether every action tells this measure, so that nothing told means nothing done."""
    base = measure.partition(".")[0]
    if base in (ACTIONS, CREDIT, PEOPLE):
        return True
    told = definition.measures.get(base)
    return told is not None and told.required


def read(
    indicator: Indicator,
    definition: Definition,
    tally: Mapping[str, int],
    period: Period,
    *,
    today: date,
    begun_on: date,
) -> Reading:
    """What the tallies of an area and period say of the indicator, small counts of people included.

    No stamped action at all is a counted zero. Actions of which none tells an optional measure leave it unknown.
    """
    if period.first is not None and period.first > today:
        return Reading(None, Reason.NOT_YET)
    if period.last is not None and period.last < begun_on:
        return Reading(None, Reason.BEFORE_PROGRAMME)
    raw = tally.get(indicator.measure, 0)
    if raw == 0 and tally.get(ACTIONS, 0) > 0 and not is_always_told(definition, indicator.measure):
        return Reading(None, Reason.NOT_MEASURED)
    return Reading(amount(definition, indicator.measure, raw, indicator.decimals))


def counts_people(indicator: Indicator) -> bool:
    return indicator.measure == PEOPLE


def public_people(people: Mapping[str, int], period: Period) -> Reading:
    """The number of people in the period as the public may read it, given the numbers of all periods by name.

    A count from 1 to 4 is not told. Nor is a larger one from which such a count could be told: when a period is published, the
    people in it who are in none of its other parts must be in the part that is not published, so publishing "9 in the year, 5 in
    January, nobody in the other months but February" would tell that February had at least 4. A number is held back when this
    way of reasoning leads to 2 or more for one of its unpublished parts; what it hides itself protects nothing further. Weeks
    have no published parts and are told from 5 on. On the wire only kelurahan have numbers of people, and kelurahan do not
    overlap: there is nothing to subtract between areas.
    """
    count = people.get(period.name, 0)
    if is_small(count):
        return Reading(None, Reason.FEWER_THAN_5)
    return Reading(None, Reason.REVEALS_FEWER_THAN_5) if reveals(people, period) else Reading(count)


def is_small(count: int) -> bool:
    return 0 < count < FEWEST_PEOPLE


def reveals(people: Mapping[str, int], outer: Period) -> bool:
    """Whether publishing the outer period's number of people tells a small number within it to be 2 or more."""
    count = people.get(outer.name, 0)
    bounds = sorted((_at_most(people, part) for part in _parts(people, outer)), reverse=True)
    # A hidden period touches at most two neighbouring parts; without them, is what remains enough to hide it?
    if count == 0 or count - sum(bounds[2:]) < 2:
        return False
    return any(count - _elsewhere(people, outer, hidden) >= 2 for hidden in _hidden_within(people, outer))


def _hidden_within(people: Mapping[str, int], outer: Period) -> list[Period]:
    small = (parse_period(name) for name, count in people.items() if is_small(count))
    return [period for period in small if period is not None and period != outer and _is_part(period, outer)]


def _is_part(period: Period, outer: Period) -> bool:
    """Whether the period is among those that the outer one is divided into, at any depth."""
    order = (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.YEAR, PeriodKind.ALL)
    return order.index(period.kind) < order.index(outer.kind) and _overlap(period, outer)


def _elsewhere(people: Mapping[str, int], outer: Period, hidden: Period) -> int:
    """The most people that the published numbers allow in the outer period outside the hidden one."""
    most = 0
    for part in _parts(people, outer):
        if part == hidden:
            continue
        most += _elsewhere(people, part, hidden) if _overlap(part, hidden) else _at_most(people, part)
    return most


def _at_most(people: Mapping[str, int], period: Period) -> int:
    count = people.get(period.name, 0)
    return FEWEST_PEOPLE - 1 if is_small(count) else count


def _parts(people: Mapping[str, int], outer: Period) -> Sequence[Period]:
    """The periods one step finer that together cover the outer one: years, months, weeks; a week has none."""
    if outer != ALL_TIME:
        return _divided(outer)
    found = (parse_period(name) for name in people)
    return [period for period in found if period is not None and period.kind is PeriodKind.YEAR]


@lru_cache(maxsize=1024)
def _divided(outer: Period) -> tuple[Period, ...]:
    if outer.kind is PeriodKind.WEEK or outer.first is None or outer.last is None:
        return ()
    if outer.kind is PeriodKind.YEAR:
        return tuple(month_of(outer.first.replace(month=month)) for month in range(1, 13))
    mondays = range(week_of(outer.first).first.toordinal(), outer.last.toordinal() + 1, 7)  # type: ignore[union-attr]
    return tuple(week_of(date.fromordinal(monday)) for monday in mondays)


def _overlap(one: Period, other: Period) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return True
    return one.first <= other.last and other.first <= one.last


def finer_than(period: Period) -> list[str] | None:
    """The names of the periods whose numbers of people decide whether its own may be told, itself among them.

    None for all time: every period does.
    """
    if period == ALL_TIME:
        return None
    months = _divided(period) if period.kind is PeriodKind.YEAR else (period,)
    weeks = [week.name for month in months for week in _divided(month)]
    return list(dict.fromkeys([period.name, *(month.name for month in months), *weeks]))
