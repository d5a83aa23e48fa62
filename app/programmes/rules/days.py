"""Is it one of the programme's days?"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

from app.core.text import Text
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


MAX_DECLARED_LATE = timedelta(days=7)
"""How long after it a replacement day can still be declared."""
MAX_DECLARED_AHEAD = timedelta(days=14)


def why_not_moved(definition: Definition, moved: date, day: date, today: date) -> tuple[str, Text] | None:
    """What keeps `day` from taking the place of the programme's day `moved`: the field (moved or day) and why; None: nothing."""
    if day_kind(definition, moved) is not DayKind.PROGRAMME:
        return "moved", Text("Pilih hari program yang bukan hari libur.")
    if day - timedelta(days=day.weekday()) != moved - timedelta(days=moved.weekday()):
        return "day", Text("Hari pengganti harus dalam pekan yang sama, Senin sampai Minggu.")
    if day_kind(definition, day) is not DayKind.OTHER:
        return "day", Text("Hari itu sendiri hari program.")
    if today - day > MAX_DECLARED_LATE:
        return "day", Text("Hari pengganti paling lambat dinyatakan %(n)s hari sesudahnya.", n=MAX_DECLARED_LATE.days)
    if day - today > MAX_DECLARED_AHEAD:
        return "day", Text("Hari pengganti dinyatakan paling cepat %(n)s hari sebelumnya.", n=MAX_DECLARED_AHEAD.days)
    return None


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
