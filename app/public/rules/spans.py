"""The periods that pages offer, and those before and after one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from app.core.periods import ALL_TIME, Period, PeriodKind, month_of, week_of, year_of

_SPAN_AROUND = {PeriodKind.WEEK: week_of, PeriodKind.MONTH: month_of, PeriodKind.YEAR: year_of}


def previous(period: Period) -> Period | None:
    """The period of the same kind before it; None for all time and at the beginning of the calendar."""
    if period.first is None or period.first <= date(2, 1, 1):
        return None
    return _SPAN_AROUND[period.kind](period.first - timedelta(days=1))


def following(period: Period, today: date) -> Period | None:
    """The period of the same kind after it; None where it has not begun yet."""
    if period.last is None or period.last >= today:
        return None
    return _SPAN_AROUND[period.kind](period.last + timedelta(days=1))


NEW_DAYS = 7
"""For so many days a month has too little to tell, and pages that sum up a month tell the one before."""


def told_month(today: date) -> Period:
    """The month of which pages speak where none is asked for: the one before until this one is a week old."""
    month = month_of(today)
    return month if today.day > NEW_DAYS else previous(month) or month


def months_until(day: date, count: int) -> list[Period]:
    """That many months, the last one that of the day."""
    months = [month_of(day)]
    while len(months) < count and (before := previous(months[0])) is not None:
        months.insert(0, before)
    return months


def offered(periods: Iterable[Period], chosen: Period) -> list[Period]:
    """Those periods, and the chosen one where it is none of them."""
    listed = list(periods)
    return listed if chosen in listed else [*listed, chosen]


def usual(today: date) -> tuple[Period, ...]:
    """What a page of numbers offers: all time, this year, this month and the one before."""
    month = month_of(today)
    before = previous(month)
    return (ALL_TIME, year_of(today), month, *((before,) if before else ()))
