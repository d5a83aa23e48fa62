"""What may be said of a number, and why one is not said."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.periods import ALL_TIME, month_of, parse_period, periods_of, week_of, year_of
from app.indicators.rules import (
    Reading,
    Reason,
    amount,
    deciding,
    is_always_told,
    public_people,
    read,
    reveals,
    rws_to_tell,
    told,
)
from app.programmes.rules.reading import read as read_file
from app.programmes.service import bundled

GPS = read_file(bundled()["gps"]).definition
BIOPORI = read_file(bundled()["biopori"]).definition
TODAY = date(2026, 11, 23)
NOVEMBER = month_of(TODAY)


@pytest.mark.parametrize(
    ("people", "whole", "told_alone"),
    [
        ({1: 0, 2: 0}, 0, {1, 2}),
        ({1: 7, 2: 5, 3: 0}, 12, {1, 2, 3}),
        ({1: 7, 2: 9, 3: 5, 4: 4}, 25, {1, 2}),  # Four alone in the rest would be found: the fewest of the others join them.
        ({1: 7, 2: 4, 3: 4}, 15, {1}),  # Eight at least in the rest.
        ({1: 7, 2: 4, 3: 4}, 10, set()),  # The four may be the same persons.
        ({1: 7, 2: 1, 3: 0}, 20, {1}),  # Thirteen are in RW 2 or in none.
        ({1: 1}, 1, set()),
    ],
)
def test_an_rw_with_few_people_hides_among_others(people, whole, told_alone):
    assert rws_to_tell(people, whole=whole) == told_alone


def of(definition, code):
    return next(indicator for indicator in definition.frame.indicators if indicator.code == code)


def reading(code, tally, period=NOVEMBER, definition=GPS, begun_on=date(2014, 6, 23)):
    return read(of(definition, code), definition, tally, period, today=TODAY, begun_on=begun_on)


@pytest.mark.parametrize(
    ("code", "tally", "expected"),
    [
        ("actions", {}, Reading(0)),
        ("actions", {"actions": 7}, Reading(7)),
        # Nothing was stamped: nothing was weighed, and that is known.
        ("kg_weighed", {}, Reading(0.0)),
        # Something was stamped and nobody weighed it: its weight is not known.
        ("kg_weighed", {"actions": 7}, Reading(None, Reason.NOT_MEASURED)),
        ("kg_weighed", {"actions": 7, "kg.estimated": 5000}, Reading(None, Reason.NOT_MEASURED)),
        ("kg_estimated", {"actions": 7, "kg.estimated": 5249}, Reading(5.2)),
        ("kg_estimated", {"actions": 7, "kg.estimated": 5250}, Reading(5.3)),
        ("bags_small", {"actions": 7}, Reading(None, Reason.NOT_MEASURED)),
        ("bags_small", {"actions": 7, "bags_small": 2}, Reading(2)),
        # Told as nothing is told: no bag was filled, and that is known.
        ("bags_small", {"actions": 7, "bags_small.zero": 1}, Reading(0)),
        ("kg_weighed", {"actions": 7, "kg.estimated.zero": 1}, Reading(None, Reason.NOT_MEASURED)),
        ("kg_weighed", {"actions": 7, "kg.weighed.zero": 1}, Reading(0.0)),
        # Every action of this programme tells its minutes.
        ("minutes", {"actions": 7}, Reading(0)),
    ],
)
def test_counted_zero_is_zero_and_not_known_is_none(code, tally, expected):
    assert reading(code, tally) == expected


@pytest.mark.parametrize(
    ("code", "tally", "expected"),
    [
        ("holes", {"actions": 3, "holes": 5}, Reading(5)),
        # Every digging tells its holes: none by PKK is a counted zero.
        ("holes_pkk", {"actions": 3, "holes": 5, "holes.kb": 5}, Reading(0)),
        ("litres_filled", {"actions": 3, "holes": 5}, Reading(None, Reason.NOT_MEASURED)),
        ("litres_filled", {"actions": 3, "litres_filled": 12_500}, Reading(13)),
    ],
)
def test_what_every_action_must_tell_is_always_counted(code, tally, expected):
    assert reading(code, tally, definition=BIOPORI) == expected


def test_what_one_action_told_as_nothing_is_read_as_nothing():
    assert told({"actions": 1, "bags_small.zero": 1, "kg.weighed": 3500}) == {"actions": 1, "bags_small": 0, "kg.weighed": 3500}


def test_before_the_programme_and_before_the_period_nothing_is_known():
    assert reading("actions", {}, year_of(date(2013, 1, 1))) == Reading(None, Reason.BEFORE_PROGRAMME)
    assert reading("actions", {}, year_of(date(2014, 1, 1))) == Reading(0)
    assert reading("actions", {}, week_of(date(2026, 11, 30))) == Reading(None, Reason.NOT_YET)
    assert reading("actions", {}, ALL_TIME) == Reading(0)


def test_amounts_are_told_as_people_read_them():
    assert amount(GPS, "kg.weighed", 1234, 3) == 1.234
    assert amount(GPS, "kg.weighed", 1250, 0) == 1
    assert amount(GPS, "bags_small", 12, 0) == 12
    assert is_always_told(BIOPORI, "holes.volunteer")
    assert not is_always_told(BIOPORI, "litres_filled")


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, Reading(0)), (1, Reading(None, Reason.FEWER_THAN_5)), (4, Reading(None, Reason.FEWER_THAN_5)), (5, Reading(5))],
)
def test_fewer_than_five_people_are_not_told(count, expected):
    assert public_people({"2026-W48": count}, parse_period("2026-W48")) == expected


YEAR = parse_period("2026")


def seen(*visits):
    """Name of the period -> how many were there, from (first person, last person, day)."""
    been: dict[str, set[int]] = {}
    for first, last, day in visits:
        for period in periods_of(date.fromisoformat(day)):
            been.setdefault(period.name, set()).update(range(first, last + 1))
    return {name: len(persons) for name, persons in been.items()}


@pytest.mark.parametrize(
    ("people", "is_revealed"),
    [
        # 9 in the year, 5 in January, 4 others in February: whoever is missing must have been there in February.
        (seen((1, 5, "2026-01-15"), (6, 9, "2026-02-15")), True),
        # 7 in the year, 2 of the 4 in February were there in January: at least 2 must have been there in February.
        (seen((1, 5, "2026-01-15"), (4, 7, "2026-02-15")), True),
        # At least one was there in February: that is known of every number that is not told.
        (seen((1, 5, "2026-01-15"), (3, 6, "2026-02-15")), False),
        (seen((1, 5, "2026-01-15"), (2, 5, "2026-02-15")), False),
        # Nothing is hidden.
        (seen((1, 5, "2026-01-15"), (6, 11, "2026-02-15")), False),
        # Two in February, two in March, nobody else: their actions may tell March, and then February.
        (seen((1, 5, "2026-01-15"), (6, 7, "2026-02-15"), (8, 9, "2026-03-15")), True),
        # The hidden one is a week, of people who came in other weeks too.
        (seen((1, 8, "2026-01-07"), (1, 4, "2026-01-14")), False),
        (seen((1, 8, "2026-01-07"), (7, 10, "2026-01-14")), True),
    ],
)
def test_what_would_tell_a_hidden_number_is_held_back(people, is_revealed):
    assert reveals(people, YEAR) is is_revealed


def test_a_week_that_lies_in_two_months_tells_of_both():
    """9 in the week and 5 in its April days tell that 4 were there in May."""
    people = seen((1, 5, "2026-04-28"), (6, 9, "2026-05-02"))
    assert reveals(people, parse_period("2026-W18"))
    assert not reveals(seen((1, 5, "2026-04-28"), (4, 6, "2026-05-02")), parse_period("2026-W18"))


def test_all_time_is_told_by_years():
    assert reveals(seen((1, 10, "2025-05-05"), (11, 14, "2026-05-05")), ALL_TIME)
    assert not reveals(seen((1, 10, "2025-05-05"), (7, 10, "2026-05-05")), ALL_TIME)


DAYS = st.dates(date(2025, 12, 15), date(2026, 2, 10))
VISITS = st.lists(st.tuples(st.integers(0, 12), DAYS), max_size=30)


@given(VISITS)
def test_no_hidden_number_can_be_told_from_the_published_ones(visits):
    """Nothing that adds up tells more of a hidden number than that somebody was there, and nothing is held back in vain."""
    people = seen(*((person, person, day.isoformat()) for person, day in visits))
    periods = {name: parse_period(name) for name in people}
    told = {name: public_people(people, period) for name, period in periods.items()}
    small = [periods[name] for name, reading in told.items() if reading.reason is Reason.FEWER_THAN_5]
    for name, reading in told.items():
        beside = [hidden for hidden in small if hidden.last and overlaps(hidden, periods[name])]
        leasts = [least_in(people, periods[name], hidden) for hidden in beside]
        if reading.value is not None:
            assert all(least <= 1 for least in leasts), (name, beside, leasts)
        elif reading.reason is Reason.REVEALS_FEWER_THAN_5:
            assert any(least > 1 for least in leasts), (name, beside, leasts)


def overlaps(one, other):
    return other.first is None or (one.first <= other.last and other.first <= one.last)


def least_in(people, outer, hidden):
    """The least number in the hidden period that all others leave possible, by the cheapest cover of the days outside it."""
    last = outer.last or date(2026, 12, 31)

    @cache
    def from_day(day):
        """The fewest people that cover the rest of the outer period from that day on."""
        if day > last:
            return 0
        choices = [hidden.last] if hidden.first <= day <= hidden.last else []
        ways = [from_day(end + timedelta(days=1)) for end in choices]
        for period in periods_of(day)[:3]:
            if period not in (outer, hidden):
                ways.append(people.get(period.name, 0) + from_day(period.last + timedelta(days=1)))
        return min(ways)

    return people[outer.name] - from_day(outer.first or date(2025, 1, 1))


def test_which_periods_decide():
    assert deciding(ALL_TIME) is None
    assert set(deciding(parse_period("2026-W48"))) == {"2026-W48", "2026-11", "2026"}
    assert set(deciding(parse_period("2026-W18"))) == {"2026-W18", "2026-04", "2026-05", "2026"}
    assert set(deciding(NOVEMBER)) == {"2026", "2026-11", *(f"2026-W{week}" for week in range(44, 50))}
    assert len(deciding(YEAR)) == 1 + 12 + 53
