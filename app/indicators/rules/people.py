"""Small numbers of people: never told, nor what would tell them.

A count from 1 to 4 is not told. Nor is a larger one from which such a count could be reckoned: whoever was there in a published
period and in none of its other parts must have been there in the part that is not published. "9 in the year, 5 in January, nobody
after February" tells that February had at least 4. So a number is held back when the cheapest way to cover its period by weeks,
months and years, the hidden one left out, leaves 2 people or more for the hidden one. Whoever reckons is taken to know the
numbers of all other periods, published or not: the numbers of actions, which are told, may give them away.

On the wire only kelurahan have numbers of people, and kelurahan do not overlap: nothing can be subtracted between areas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from app.core.periods import Period, month_of, week_of, year_of
from app.indicators.rules.numbers import Reading, Reason
from app.tallies.rules import MIN_PEOPLE

SURELY = 1
"""What is known anyway of a number that is not told: somebody was there."""


class EdgeSpan(NamedTuple):
    """A period among the edges of a field: from the edge `begin` to the edge `end`."""

    name: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """The days of a period, cut at every edge of a week, month or year, and the spans that cover each piece."""

    spans: Mapping[str, EdgeSpan]
    """By name every week, month and year that shares days with the field, cut off where it ends."""
    over: tuple[tuple[EdgeSpan, ...], ...]
    """For each piece the spans that cover it, the whole field left out."""


def public_people(people: Mapping[str, int], period: Period) -> Reading:
    """The number of people in the period as the public may read it, given the numbers of all periods by name."""
    count = people.get(period.name, 0)
    if is_small(count):
        return Reading(None, Reason.FEWER_THAN_5)
    return Reading(None, Reason.REVEALS_FEWER_THAN_5) if reveals(people, period) else Reading(count)


def rws_to_tell(people: Mapping[int, int], *, whole: int) -> frozenset[int]:
    """The RWs whose numbers may stand alone, from how many people have ever been in each and in the whole kelurahan.

    Where somebody was in an RW with fewer than 5, that RW is told only together with others, as one rest, and so are those in
    which nobody was: they would leave it over. The rest holds at least 5 people, else the RW with the fewest joins it.
    """
    if not any(is_small(count) for count in people.values()):
        return frozenset(people)
    told = sorted((rw for rw, count in people.items() if count >= MIN_PEOPLE), key=lambda rw: (-people[rw], rw))
    while told and _surely_in_the_rest(people, told, whole) < MIN_PEOPLE:
        told.pop()
    return frozenset(told)


def _surely_in_the_rest(people: Mapping[int, int], told: Sequence[int], whole: int) -> int:
    """The fewest different people that can have been in the RWs that are not told: some may have been in several."""
    rest = [count for rw, count in people.items() if rw not in told]
    return max(*rest, whole - sum(people[rw] for rw in told), 0)


def is_small(count: int) -> bool:
    """Whether the public is not told so few people: 1 to 4."""
    return 0 < count < MIN_PEOPLE


def reveals(people: Mapping[str, int], outer: Period) -> bool:
    """Whether publishing the period's number tells more of a small number beside or within it than that somebody was there."""
    count = people.get(outer.name, 0)
    if count == 0:
        return False
    field = _field(*_ends(people, outer), outer.name)
    hidden = [span for name, span in field.spans.items() if is_small(people.get(name, 0))]
    if not hidden:
        return False
    before, after = _before(field, people), _after(field, people)
    return any(count - _elsewhere(span, field, people, before, after) > SURELY for span in hidden)


def _elsewhere(hidden: EdgeSpan, field: Field, people: Mapping[str, int], before: list[int], after: list[int]) -> int:
    """The fewest people that cover the field outside the hidden span: the most that can have been there and not in it."""
    around = (
        before[span.begin] + people.get(span.name, 0) + after[span.end]
        for span in field.over[hidden.begin]
        if span.begin < hidden.begin and span.end > hidden.end
    )
    return min((before[hidden.begin] + after[hidden.end], *around))


def _before(field: Field, people: Mapping[str, int]) -> list[int]:
    """For each edge the fewest people that cover everything before it."""
    fewest = [0]
    for spans in field.over:
        fewest.append(min(fewest[span.begin] + people.get(span.name, 0) for span in spans))
    return fewest


def _after(field: Field, people: Mapping[str, int]) -> list[int]:
    """For each edge the fewest people that cover everything after it."""
    fewest = [0] * (len(field.over) + 1)
    for piece in range(len(field.over) - 1, -1, -1):
        fewest[piece] = min(fewest[span.end] + people.get(span.name, 0) for span in field.over[piece])
    return fewest


def _ends(people: Mapping[str, int], outer: Period) -> tuple[date, date]:
    """First and last day; of all time those of the years in which anybody was there."""
    if outer.first is not None and outer.last is not None:
        return outer.first, outer.last
    years = [name for name in people if len(name) == len("2026")]
    return date(int(min(years)), 1, 1), date(int(max(years)), 12, 31)


@lru_cache(maxsize=512)
def _field(first: date, last: date, outer: str) -> Field:
    days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    periods = {period.name: period for day in days for period in (week_of(day), month_of(day), year_of(day))}
    bounds = {
        name: (max(first, period.first).toordinal(), min(last, period.last).toordinal() + 1)
        for name, period in periods.items()
        if period.first is not None and period.last is not None
    }
    edges = sorted({edge for bound in bounds.values() for edge in bound})
    at = {edge: place for place, edge in enumerate(edges)}
    spans = {name: EdgeSpan(name, at[begin], at[end]) for name, (begin, end) in bounds.items()}
    covering = [span for span in spans.values() if span.name != outer]
    over = tuple(tuple(span for span in covering if span.begin <= piece < span.end) for piece in range(len(edges) - 1))
    return Field(spans, over)


def deciding(period: Period) -> list[str] | None:
    """The names of the periods whose numbers of people decide whether its own may be told, itself among them.

    None for all time: every period does.
    """
    if period.first is None or period.last is None:
        return None
    return list(_field(period.first, period.last, period.name).spans)
