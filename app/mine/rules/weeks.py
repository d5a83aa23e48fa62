"""The weeks of a volunteer: what each programme day became, how many weeks in a row, and when the next belt may come."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.programmes.rules.days import DayKind, day_kind, programme_days
from app.programmes.rules.definition import Definition

A_WEEK = timedelta(days=7)
SHOWN_WEEKS = 4
"""Weeks of the strip, this one among them."""
PACE_WEEKS = 6
"""Weeks before this one whose pace foretells the next."""
MAX_FORETOLD_WEEKS = 52
"""What lies further ahead is not foretold."""


NOTHING_REPLACED: Mapping[date, date] = {}


class DayMark(StrEnum):
    """What became of one of the programme's days."""

    DONE = "done"
    """A stamped action."""
    WAITING = "waiting"
    """An action that waits for its stamp, or for a look."""
    MISSED = "missed"
    HOLIDAY = "holiday"
    TODAY = "today"
    TO_COME = "to_come"
    BEFORE = "before"
    """Before the person's first action."""


@dataclass(frozen=True, slots=True)
class MarkedDay:
    day: date
    mark: DayMark


@dataclass(frozen=True, slots=True)
class MarkedWeek:
    """The programme's days of one week."""

    monday: date
    days: tuple[MarkedDay, ...]
    is_this: bool


@dataclass(frozen=True, slots=True)
class Streak:
    """Weeks in a row with a stamped action."""

    weeks: int
    waits: bool
    """This week there is an action, and its stamp is still to come."""
    has_this: bool
    """This week is among them."""


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def strip(
    definition: Definition,
    acted: Mapping[date, bool],
    today: date,
    *,
    weeks: int = SHOWN_WEEKS,
    paused: Collection[date] = (),
    replaced: Mapping[date, date] = NOTHING_REPLACED,
) -> tuple[MarkedWeek, ...]:
    """The last weeks and this one, the oldest first; `acted`: day -> whether one of its actions is stamped.

    `replaced`: a day of the programme -> the day declared to take its place, which stands for it unless one came on the first.
    """
    this = monday_of(today)
    mondays = [this - A_WEEK * back for back in range(weeks - 1, -1, -1)]
    begun = min(acted, default=today)
    return tuple(
        MarkedWeek(
            monday,
            tuple(
                MarkedDay(day, _mark(definition, day, acted, today, begun=begun, is_paused=day in paused))
                for day in sorted(day if day in acted else replaced.get(day, day) for day in programme_days(definition, monday))
            ),
            monday == this,
        )
        for monday in mondays
    )


def next_day(
    definition: Definition,
    acted: Collection[date],
    today: date,
    *,
    replaced: Mapping[date, date] = NOTHING_REPLACED,
    paused: Collection[date] = (),
) -> date | None:
    """The next day, today among them, to which one can come and has not yet; None where none lies within a year."""
    instead = {day for moved, day in replaced.items() if moved not in acted}
    days = (today + timedelta(days=ahead) for ahead in range(366))
    return next(
        (
            day
            for day in days
            if day not in acted
            and (day in instead or (day not in replaced and day not in paused and day_kind(definition, day) is DayKind.PROGRAMME))
        ),
        None,
    )


def _mark(definition: Definition, day: date, acted: Mapping[date, bool], today: date, *, begun: date, is_paused: bool) -> DayMark:
    if day in acted:
        return DayMark.DONE if acted[day] else DayMark.WAITING
    if is_paused or day_kind(definition, day) is DayKind.HOLIDAY:
        return DayMark.HOLIDAY
    if day >= today:
        return DayMark.TODAY if day == today else DayMark.TO_COME
    return DayMark.MISSED if day >= begun else DayMark.BEFORE


def streak(definition: Definition, acted: Mapping[date, bool], today: date, *, paused: Collection[date] = ()) -> Streak:
    """How many weeks in a row up to this one hold a stamped action.

    A week without a day to come to, all of them holidays or paused, is passed over; so is one whose action still waits for its
    stamp, and this one, which is not over.
    """
    stamped = {monday_of(day) for day, is_stamped in acted.items() if is_stamped}
    waiting = {monday_of(day) for day in acted} - stamped
    this = monday_of(today)
    weeks, monday, first = 0, this, min(stamped, default=this)
    while monday >= first:
        if monday in stamped:
            weeks += 1
        elif monday not in waiting and monday != this and _was_a_day(definition, monday, paused):
            break
        monday -= A_WEEK
    return Streak(weeks, this in waiting, this in stamped)


def _was_a_day(definition: Definition, monday: date, paused: Collection[date]) -> bool:
    """Whether there was a day in the week to which one could come."""
    return any(day_kind(definition, day) is DayKind.PROGRAMME and day not in paused for day in programme_days(definition, monday))


def weeks_until(missing: int, weekly: Sequence[int]) -> int | None:
    """In about how many weeks so much more is reached at the pace of these whole weeks; None without a pace, or too far ahead.

    `weekly`: what each of the weeks added, since the first in which there was anything.
    """
    total = sum(weekly)
    if not total:
        return None
    weeks = -(-missing * len(weekly) // total)
    return weeks if weeks <= MAX_FORETOLD_WEEKS else None


def paced(by_week: Mapping[date, int], today: date, *, first: date) -> tuple[int, ...]:
    """What each of the last whole weeks added, the oldest first, from that of the first action on; `by_week`: by Monday."""
    this = monday_of(today)
    mondays = (this - A_WEEK * back for back in range(PACE_WEEKS, 0, -1))
    return tuple(by_week.get(monday, 0) for monday in mondays if monday >= monday_of(first))
