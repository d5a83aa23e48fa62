"""The belt that a count earns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.awards.rules.belts import BeltCount, BeltStep, NextBelt, belt_for, climbed, ladder_difference, next_step, steps
from tests.programmes.files import document_of, make_definition

LADDER = make_definition("gps").ladder
ENDING = make_definition("gps", ladder__further=None).ladder
COUNTS = st.integers(min_value=0, max_value=5000)


def ladder_with(**thresholds):
    """The ladder with other thresholds and no stripes; a new belt is put in, one with None is taken out."""
    rungs = {rung["belt"]: rung | {"stripes": []} for rung in document_of("gps")["ladder"]["rungs"]}
    for belt, threshold in thresholds.items():
        rungs[belt] = {"belt": belt, "name": {"id": belt, "en": belt}, **rungs.get(belt, {}), "threshold": threshold}
    kept = sorted((rung for rung in rungs.values() if rung["threshold"]), key=lambda rung: rung["threshold"])
    return make_definition("gps", ladder__rungs=kept).ladder


@pytest.mark.parametrize(
    ("count", "belt", "stripes", "following"),
    [
        (1, "white", 0, ("white", 1, 7)),
        (6, "white", 0, ("white", 1, 7)),
        (7, "white", 1, ("white", 2, 13)),
        (19, "white", 3, ("green", 0, 25)),
        (24, "white", 3, ("green", 0, 25)),
        (25, "green", 0, ("green", 1, 38)),
        (50, "green", 2, ("green", 3, 63)),
        (74, "green", 3, ("red", 0, 75)),
        (75, "red", 0, ("red", 1, 106)),
        (199, "red", 3, ("black", 0, 200)),
        (200, "black", 0, ("black", 1, 300)),
        (299, "black", 0, ("black", 1, 300)),
        (300, "black", 1, ("black", 2, 400)),
        (1234, "black", 10, ("black", 11, 1300)),
    ],
)
def test_a_count_earns_its_belt_and_knows_what_is_missing(count, belt, stripes, following):
    standing = belt_for(count, LADDER)
    assert (standing.belt, standing.stripes) == (belt, stripes)
    assert standing.next == NextBelt(*following, missing=following[2] - count)
    assert standing.reached <= count


@pytest.mark.parametrize("count", [0, -3])
def test_nothing_stamped_is_no_belt_and_the_first_is_in_sight(count):
    assert belt_for(count, LADDER) is None
    assert next_step(count, LADDER) == NextBelt("white", 0, 1, 1 - count)


def test_a_ladder_may_end():
    standing = belt_for(10_000, ENDING)
    assert (standing.belt, standing.stripes, standing.reached, standing.next) == ("black", 0, 200, None)


def test_stripes_of_the_last_belt_go_on_from_its_own():
    rungs = document_of("gps")["ladder"]["rungs"]
    rungs[3]["stripes"] = [250]
    ladder = make_definition("gps", ladder__rungs=rungs).ladder
    assert steps(ladder, 460)[-3:] == (BeltStep(250, "black", 1), BeltStep(350, "black", 2), BeltStep(450, "black", 3))


def test_all_steps_up_to_a_count():
    assert [step.threshold for step in steps(LADDER, 75)] == [1, 7, 13, 19, 25, 38, 50, 63, 75]
    assert steps(LADDER, 0) == ()


@given(COUNTS, COUNTS)
def test_more_is_never_less(one, other):
    fewer, more = sorted([one, other])
    assert steps(LADDER, more)[: len(steps(LADDER, fewer))] == steps(LADDER, fewer)


@given(COUNTS)
def test_every_count_from_the_first_threshold_on_has_a_belt(count):
    standing = belt_for(count, LADDER)
    assert (standing is not None) == (count >= 1)
    if standing:
        assert standing.next.missing > 0
        reached = belt_for(count + standing.next.missing, LADDER)
        assert (reached.belt, reached.stripes) == (standing.next.belt, standing.next.stripes)


START = datetime(2026, 11, 23, tzinfo=UTC)


@given(st.lists(st.integers(min_value=0, max_value=60), max_size=40))
def test_climbing_passes_every_step_at_the_stamp_that_reached_it(credits):
    stamps = [(START + timedelta(days=day), credit) for day, credit in enumerate(credits)]
    taken = climbed(LADDER, stamps)
    assert tuple(step for step, _ in taken) == steps(LADDER, sum(credits))
    for step, instant in taken:
        until = sum(credit for at, credit in stamps if at <= instant)
        before = sum(credit for at, credit in stamps if at < instant)
        assert before < step.threshold <= until


def test_another_ladder_moves_people():
    old, new = ladder_with(), ladder_with(green=30, black=150)
    difference = ladder_difference(old, new, {0: 4, 1: 10, 26: 3, 30: 5, 80: 2, 160: 7, 460: 1})
    assert difference.belts == (
        BeltCount(None, 4, 4),
        BeltCount("white", 10, 13),
        BeltCount("green", 8, 5),
        BeltCount("red", 9, 2),
        BeltCount("black", 1, 8),
    )
    assert (difference.people, difference.rise, difference.fall, difference.otherwise) == (32, 7, 3, 1)


def test_a_belt_in_between_raises_and_a_belt_less_lowers():
    yellow = ladder_with(yellow=15)
    assert ladder_difference(ladder_with(), yellow, {16: 2, 3: 1, 30: 1}).rise == 2
    lowered = ladder_difference(yellow, ladder_with(), {16: 2, 3: 1, 30: 1})
    assert (lowered.rise, lowered.fall) == (0, 2)
    assert lowered.belts[-1] == BeltCount("yellow", 2, 0)


def test_a_higher_first_rung_takes_the_belt():
    assert ladder_difference(ladder_with(), ladder_with(white=5), {1: 3, 5: 1}).fall == 3


def test_another_name_of_the_same_height_is_neither_rise_nor_fall():
    renamed = ladder_with(red=None, crimson=75)
    difference = ladder_difference(ladder_with(), renamed, {80: 6, 30: 1})
    assert (difference.rise, difference.fall, difference.otherwise) == (0, 0, 6)


@given(st.dictionaries(COUNTS, st.integers(min_value=1, max_value=9), max_size=20))
def test_the_same_ladder_moves_nobody(people):
    difference = ladder_difference(LADDER, LADDER, people)
    assert (difference.rise, difference.fall, difference.otherwise) == (0, 0, 0)
    assert difference.people == sum(people.values())
