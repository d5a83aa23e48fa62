"""Metres between two points, held against the geodesics of pyproj."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pyproj import Geod

from app.core.geo import Point, distance_m, is_on_earth

GEOD = Geod(ellps="WGS84")

longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)
points = st.builds(Point, longitudes, latitudes)
in_indonesia = st.builds(Point, st.floats(94, 142), st.floats(-12, 7))


def geodesic_m(a: Point, b: Point) -> float:
    return GEOD.inv(a.lon, a.lat, b.lon, b.lat)[2]


def shifted(point: Point, azimuth: float, metres: float) -> Point:
    lon, lat, _ = GEOD.fwd(point.lon, point.lat, azimuth, metres)
    return Point(lon, lat)


@given(in_indonesia, st.floats(-180, 180), st.floats(1, 5_000))
def test_round_a_site_the_error_is_below_a_millimetre_in_a_hundred_metres(point, azimuth, metres):
    assert distance_m(point, shifted(point, azimuth, metres)) == pytest.approx(metres, rel=1e-5, abs=1e-6)


@given(points, st.floats(-180, 180), st.floats(1, 1_000_000))
def test_up_to_a_thousand_kilometres_the_error_is_below_a_ten_thousandth(point, azimuth, metres):
    assert distance_m(point, shifted(point, azimuth, metres)) == pytest.approx(metres, rel=1e-4, abs=1e-6)


@given(points, points)
def test_it_is_within_six_thousandths_up_to_sixteen_thousand_kilometres(a, b):
    metres = geodesic_m(a, b)
    assume(metres < 16_000_000)
    assert distance_m(a, b) == pytest.approx(metres, rel=6e-3, abs=1e-6)


@given(points, points)
@example(Point(0, 0), Point(180, 0))
def test_it_is_never_negative_the_same_both_ways_and_never_longer_than_half_the_earth(a, b):
    assert 0 <= distance_m(a, b) <= math.pi * 6_371_009
    assert distance_m(a, b) == distance_m(b, a)
    assert distance_m(a, a) == 0


@pytest.mark.parametrize(
    ("point", "on_earth"),
    [
        (Point(107.6, -6.9), True),
        (Point(180, 90), True),
        (Point(-180, -90), True),
        (Point(0, 0), False),
        (Point(0, 1e-9), True),
        (Point(180.0001, 0), False),
        (Point(0, -90.0001), False),
        (Point(math.nan, 0), False),
        (Point(107.6, math.inf), False),
    ],
)
def test_what_is_a_place_on_earth(point, on_earth):
    assert is_on_earth(point) is on_earth
