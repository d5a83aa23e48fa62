"""Areas as a drawing."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from app.graphics import maps
from app.graphics.maps import FEW, MapArea, Shade, drawn, ground, nice_up, step_of, steps


def square(west: float, south: float, *, bend: float = 0.0) -> str:
    """A square of about a kilometre; `bend` moves the middle of its eastern side."""
    east, north = west + 0.01, south + 0.01
    ring = [[west, south], [east, south], [east + bend, south + 0.005], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


SIDE_BY_SIDE = {1: square(107.60, -6.90), 2: square(107.61, -6.90)}


def corners(path: str) -> set[tuple[int, int]]:
    """The points of a path of relative steps."""
    found = set()
    for start, moves in re.findall(r"M(-?\d+ ?-?\d+)l([^z]*)z", path):
        x, y = (int(word) for word in re.findall(r"-?\d+", start))
        found.add((x, y))
        numbers = [int(word) for word in re.findall(r"-?\d+", moves)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.add((x, y))
    return found


def test_neighbours_keep_their_common_border():
    field = ground(SIDE_BY_SIDE, {1: 7, 2: 7})
    shared = corners(field.paths[1]) & corners(field.paths[2])
    assert len(shared) == 2
    assert {x for x, _ in shared} == {field.width // 2}


def test_the_field_is_as_wide_as_the_ground_and_north_is_up():
    field = ground({1: square(107.60, -6.90), 2: square(107.60, -6.88)}, {})
    assert field.height == maps.ACROSS
    assert field.width < field.height / 2
    assert max(y for _, y in corners(field.paths[2])) < min(y for _, y in corners(field.paths[1]))


def test_a_border_that_bends_less_than_can_be_seen_is_straight():
    outlines = {1: square(107.60, -6.90, bend=0.0000001)}
    assert len(corners(ground(outlines, {}).paths[1])) == 4


def test_groups_have_their_borders_and_a_place_for_their_name():
    field = ground(SIDE_BY_SIDE, {1: 7, 2: 8})
    assert set(field.labels) == {7, 8}
    assert field.labels[7][0] < field.width / 2 < field.labels[8][0]
    assert field.borders.count("M") == 2


def test_without_outlines_nothing_is_drawn():
    assert ground({}, {}).paths == {}


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([], [0]),
        ([0, 0], [0]),
        ([0, 1], [0, 1]),
        ([3, 3, 3], [0, 3]),
        ([1, 2, 3, 4], [0, 1, 2, 3, 4]),
        ([1, 2, 3, 3, 7, 12, 44, 130, 187], [0, 3, 7, 50, 200]),
    ],
)
def test_steps_have_round_bounds_and_are_at_most_five(values, bounds):
    made = steps(values)
    assert [step.maximum for step in made] == bounds
    assert len(made) <= maps.MAX_STEPS


def test_each_value_lies_in_its_step():
    values = [0, 1, 2, 9, 11, 57, 58, 103, 4321]
    made = steps(values)
    for value in values:
        step = step_of(value, made)
        assert (step.above < value <= step.maximum) or value == step.maximum == 0
    assert step_of(10**9, made) == made[-1]


def test_decimal_steps_are_not_rounded_to_whole_numbers():
    assert [step.maximum for step in steps([0.4, 1.3, 55.2], whole=False)] == [0, 0.4, 1.5, 60]


@pytest.mark.parametrize(("value", "bound"), [(1, 1), (9, 9), (11, 15), (101, 150), (130, 150), (801, 1000), (2501, 3000)])
def test_bounds_are_numbers_that_people_would_say(value, bound):
    assert nice_up(value) == bound


def test_the_least_of_a_step_follows_the_most_of_the_one_before():
    assert [step.minimum() for step in (Shade("0", 0, 0), Shade("1", 0, 3), Shade("2", 3, 7))] == [0, 1, 4]


def test_the_drawing_says_each_place_in_words_and_escapes_them():
    places = [
        MapArea(1, 'Kampung "A" & B', "/kelurahan/1", "3", "12 aksi"),
        MapArea(2, "C", "/kelurahan/2", FEW, "kurang dari 5 orang"),
        MapArea(9, "no outline", "/kelurahan/9", "0", "0 aksi"),
    ]
    svg = drawn(ground(SIDE_BY_SIDE, {1: 7, 2: 7}), places, title="<Peta>", told="Dua & dua", names={7: "Barat & Timur"})
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    ns = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{ns}title").text == "<Peta>"
    assert root.find(f"{ns}desc").text == "Dua & dua"
    links = root.findall(f"{ns}g/{ns}a")
    assert [link.get("aria-label") for link in links] == ['Kampung "A" & B: 12 aksi', "C: kurang dari 5 orang"]
    assert [link.find(f"{ns}path").get("data-step") for link in links] == ["3", "few"]
    assert "style" not in svg
