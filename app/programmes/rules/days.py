"""Is it one of the programme's days?"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

from app.programmes.rules.definition import Definition, HolidayCalendar, Weekday

_WEEKDAYS = tuple(Weekday)


class DayKind(StrEnum):
    PROGRAMME = "programme"
    HOLIDAY = "holiday"
    """A programme day that is a holiday or joint leave: nobody has to come, whoever comes is counted."""
    OTHER = "other"


def day_kind(definition: Definition, day: date) -> DayKind:
    """Whether the day is one of the programme's, one of its weekdays on a holiday, or any other."""
    if _WEEKDAYS[day.weekday()] not in definition.days:
        return DayKind.OTHER
    return DayKind.HOLIDAY if is_holiday(definition.calendar, day) else DayKind.PROGRAMME


def programme_days(definition: Definition, monday: date) -> tuple[date, ...]:
    """The programme's days in the week that begins on that Monday, holidays among them."""
    week = (monday + timedelta(days=ahead) for ahead in range(7))
    return tuple(day for day in week if day_kind(definition, day) is not DayKind.OTHER)


def has_every_day(definition: Definition) -> bool:
    """Whether any day of the week is the programme's."""
    return set(definition.days) == set(Weekday)


def is_holiday(calendar: HolidayCalendar, day: date) -> bool:
    """National holidays and joint leave, with the operators' amendments."""
    if day in calendar.removed:
        return False
    added = any(amendment.date == day for amendment in calendar.added)
    return added or day in _official(calendar.country, calendar.categories, day.year)


@lru_cache(maxsize=64)
def _official(country: str, categories: tuple[str, ...], year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year, categories=categories))


def next_meeting(definition: Definition, after: date) -> date | None:
    """The programme's next day, no holiday, on or after that day; None where none lies within a year."""
    days = (after + timedelta(days=ahead) for ahead in range(366))
    return next((day for day in days if day_kind(definition, day) is DayKind.PROGRAMME), None)
