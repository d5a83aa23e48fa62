"""Badges come from stamped actions, with the stamp that completed them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.awards.rules.badges import RULES, CountedAction, earned
from app.programmes.rules.definition import Badge, Wording

MONDAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


def make_badge(rule, least, measure=None):
    return Badge(code="it", name=Wording(id="Ini", en="It"), rule=rule, least=least, measure=measure)


def make_counted(stamped=0, day=0, place="school", **credits):
    """An action `day` days after Monday, stamped `stamped` days after noon."""
    return CountedAction(NOON + timedelta(days=stamped), MONDAY + timedelta(days=day), place, credits)


@pytest.mark.parametrize(
    ("badge", "actions", "stamp"),
    [
        (make_badge("first", 1), [], None),
        (make_badge("first", 1), [make_counted(3), make_counted(5)], 3),
        (make_badge("first", 2), [make_counted(5), make_counted(3)], 5),
        (make_badge("first", 3), [make_counted(3), make_counted(5)], None),
        (make_badge("weeks_in_a_row", 1), [make_counted(1)], 1),
        (make_badge("weeks_in_a_row", 3), [make_counted(n, day=7 * n) for n in range(3)], 2),
        # Friday, the Monday after, the Friday after that: two weeks, not three.
        (make_badge("weeks_in_a_row", 3), [make_counted(1, day=4), make_counted(2, day=7), make_counted(3, day=11)], None),
        (make_badge("weeks_in_a_row", 2), [make_counted(1, day=6), make_counted(2, day=7)], 2),
        (make_badge("weeks_in_a_row", 2), [make_counted(1, day=0), make_counted(2, day=6)], None),
        (make_badge("weeks_in_a_row", 3), [make_counted(1, day=0), make_counted(2, day=7), make_counted(3, day=21)], None),
        # The stamp for the week between comes last and closes the row.
        (make_badge("weeks_in_a_row", 3), [make_counted(1, day=0), make_counted(2, day=14), make_counted(9, day=7)], 9),
        # The turn of the year: week 53 of 2026 and week 1 of 2027.
        (make_badge("weeks_in_a_row", 2), [make_counted(1, day=56), make_counted(2, day=63)], 2),
        (make_badge("amount", 10, "holes"), [make_counted(n, holes=4) for n in range(3)], 2),
        (make_badge("amount", 13, "holes"), [make_counted(n, holes=4) for n in range(3)], None),
        (make_badge("amount", 1, "holes"), [make_counted(1, kg=5)], None),
        (make_badge("places", 2), [make_counted(1), make_counted(2), make_counted(3, place="office")], 3),
        (make_badge("places", 2), [make_counted(1), make_counted(2, place=None), make_counted(3)], None),
        (make_badge("places", 1), [make_counted(1, place=None)], None),
    ],
)
def test_a_badge_is_earned_with_the_stamp_that_completes_it(badge, actions, stamp):
    expected = {} if stamp is None else {"it": NOON + timedelta(days=stamp)}
    assert earned([badge], actions) == expected
    assert earned([badge], actions[::-1]) == expected


def test_the_order_in_which_actions_are_told_changes_nothing():
    actions = [make_counted(1, 0, "a", holes=2), make_counted(1, 7, "b", holes=3), make_counted(4, 14, "a", holes=1)]
    badges = [
        Badge(code=f"{rule}_{least}", name=Wording(id="Ini", en="It"), rule=rule, least=least, measure=measure)
        for rule, measure in (("first", None), ("weeks_in_a_row", None), ("amount", "holes"), ("places", None))
        for least in (1, 2, 3)
    ]
    expected = earned(badges, actions)
    assert all(earned(badges, each) == expected for each in permutations(actions))


def test_every_rule_of_a_programme_file_is_known():
    assert set(Badge.model_fields["rule"].annotation.__args__) == set(RULES)


ACTIONS = st.lists(
    st.builds(make_counted, st.integers(0, 60), st.integers(0, 60), st.sampled_from(["a", "b", None]), holes=st.integers(0, 9)),
    max_size=25,
)
BADGE = st.sampled_from([("first", None), ("weeks_in_a_row", None), ("amount", "holes"), ("places", None)])


@given(ACTIONS, BADGE, st.integers(1, 6))
def test_further_actions_never_take_a_badge_away(actions, rule, least):
    badge = make_badge(rule[0], least, rule[1])
    some, all_of_them = earned([badge], actions[: len(actions) // 2]), earned([badge], actions)
    if some:
        assert all_of_them["it"] <= some["it"]
