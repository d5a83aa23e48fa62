"""Weeks, months, years and all time: the spans over which actions are counted. Days are local days of the place."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class PeriodKind(StrEnum):
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"


FINAL_AFTER_DAYS = 14
"""A board is provisional until this many days after its period's last day; then it stands."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included; all time has no ends."""

    name: str
    kind: PeriodKind
    first: date | None
    last: date | None

    def final_on(self) -> date | None:
        """The first day on which the period's board no longer changes; None for all time."""
        return self.last + timedelta(days=FINAL_AFTER_DAYS + 1) if self.last else None


ALL_TIME = Period("all", PeriodKind.ALL, None, None)


def week_of(day: date) -> Period:
    """The ISO 8601 week of the day, Monday to Sunday."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Period(f"{year:04d}-W{week:02d}", PeriodKind.WEEK, monday, monday + timedelta(days=6))


def month_of(day: date) -> Period:
    """The month of the day on the calendar."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(f"{day:%Y-%m}", PeriodKind.MONTH, day.replace(day=1), day.replace(day=last))


def year_of(day: date) -> Period:
    """The year of the day, January to December."""
    return Period(f"{day:%Y}", PeriodKind.YEAR, date(day.year, 1, 1), date(day.year, 12, 31))


def semester_start(day: date) -> date:
    """The first day of the half year in which the day lies: January to June, July to December."""
    return date(day.year, 1 if day.month <= 6 else 7, 1)


def periods_of(day: date) -> tuple[Period, Period, Period, Period]:
    """The four periods in which an action of that day counts."""
    return (week_of(day), month_of(day), year_of(day), ALL_TIME)


_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")


def parse_period(name: str) -> Period | None:
    """The period called "all", "2026", "2026-11" or "2026-W48"; None when there is none of that name.

    At the ends of the calendar there is none: its board would never be final, its name is none of ours.
    """
    if name == ALL_TIME.name:
        return ALL_TIME
    try:
        found = _parsed(name)
        if found is not None:
            found.final_on()
    except (ValueError, OverflowError):
        return None
    return found if found is not None and found.name == name else None


def _parsed(name: str) -> Period | None:
    if week := _WEEK.fullmatch(name):
        return week_of(date.fromisocalendar(int(week[1]), int(week[2]), 1))
    if month := _MONTH.fullmatch(name):
        return month_of(date(int(month[1]), int(month[2]), 1))
    return year_of(date(int(name), 1, 1)) if _YEAR.fullmatch(name) else None
