"""Charts tell what they were given, leave gaps where nothing is known, and refuse what cannot be."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from app.core.catalogue import ENGLISH, INDONESIAN, languages
from app.graphics.charts import Bars, ChartPoint, Progress, Range, TimeSeries, drawn, rows, sentence, steps_up_to

ID, EN = INDONESIAN, ENGLISH
SVG = "{http://www.w3.org/2000/svg}"
LONG = "RW 02 Kampung Sukamaju bagian utara dan tengah"
SOME = (ChartPoint("Jan", 3), ChartPoint("Feb", None), ChartPoint("Mar", 12.5))
CHARTS = [
    Bars("Sampah", "kg", SOME),
    Bars("Sampah", "kg", ()),
    Bars("Sampah", "kg", (ChartPoint("RW 01", None),)),
    Bars("Sampah", "kg", (ChartPoint("RW 01", 0),)),
    TimeSeries("Aksi", "aksi", SOME, aim=20),
    TimeSeries("Aksi", "aksi", (ChartPoint("Jan", 4),)),
    TimeSeries("Aksi", "aksi", (ChartPoint("Jan", 0), ChartPoint("Feb", 0))),
    TimeSeries("Aksi", "aksi", ()),
    TimeSeries("Aksi", "aksi", (ChartPoint("Jan", None),), aim=3),
    Progress("Lubang", "lubang", 120, 418, 1030, "2015"),
    Progress("Lubang", "lubang", None, 4, None),
    Progress("Lubang", "lubang", None, None, None),
    Range("Air", "m³", 8.4, 25.1, 75.2),
    Range("Air", "m³", 0, 0, 0),
]


def parts(drawing: str, tag: str, kind: str = "") -> list[ElementTree.Element]:
    root = ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing
    return [part for part in root.iter(f"{SVG}{tag}") if not kind or part.get("class") == kind]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize("language", languages())
def test_a_chart_is_whole_and_says_its_title_and_its_numbers(chart, language):
    drawing = drawn(chart, language)
    root = ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing
    assert root.get("role") == "img"
    assert (root[0].tag, root[0].text) == (f"{SVG}title", chart.title)
    assert (root[1].tag, root[1].text) == (f"{SVG}desc", sentence(chart, language))
    assert not re.search(r"nan|inf|None|\b(?:id|style)=", drawing.replace(str(root[1].text), ""))
    for place in re.findall(r'(?:x|x1|x2|cx|width)="([-0-9.]+)%"', drawing):
        assert 0 <= float(place) <= 100.5


def test_words_of_people_are_words_and_nothing_else():
    assert "<b>" not in drawn(Bars("<b>", "<b>", (ChartPoint("<b>&", 1),)), ID)


def test_bars_are_in_proportion_and_nothing_is_no_bar():
    drawing = drawn(
        Bars("Sampah", "kg", (ChartPoint("a", 50), ChartPoint("b", 100), ChartPoint("c", 0), ChartPoint("d", None))), ID
    )
    assert [bar.get("width") for bar in parts(drawing, "rect")] == ["50%", "100%", "0%"]


def test_what_is_not_known_is_said_and_is_no_zero():
    assert rows(Bars("x", "kg", SOME), ID) == [("Jan", "3"), ("Feb", "belum diketahui"), ("Mar", "12,5")]
    assert rows(Bars("x", "kg", SOME), EN)[1] == ("Feb", "not known yet")


def test_a_line_breaks_where_nothing_is_known():
    whole = TimeSeries("x", "y", tuple(ChartPoint(str(n), n) for n in range(5)))
    broken = TimeSeries("x", "y", tuple(ChartPoint(str(n), None if n == 2 else n) for n in range(5)))
    assert len(parts(drawn(whole, ID), "line", "line")) == 4
    assert len(parts(drawn(broken, ID), "line", "line")) == 2
    assert len(parts(drawn(broken, ID), "circle")) == 4


def test_one_value_is_a_dot_without_a_line():
    drawing = drawn(TimeSeries("x", "y", (ChartPoint("Jan", 4),)), ID)
    assert len(parts(drawing, "circle")) == 1
    assert not parts(drawing, "line", "line")


def test_nothing_to_draw_is_said():
    assert "Belum ada angka" in drawn(Bars("x", "y", ()), ID)
    assert "no number" in drawn(TimeSeries("x", "y", (ChartPoint("Jan", None),), aim=4), EN)


def test_a_long_label_is_cut_in_the_drawing_and_whole_in_the_table():
    chart = Bars("x", "kg", (ChartPoint(LONG, 1),))
    shown = parts(drawn(chart, ID), "text")[0].text
    assert shown
    assert shown.endswith("…")
    assert rows(chart, ID)[0][0] == LONG


@pytest.mark.parametrize(
    "make",
    [
        lambda: Bars("x", "y", (ChartPoint("a", -1),)),
        lambda: TimeSeries("x", "y", (ChartPoint("a", 1),), aim=-0.5),
        lambda: TimeSeries("x", "y", (ChartPoint("a", float("nan")),)),
        lambda: Bars("x", "y", (ChartPoint("a", float("inf")),)),
        lambda: Progress("x", "y", -1, None, None),
        lambda: Range("x", "y", 3, 2, 4),
        lambda: Range("x", "y", -3, 2, 4),
    ],
)
def test_what_cannot_be_counted_is_refused(make):
    with pytest.raises(ValueError, match=r"cannot be drawn|out of order"):
        make()


@pytest.mark.parametrize(
    ("maximum", "steps"),
    [
        (0, (0, 1)),
        (1, (0, 0.25, 0.5, 0.75, 1)),
        (7, (0, 2, 4, 6, 8)),
        (320, (0, 100, 200, 300, 400)),
        (75.2, (0, 20, 40, 60, 80)),
    ],
)
def test_scales_have_round_steps(maximum, steps):
    assert steps_up_to(maximum) == steps


@pytest.mark.parametrize("maximum", [10**n * d for n in range(-3, 9) for d in (1, 1.7, 2.4, 3.3, 9.9)])
def test_a_scale_reaches_what_it_shows_in_a_few_steps(maximum):
    scale = steps_up_to(maximum)
    assert scale[-1] >= maximum * 0.999
    assert 3 <= len(scale) <= 6


def test_the_aim_is_marked_where_it_lies():
    drawing = drawn(Progress("x", "y", 10, 50, 40), ID)
    assert {mark.get("x1") for mark in parts(drawing, "line", "aim")} == {"80%"}


def test_a_range_is_a_band_from_low_to_high_with_its_middle():
    drawing = drawn(Range("x", "y", 20, 40, 80), ID)
    band, mark = parts(drawing, "rect")
    assert (band.get("x"), band.get("width")) == ("25%", "75%")
    assert mark.get("x") == "49.6%"
