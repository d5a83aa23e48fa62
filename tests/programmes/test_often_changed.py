"""The values that cities change most: where they stand, what holds, and which of them somebody has changed."""

from __future__ import annotations

import pytest

from app.programmes.rules.often_changed import dotted, moved, paths, value_at, values_of
from tests.programmes.files import make_definition

GPS, BIOPORI = make_definition("gps"), make_definition("biopori")


def test_they_are_those_that_the_programme_has():
    assert {dotted(path) for path in paths(GPS)} >= {"place.radius_m", "caps.actions_per_day", "ladder.rungs[3].stripes"}
    assert {dotted(path) for path in paths(BIOPORI)} >= {"place.border_m", "caps.amount_per_day.holes", "minutes.longest"}
    assert "place.radius_m" not in {dotted(path) for path in paths(BIOPORI)}


@pytest.mark.parametrize(
    ("definition", "path", "value"),
    [
        (GPS, ("days",), ("monday", "wednesday", "friday")),
        (make_definition("gps", days=["friday", "monday"]), ("days",), ("monday", "friday")),
        (GPS, ("hours", "start"), "07:30"),
        (GPS, ("place", "radius_m"), 200),
        (GPS, ("ladder", "rungs", 1, "threshold"), 25),
        (GPS, ("ladder", "rungs", 3, "stripes"), ()),
        (BIOPORI, ("minutes", "longest"), None),
        (BIOPORI, ("caps", "amount_per_day", "holes"), 20),
        (BIOPORI, ("caps", "minutes_apart"), 0),
    ],
)
def test_what_holds_is_read_where_it_stands(definition, path, value):
    assert value_at(definition, path) == value


def test_what_was_not_touched_has_not_moved():
    for definition in (GPS, BIOPORI):
        assert moved(definition, dict(values_of(definition))) == {}


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({("minutes", "longest"): 45}, {("minutes", "longest"): 45}),
        ({("minutes", "longest"): None}, {("minutes", "longest"): None}),
        ({("minutes", "longest"): None, ("minutes", "shortest"): None}, {("minutes",): None}),
        ({("hours", "start"): None, ("hours", "end"): None, ("days",): ("monday",)}, {("hours",): None, ("days",): ("monday",)}),
    ],
)
def test_what_was_touched_has_moved_and_of_an_emptied_pair_the_pair(change, left):
    assert moved(GPS, {**dict(values_of(GPS)), **change}) == left
