"""What an action's neighbours say of it: who stands, who is held, and that it is the same however often it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions.rules.beside import Neighbour, is_impossible, judge
from app.actions.rules.findings import BESIDE, Finding, Level, holds_itself, with_beside
from app.actions.rules.words import Capacity
from app.core.geo import Point
from tests.actions.cases import MONDAY_SEVEN, biopori, definition, neighbour

M, H, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BANDUNG, DENPASAR, MERAUKE = Point(107.61872, -6.90249), Point(115.2126, -8.6705), Point(140.4, -8.4932)


def at(number: int, after: timedelta = timedelta(0), **change: Any) -> Neighbour:
    """His action so long after 07.05, at a place of its own unless the case says otherwise; he sent it as number so and so."""
    return neighbour(number, **{"started_at": MONDAY_SEVEN + after, "place": ("site", number)} | change)


def dug(number: int, holes: int, **change: Any) -> Neighbour:
    return at(number, **{"definition": biopori(), "minutes": None, "measures": {"holes": holes}} | change)


def found(*neighbours: Neighbour) -> list[set[str]]:
    """The codes of each, in order."""
    verdicts = judge(neighbours)
    return [{finding.code for finding in verdicts[each.id]} for each in neighbours]


CAPS = [
    ("one at a place", [at(1, place="A"), at(2, 2 * H, place="B")], [set(), set()]),
    ("two at a place", [at(1, place="A"), at(2, 2 * H, place="A")], [set(), {"cap_day"}]),
    ("what waits keeps its place", [at(1, place="A"), at(2, 2 * H, place="A", waits=True)], [{"cap_day"}, set()]),
    ("of the rest whatever came first has it", [at(2, place="A"), at(1, 2 * H, place="A")], [{"cap_day"}, set()]),
    ("three a day", [at(n, n * H) for n in (1, 2, 3)], [set()] * 3),
    ("four a day", [at(n, n * H) for n in (1, 2, 3, 4)], [set(), set(), set(), {"cap_day"}]),
    ("another day", [at(1, place="A"), at(2, 2 * DAY, place="A", observed_on=date(2026, 11, 25))], [set(), set()]),
    ("another programme", [at(1, place="A"), dug(2, 1, place="A")], [set(), set()]),
    ("a held one uses nothing", [at(1, place="A", holds_itself=True), at(2, 2 * H, place="A")], [{"cap_day"}, set()]),
    ("nor do three of them", [at(n, n * H, place="A", holds_itself=n < 4) for n in (1, 2, 3, 4)], [{"cap_day"}] * 3 + [set()]),
    ("released, it does", [at(1, place="A", is_stamped=True), at(2, 2 * H, place="A")], [set(), {"cap_day"}]),
    ("however late it was stamped", [at(2, place="A", is_stamped=True), at(1, 2 * H, place="A")], [set(), {"cap_day"}]),
    ("twenty holes", [dug(1, 12), dug(2, 8)], [set(), set()]),
    ("twenty-one holes", [dug(1, 12), dug(2, 9)], [set(), {"cap_day"}]),
    ("at once", [dug(1, 21)], [{"cap_day"}]),
    ("what is over the cap leaves it to others", [dug(1, 12), dug(2, 1000), dug(3, 8)], [set(), {"cap_day"}, set()]),
    ("in another capacity, exempt", [dug(1, 21, capacity=Capacity.CADRE)], [set()]),
]
SPACING = [
    (f"{gap} minutes apart", [at(1), at(2, (15 + gap) * M)], [set(), {"spacing_short"} if gap < 30 else set()])
    for gap in (0, 29, 30)
]
OVERLAP = [
    ("after it", [at(1), at(2, 15 * M, definition=definition(code="sungai"))], [set(), set()]),
    ("its last minute", [at(1), at(2, 14 * M, definition=definition(code="sungai"))], [set(), {"overlap"}]),
    ("sent first, done later", [at(2), at(1, 14 * M, definition=definition(code="sungai"))], [{"overlap"}, set()]),
    ("of one programme", [at(1), at(2, 5 * M)], [set(), {"overlap"}]),
    ("two houses' holes in one minute", [dug(1, 2), dug(2, 3)], [set(), set()]),
    ("holes told with their minutes", [dug(1, 2, minutes=40), dug(2, 3, minutes=40)], [set(), set()]),
    ("holes written down while picking litter", [at(1), dug(2, 3, started_at=MONDAY_SEVEN + 5 * M)], [set(), set()]),
    ("with a held one", [at(1, holds_itself=True), at(2, 5 * M)], [{"overlap"}, set()]),
]
TRAVEL = [
    (
        "three cities",
        [at(1, point=BANDUNG), at(2, 45 * M, point=DENPASAR), at(3, 90 * M, point=MERAUKE)],
        [set(), {"travel_impossible"}, {"travel_impossible"}],
    ),
    ("by an airliner", [at(1, point=BANDUNG), at(2, 2 * H, point=DENPASAR)], [set(), set()]),
    ("the one observed later gives way", [at(1, 45 * M, point=DENPASAR), at(2, point=BANDUNG)], [{"travel_impossible"}, set()]),
    ("a held one was nowhere", [at(1, point=DENPASAR, holds_itself=True), at(2, 45 * M)], [set(), set()]),
    (
        "a stamped one is doubted and stands",
        [at(1, 45 * M, point=DENPASAR, is_stamped=True), at(2, point=BANDUNG)],
        [{"travel_impossible"}, set()],
    ),
    (
        "whoever is held for the first is held no longer for the third",
        [at(1, point=BANDUNG), at(2, 45 * M, point=DENPASAR), at(3, 90 * M, point=BANDUNG)],
        [set(), {"travel_impossible"}, set()],
    ),
    (
        "what gives way frees its place for another",
        [at(1, 45 * M, point=DENPASAR, place="A"), at(2, 9 * H, place="A"), at(3)],
        [{"travel_impossible", "cap_day"}, set(), set()],
    ),
    ("within what the fixes cannot tell", [at(1), at(2, H, point=DENPASAR, accuracy_m=1e6)], [set(), set()]),
    ("what somebody else's phone tells", [at(1, point=DENPASAR, recorded_by=2), at(2, 45 * M, point=BANDUNG)], [set(), set()]),
    (
        "two of somebody else's phone",
        [at(1, point=DENPASAR, recorded_by=2), at(2, 45 * M, point=BANDUNG, recorded_by=2)],
        [set(), {"travel_impossible"}],
    ),
    ("in the same minute", [dug(1, 2), dug(2, 2, point=Point(107.64, -6.90249))], [set(), {"travel_impossible"}]),
]
CASES = [*CAPS, *SPACING, *OVERLAP, *TRAVEL]


@pytest.mark.parametrize(("neighbours", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_who_stands_and_who_is_held(neighbours: Sequence[Neighbour], expected: list[set[str]]) -> None:
    assert found(*neighbours) == expected


SPEEDS = [
    (1_999, 0, False), (2_000, 0, True), (2_000, 1, False), (2_001, 1, True), (49_999, 24, True), (49_999, 25, False),
    (50_000, 4, False), (50_000, 3, True), (950_000, 60, False), (950_001, 60, True),
]  # fmt: skip


@pytest.mark.parametrize(("metres", "minutes", "is_held"), SPEEDS)
def test_how_far_anybody_can_go(metres: float, minutes: int, is_held: bool) -> None:
    assert is_impossible(metres, minutes * M) is is_held


def test_those_of_the_days_around_stand_as_they_are() -> None:
    yesterday = at(1, -20 * M, is_judged=False)
    assert judge([yesterday, at(2, -10 * M)])[at(2).id][0].code == "overlap"
    assert yesterday.id not in judge([yesterday])


def test_a_new_judgement_takes_the_place_of_the_one_before() -> None:
    alone = Finding("minutes_ok", Level.OK)
    before = with_beside([alone], [Finding("cap_day", Level.HOLD), Finding("overlap", Level.HOLD)])
    assert not holds_itself(before)
    assert with_beside(before, []) == (alone,)
    assert holds_itself([Finding("minutes_short", Level.HOLD), *before])


PLACES = [BANDUNG, Point(107.63, -6.91), Point(107.9, -6.9), DENPASAR]


@st.composite
def days(draw: st.DrawFn) -> list[Neighbour]:
    """A day of up to seven actions of both programmes, here and there, some stamped, some held for themselves."""
    seldom = st.sampled_from([True, False, False, False])

    def drawn(number: int) -> Neighbour:
        plain = dug(number, draw(st.integers(1, 15))) if draw(st.booleans()) else at(number, place=draw(st.sampled_from("ABC")))
        return replace(
            plain,
            started_at=MONDAY_SEVEN + draw(st.integers(0, 600)) * M,
            point=draw(st.sampled_from(PLACES)),
            waits=draw(st.booleans()),
            is_stamped=draw(seldom),
            holds_itself=draw(seldom),
        )

    return [drawn(number) for number in range(draw(st.integers(1, 7)))]


@given(neighbours=days(), order=st.randoms(use_true_random=False))
def test_the_verdict_depends_on_no_order_of_asking(neighbours: list[Neighbour], order: Any) -> None:
    mixed = [*neighbours]
    order.shuffle(mixed)
    assert judge(mixed) == judge(neighbours)


@given(neighbours=days())
def test_whoever_waits_stands_against_nobody(neighbours: list[Neighbour]) -> None:
    """Those that wait and the stamped ones, judged alone, are found as they were: nobody is held for one that does not stand."""
    verdicts = judge(neighbours)
    standing = [each for each in neighbours if each.is_stamped or not (each.holds_itself or verdicts[each.id])]
    again = judge(standing)
    assert all(again[each.id] == () for each in standing if not each.is_stamped)


@given(neighbours=days())
def test_a_second_judgement_finds_what_the_first_found(neighbours: list[Neighbour]) -> None:
    verdicts = judge(neighbours)
    judged = [replace(each, waits=not (each.is_stamped or each.holds_itself or verdicts[each.id])) for each in neighbours]
    assert judge(judged) == verdicts


@given(neighbours=days())
def test_a_stamp_under_what_waits_changes_nobody(neighbours: list[Neighbour]) -> None:
    verdicts = judge(neighbours)
    waiting = [each for each in neighbours if not (each.is_stamped or each.holds_itself or verdicts[each.id])]
    for stamped in waiting:
        after = judge([replace(each, is_stamped=True) if each is stamped else each for each in neighbours])
        assert {**after, stamped.id: ()} == verdicts


def everything_beside() -> list[tuple[Finding, ...]]:
    """At least one finding of every code."""
    every = [verdict for _, neighbours, _ in CASES for verdict in judge(neighbours).values()]
    assert {finding.code for verdict in every for finding in verdict} == BESIDE
    return every
