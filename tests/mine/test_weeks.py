"""A volunteer's weeks: marks, weeks in a row, and what the pace foretells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.mine.rules.weeks import DayMark, next_day, paced, streak, strip, weeks_until
from tests.programmes.files import make_definition

GPS, BIOPORI = make_definition("gps"), make_definition("biopori")
MONDAY = date(2026, 11, 23)
WEDNESDAY, FRIDAY = MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)
A_WEEK = timedelta(days=7)


def weeks_ago(*back: int, stamped: bool = True) -> dict[date, bool]:
    return {MONDAY - A_WEEK * each: stamped for each in back}


def marks(acted, today, **more):
    return [[day.mark for day in week.days] for week in strip(GPS, acted, today, weeks=2, **more)]


def test_each_day_of_the_strip_tells_what_became_of_it():
    acted = {MONDAY - A_WEEK: True, FRIDAY - A_WEEK: False}
    last = [DayMark.DONE, DayMark.MISSED, DayMark.WAITING]
    assert marks(acted, WEDNESDAY) == [last, [DayMark.MISSED, DayMark.TODAY, DayMark.TO_COME]]
    assert marks(acted | {WEDNESDAY: False}, WEDNESDAY)[1] == [DayMark.MISSED, DayMark.WAITING, DayMark.TO_COME]


def test_nobody_missed_what_was_before_their_first_action():
    assert marks({WEDNESDAY: True}, FRIDAY) == [[DayMark.BEFORE] * 3, [DayMark.BEFORE, DayMark.DONE, DayMark.TODAY]]
    assert marks({}, MONDAY)[1] == [DayMark.TODAY, DayMark.TO_COME, DayMark.TO_COME]


def test_holidays_and_pauses_are_no_missed_days_and_whoever_came_has_them():
    august = date(2026, 8, 17)
    before = {august - A_WEEK: True}
    assert marks(before, august + timedelta(days=1))[1][0] is DayMark.HOLIDAY
    assert marks(before | {august: True}, august)[1][0] is DayMark.DONE
    assert marks(weeks_ago(1), FRIDAY, paused={WEDNESDAY})[1][:2] == [DayMark.MISSED, DayMark.HOLIDAY]


def test_a_replacement_day_stands_for_the_day_whose_place_it_takes():
    thursday, replaced = WEDNESDAY + timedelta(days=1), {WEDNESDAY: WEDNESDAY + timedelta(days=1)}
    (week,) = strip(GPS, weeks_ago(1), thursday, weeks=1, replaced=replaced)
    assert [(each.day, each.mark) for each in week.days][1] == (thursday, DayMark.TODAY)
    (week,) = strip(GPS, {WEDNESDAY: True}, thursday, weeks=1, replaced=replaced)
    assert week.days[1].day == WEDNESDAY


def test_the_next_day_is_the_first_to_which_one_has_not_come():
    thursday, replaced = WEDNESDAY + timedelta(days=1), {WEDNESDAY: WEDNESDAY + timedelta(days=1)}
    assert next_day(GPS, {}, MONDAY) == MONDAY
    assert next_day(GPS, {MONDAY}, MONDAY) == WEDNESDAY
    assert next_day(GPS, {MONDAY}, MONDAY, replaced=replaced) == thursday
    assert next_day(GPS, {WEDNESDAY}, WEDNESDAY, replaced=replaced) == FRIDAY
    assert next_day(GPS, {}, date(2026, 8, 17)) == date(2026, 8, 19)


@pytest.mark.parametrize(
    ("acted", "weeks"),
    [
        ({}, 0),
        (weeks_ago(0), 1),
        (weeks_ago(1), 1),  # this week is not over
        (weeks_ago(2), 0),
        (weeks_ago(0, 1, 2, 4), 3),
        (weeks_ago(1, 2) | weeks_ago(0, stamped=False), 2),  # a waiting action counts nothing
        (weeks_ago(1, 3) | weeks_ago(2, stamped=False), 2),  # and breaks nothing
        (weeks_ago(0, 1, stamped=False), 0),
    ],
)
def test_weeks_in_a_row_are_those_with_a_stamped_action(acted, weeks):
    assert streak(GPS, acted, FRIDAY).weeks == weeks


def test_a_week_without_a_day_to_come_to_pauses_the_row():
    acted = weeks_ago(0, 2)
    assert streak(GPS, acted, FRIDAY).weeks == 1
    away = {day - A_WEEK for day in (MONDAY, WEDNESDAY, FRIDAY)}
    assert streak(GPS, acted, FRIDAY, paused=away).weeks == 2
    assert streak(GPS, acted, FRIDAY, paused=away - {FRIDAY - A_WEEK}).weeks == 1


def test_holidays_pause_the_row():
    # Idul Fitri 2026: joint leave and holidays from 18 to 24 March; of the week of 16 March only the Monday is left.
    assert streak(GPS, {date(2026, 3, 9): True, date(2026, 3, 25): True}, date(2026, 3, 27)).weeks == 1
    assert streak(BIOPORI, {date(2026, 3, 11): True, date(2026, 3, 26): True}, date(2026, 3, 27)).weeks == 1


@pytest.mark.parametrize(
    ("missing", "weekly", "weeks"),
    [(4, [2, 2], 2), (4, [1, 2], 3), (1, [3, 3, 3], 1), (4, [], None), (4, [0, 0], None), (53, [1], None), (52, [1], 52)],
)
def test_the_pace_of_whole_weeks_foretells_and_no_pace_nothing(missing, weekly, weeks):
    assert weeks_until(missing, weekly) == weeks


def test_the_pace_is_that_of_the_last_six_weeks_since_one_began():
    by_week = {MONDAY - A_WEEK * back: back for back in range(9)}
    assert paced(by_week, FRIDAY, first=date(2026, 1, 1)) == (6, 5, 4, 3, 2, 1)
    assert paced({MONDAY - A_WEEK: 3}, FRIDAY, first=FRIDAY - A_WEEK * 2) == (0, 3)
    assert paced({}, FRIDAY, first=FRIDAY) == ()
