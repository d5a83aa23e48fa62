"""When the people of the demo city act."""

from __future__ import annotations

import random
from datetime import date

import pytest

from app.demo.service.calendar import QUIET_EVERY, RECENT, Habit, days, habits
from app.programmes.rules import DayKind, day_kind
from app.programmes.rules.reading import read
from app.programmes.service import bundled

GPS = read(bundled()["gps"]).definition
TODAY = date(2026, 11, 30)


def of_everybody(total: int, people: int, seed: int = 1) -> list[Habit]:
    quiet = [number % QUIET_EVERY == QUIET_EVERY - 1 for number in range(people)]
    return habits(total, quiet, random.Random(seed))


@pytest.mark.parametrize(("total", "people"), [(0, 3), (7, 3), (60, 6), (600, 40), (6000, 120), (100_000, 2000)])
def test_nobody_does_more_or_less_than_is_asked_for(total, people):
    told = of_everybody(total, people)
    assert len(told) == people
    assert sum(habit.count for habit in told) == total


def test_a_city_without_people_does_nothing():
    assert habits(10, [], random.Random(1)) == []


def test_a_few_actions_are_everybodys_alike():
    counts = [habit.count for habit in of_everybody(66, 6)]
    assert max(counts) - min(counts) <= 6
    assert min(counts) == RECENT
    assert not any(habit.weeks_away for habit in of_everybody(54, 6))


def test_a_year_grows_and_leaves_some_kelurahan_quiet():
    told = of_everybody(5000, 100)
    came = [day for habit in told for day in days(GPS, habit, TODAY, random.Random(habit.count))]
    assert min(came) < date(2026, 1, 1)
    lately, before = (sum(first <= day < last for day in came) for first, last in (
        (date(2026, 8, 1), TODAY), (date(2026, 4, 1), date(2026, 7, 30)),
    ))  # fmt: skip
    assert lately > before
    quiet = [habit for number, habit in enumerate(told) if number % QUIET_EVERY == QUIET_EVERY - 1]
    assert all(habit.weeks_away for habit in quiet)
    assert sum(habit.count for habit in quiet) < 5000 / QUIET_EVERY / 2


def test_they_come_on_programme_days_alone_each_day_once():
    came = days(GPS, Habit(150, 0.8, 6), TODAY, random.Random(3))
    assert len(set(came)) == 150
    assert came == sorted(came, reverse=True)
    assert {day_kind(GPS, day) for day in came} == {DayKind.PROGRAMME}
    assert (TODAY - came[0]).days > 6 * 7
