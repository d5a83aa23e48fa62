"""A drawing carries its own colours: no shape of it waits for a page's style sheet, so that a document can use it too."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from app.core.catalogue import INDONESIAN
from app.core.geo import Point as Spot
from app.graphics import charts, circle_maps, maps
from app.graphics.charts import Bars, ChartPoint, Progress, Range, TimeSeries
from app.graphics.circle_maps import Ring
from app.graphics.maps import FEW, UNKNOWN, MapArea
from app.graphics.palette import LEAF, WATER

GROUND = '{"type":"Polygon","coordinates":[[[107.60,-6.90],[107.62,-6.90],[107.62,-6.88],[107.60,-6.88],[107.60,-6.90]]]}'
POINTS = (ChartPoint("a", 3), ChartPoint("b", None), ChartPoint("c", 5))
STEPS = ("0", "1", "2", "3", "4", FEW, UNKNOWN)
DRAWINGS = {
    "bars": charts.drawn(Bars("x", "y", POINTS), INDONESIAN),
    "line": charts.drawn(TimeSeries("x", "y", POINTS, aim=6), INDONESIAN),
    "progress": charts.drawn(Progress("x", "y", 2, 4, 9), INDONESIAN),
    "range": charts.drawn(Range("x", "y", 2, 4, 9), INDONESIAN),
    "nothing": charts.drawn(Bars("x", "y", ()), INDONESIAN),
    "map": maps.drawn(
        maps.ground({1: GROUND}, {1: 7}),
        [MapArea(1, "A", "/a", step, "1") for step in STEPS],
        title="x",
        told="y",
        names={7: "W"},
    ),
    "circles": circle_maps.drawn(
        GROUND,
        [Ring(Spot(107.61, -6.89), 200.0, kind) for kind in ("now", "was", "next")],
        title="x",
        told="y",
        bar_words="{metres} m",
    ),
}
SHAPES = {"path", "rect", "circle", "line", "text"}


def uncoloured(element: ElementTree.Element, *, is_coloured: bool = False) -> list[str]:
    """Shapes that neither have a fill or a stroke of their own nor stand in a group that has."""
    name = element.tag.rpartition("}")[2]
    # A line is all stroke; a shape within a coloured group takes its colour.
    has_colour = is_coloured or "fill" in element.attrib or "stroke" in element.attrib
    here = [name] if name in SHAPES and not has_colour else []
    return [*here, *(each for child in element for each in uncoloured(child, is_coloured=has_colour))]


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_shape_has_a_colour_of_its_own(name):
    assert uncoloured(ElementTree.fromstring(DRAWINGS[name])) == []  # noqa: S314 - our own drawing


def test_a_shape_without_colour_is_found():
    assert uncoloured(ElementTree.fromstring('<svg><g fill="red"><path/></g><rect/></svg>')) == ["rect"]  # noqa: S314


def test_the_tone_of_a_chart_is_that_of_its_programme():
    chart = Bars("x", "y", POINTS)
    assert f'color="{LEAF}"' in charts.drawn(chart, INDONESIAN)
    assert f'color="{WATER}"' in charts.drawn(chart, INDONESIAN, "water")
