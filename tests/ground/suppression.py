"""Small counts of people: told to nobody outside, and not to be had by subtraction either.

An attacker reads every public number of people of a kelurahan and is taken to know, from numbers of actions, those of all other
periods. Whoever was there in a period was there in one of the others that cover its days; so its people, less those of the
covering periods, were in the one that is not told. The attacker takes the cheapest cover, over weeks, months and years alike.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from tests.ground.counts import MIN_PEOPLE, PROGRAMMES, Counts
from tests.ground.run import Ledger

Public = Mapping[str, tuple[int | None, str | None]]


def span(period: str) -> tuple[date, date]:
    """First and last day."""
    if period == "all":
        return date(2000, 1, 1), date(2099, 12, 31)
    if "W" in period:
        monday = date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
        return monday, monday + timedelta(days=6)
    if "-" in period:
        year, month = int(period[:4]), int(period[5:])
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(int(period), 1, 1), date(int(period), 12, 31)


def cheapest_cover(days: list[date], most: Mapping[str, int]) -> int:
    """The fewest people that periods covering all these days can have held together; days with no period around them cost 0."""
    spans = [(span(period), cost) for period, cost in most.items() if period != "all"]
    cost = {-1: 0}
    for place, day in enumerate(days):
        around = [((first, last), people) for (first, last), people in spans if first <= day <= last]
        best = cost[place - 1] if not around else None
        for (first, _), people in around:
            before = next((p for p in range(place, -1, -1) if days[p] < first), -1)
            best = min(cost[before] + people, best if best is not None else 10**9)
        cost[place] = best
    return cost[len(days) - 1] if days else 0


def least_within(hidden: str, told: Iterable[str], true: Mapping[str, int]) -> int:
    """The least number of people that the told numbers prove for the period that is not told."""
    first, last = span(hidden)
    proved = 0
    for outer in told:
        begins, ends = span(outer)
        if outer != hidden and begins <= last and first <= ends:
            rest = [day for day in possible_days(true) if begins <= day <= ends and not first <= day <= last]
            others = {period: count for period, count in true.items() if period not in (outer, hidden)}
            proved = max(proved, true[outer] - cheapest_cover(rest, others))
    return proved


def possible_days(true: Mapping[str, int]) -> list[date]:
    """The days on which somebody may have been there: those of no week and no month with nobody."""
    weeks = [span(period)[0] for period, count in true.items() if "W" in period and count]
    days = {monday + timedelta(days=number) for monday in weeks for number in range(7)}
    return sorted(day for day in days if true.get(f"{day:%Y-%m}"))


def check_public_people(
    counts: Counts, periods: list[str], ask: Callable[[str, str], Public], ledger: Ledger, where: Iterable[str]
) -> None:
    """Each public number is the true one or withheld: below five always, above where it would prove a small one."""
    for programme in PROGRAMMES:
        answers = {period: ask(programme, period) for period in periods}
        for kelurahan in where:
            true = {p: len(counts.people.get((programme, kelurahan, p), ())) for p in periods}
            public = {p: answers[p][kelurahan] for p in periods}
            _check_values(true, public, (programme, kelurahan), ledger)
            if any(0 < count < MIN_PEOPLE for count in true.values()) and any(count >= MIN_PEOPLE for count in true.values()):
                _attack(true, public, (programme, kelurahan), ledger)


def _check_values(true: Mapping[str, int], public: Public, about: tuple[str, str], ledger: Ledger) -> None:
    for period, count in true.items():
        value, reason = public[period]
        if 0 < count < MIN_PEOPLE:
            ledger.same("people, public: fewer than 5 are not told", (*about, period), (None, "fewer_than_5"), (value, reason))
        elif value is None:
            ledger.same("people, public: else withheld for what it reveals", (*about, period), "reveals_fewer_than_5", reason)
            ledger.outcomes["numbers of people withheld for what they reveal"] += 1
        else:
            ledger.same("people, public: else the true number", (*about, period), (count, None), (value, reason))


def _attack(true: Mapping[str, int], public: Public, about: tuple[str, str], ledger: Ledger) -> None:
    told = [period for period, (value, _) in public.items() if value is not None]
    small = [period for period, count in true.items() if 0 < count < MIN_PEOPLE]
    for period in small:
        proved = least_within(period, told, true)
        ledger.same("people, public: subtraction proves no more than one", (*about, period, proved, true), True, proved <= 1)
    for period, (_, reason) in public.items():
        if reason == "reveals_fewer_than_5":
            proves = any(least_within(other, [period], true) > 1 for other in small)
            ledger.same("people, public: nothing is withheld needlessly", (*about, period, true), True, proves)
