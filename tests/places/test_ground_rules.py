"""Measures of outlines, held against pyproj; neighbours made to fit."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import shape

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.geo import Point, distance_m
from app.places.rules.coverage import cover, overlaps
from app.places.rules.ground import area_m2, distance_to_m, is_narrow, is_same_outline
from app.places.rules.outlines import read_outline
from tests.places.drawing import SIDE, SOUTH, WEST, square

GEOD = Geod(ellps="WGS84")
METRE = 1 / 110_574


def outline(column: float, row: float, **size: float):
    return shape(square(column, row, **size))


@given(st.floats(94, 141), st.floats(-12, 6), st.floats(0.0005, 0.5), st.floats(0.0005, 0.5))
def test_areas_are_within_a_thousandth_of_the_geodesic(west, south, width, height):
    box = shapely.box(west, south, west + width, south + height)
    assert area_m2(box) == pytest.approx(abs(GEOD.geometry_area_perimeter(box)[0]), rel=1e-3)


def test_holes_are_no_ground():
    with_hole = outline(0, 0).difference(outline(0.25, 0.25, width=0.5, height=0.5))
    assert area_m2(with_hole) == pytest.approx(area_m2(outline(0, 0)) * 0.75, rel=1e-3)


@pytest.mark.parametrize(("metres", "narrow"), [(5, True), (19, True), (21, False), (200, False)])
def test_narrow_is_what_no_circle_of_that_width_fits_in(metres, narrow):
    strip = shapely.box(WEST, SOUTH, WEST + metres * METRE, SOUTH + SIDE)
    assert is_narrow(strip, 20) is narrow


def test_outlines_are_the_same_wherever_they_begin_and_however_many_points_lie_on_a_straight():
    a = shapely.multipolygons([outline(0, 0)])
    ring = list(outline(0, 0).exterior.coords)[:-1]
    turned = shapely.Polygon([*ring[2:], *ring[:2]][::-1])
    assert is_same_outline(a, shapely.multipolygons([turned]))
    assert is_same_outline(a, shapely.segmentize(a, SIDE / 7))
    assert is_same_outline(a, shapely.transform(a, lambda degrees: degrees + 5e-8))
    assert not is_same_outline(a, shapely.transform(a, lambda degrees: degrees + 1e-6))
    assert not is_same_outline(a, outline(0, 0, width=1.001))
    assert not is_same_outline(a, a.difference(outline(0.4, 0.4, width=0.1, height=0.1)))


@given(st.floats(WEST - 0.05, WEST + 0.06), st.floats(SOUTH - 0.05, SOUTH + 0.06))
def test_the_metres_to_a_border_are_those_to_its_nearest_place(lon, lat):
    box, point = outline(0, 0), Point(lon, lat)
    nearest = Point(min(max(lon, WEST), WEST + SIDE), min(max(lat, SOUTH), SOUTH + SIDE))
    assert distance_to_m(box, point) == pytest.approx(distance_m(point, nearest), abs=0.01)


def test_neighbours_that_share_a_border_do_not_overlap():
    assert overlaps([outline(0, 0)], [outline(1, 0), outline(1, 1), outline(5, 5)]) == []


def test_a_good_coverage_is_left_as_it_is():
    outlines = [outline(0, 0), outline(1, 0), outline(0, 1)]
    covering = cover(outlines, "abc")
    assert covering.outlines == outlines
    assert not covering.repairs
    assert not covering.refusals


def moved(column: float, row: float, **size: float):
    return shapely.multipolygons([outline(column, row, **size)])


def test_a_thin_overlap_is_given_to_one_side_and_told():
    covering = cover([moved(0, 0, width=1.002), moved(1, 0)], "ab")
    assert not covering.refusals
    assert covering.repairs
    assert shapely.coverage_is_valid(covering.outlines)
    assert "m²" in next(iter(covering.repairs.values())).said(ENGLISH)


def test_a_narrow_gap_is_closed_and_told():
    # A slit of 5 m between two squares, closed at both ends by a third and a fourth.
    slit = 5 * METRE / SIDE
    outlines = [moved(0, 0, width=1 - slit), moved(1, 0), moved(0, 1, width=2), moved(0, -1, width=2)]
    covering = cover(outlines, "abcd")
    assert not covering.refusals
    assert covering.repairs
    assert shapely.coverage_is_valid(covering.outlines)
    assert len(shapely.union_all(covering.outlines).interiors) == 0


def test_a_wide_gap_stays():
    ring = [moved(0, 0, width=3), moved(0, 1), moved(2, 1), moved(0, 2, width=3)]
    covering = cover(ring, "abcd")
    assert not covering.repairs
    assert not covering.refusals
    assert len(shapely.union_all(covering.outlines).interiors) == 1


def test_a_real_overlap_is_refused_on_both_sides_and_the_rest_still_covered():
    covering = cover([moved(0, 0, width=1.5), moved(1, 0), moved(0, 1)], ["1 A", "2 B", "3 C"])
    assert set(covering.refusals) == {0, 1}
    assert "2 B" in covering.refusals[0][0].said(ENGLISH)
    assert "1 A" in covering.refusals[1][0].said(INDONESIAN)


def thin(metres: float) -> list:
    """Two halves of a square of which one reaches so many metres into the other, all along their border of 1.1 km."""
    return [moved(0, 0, width=0.5 + metres * METRE / SIDE), moved(0.5, 0, width=0.5)]


@pytest.mark.parametrize(("metres", "width", "is_repaired"), [
    (1, 20, True), (10, 20, True), (19, 20, True), (24, 20, False), (24, 30, True), (45, 60, True), (70, 60, False),
])  # fmt: skip
def test_an_overlap_is_judged_by_its_width_however_long_it_is(metres, width, is_repaired):
    covering = cover(thin(metres), ["1 A", "2 B"], width)
    assert bool(covering.repairs) is is_repaired
    assert set(covering.refusals) == (set() if is_repaired else {0, 1})
    assert bool(shapely.coverage_is_valid(covering.outlines)) is is_repaired


def test_a_refused_overlap_names_its_width_the_limit_and_the_option():
    said = cover(thin(24), ["1 A", "2 B"]).refusals[0][0].said(ENGLISH)
    assert "24 m wide" in said
    assert "only up to 20 m" in said
    assert "--sliver-width" in said
    assert "--sliver-width" not in cover(thin(90), ["1 A", "2 B"]).refusals[0][0].said(ENGLISH)


def test_a_sliver_that_is_most_of_an_area_is_no_slip():
    splinter = moved(0, 0, width=0.005)
    covering = cover([splinter, moved(0, 0)], ["1 A", "2 B"])
    assert "more than 10 % of the smaller" in covering.refusals[0][0].said(ENGLISH)


@given(st.floats(0.5, 15), st.integers(1, 60))
def test_edges_that_almost_match_come_to_match(metres, points):
    """One side draws the common border with more points, each a little off."""
    bulge = [
        (WEST + SIDE + (metres * METRE if step % 2 else 0), SOUTH + SIDE * step / (points + 1)) for step in range(points + 2)
    ]
    bulge[-1] = (WEST + SIDE, SOUTH + SIDE)
    bulge[0] = (WEST + SIDE, SOUTH)
    left = shapely.multipolygons([shapely.Polygon([(WEST, SOUTH), *bulge, (WEST, SOUTH + SIDE)])])
    covering = cover([left, moved(1, 0)], "ab")
    if not covering.refusals:
        assert shapely.coverage_is_valid(covering.outlines)
        assert all(shapely.is_valid(covering.outlines))


@st.composite
def rings(draw):
    """Rings that may cross themselves."""
    corners = draw(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=3, max_size=9))
    return [[WEST + x * SIDE, SOUTH + y * SIDE] for x, y in [*corners, corners[0]]]


@given(st.lists(rings(), min_size=1, max_size=3))
def test_whatever_is_read_is_a_valid_outline_or_a_refusal(drawn):
    reading = read_outline({"type": "Polygon", "coordinates": drawn})
    if reading.outline is None:
        assert reading.refusal is not None
    else:
        assert reading.refusal is None
        assert shapely.is_valid(reading.outline)
        assert reading.outline.geom_type == "MultiPolygon"
        assert area_m2(reading.outline) >= 1
