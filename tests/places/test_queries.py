"""The ground under a point, areas found and walked, sites at an instant, places named in words."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import uuid4

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from app.core.catalogue import INDONESIAN
from app.core.errors import Invalid, NotFound
from app.core.geo import Point, distance_m
from app.demo.service.city import demo_city
from app.places import queries, service
from app.places.models import Area, Site
from app.places.queries.areas import AreaEntry, AreaIndex
from app.places.queries.snapshot import Snapshot, snapshot
from app.places.rules import AreaLevel, SiteKind
from app.places.service import ImportOptions
from app.sites.service import facts
from tests.places.drawing import SIDE, SOUTH, WEST, collection, feature, kelurahan, polygon, square, town

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def put(session, *features):
    return service.import_areas(session, collection(*features), ImportOptions(), now=NOW)


def corner(column: float, row: float) -> Point:
    return Point(WEST + column * SIDE, SOUTH + row * SIDE)


# --- the ground under a point


@cache
def drawn(seed: int) -> tuple[Snapshot, dict[str, shapely.Geometry]]:
    """The invented city as processes keep it, and its outlines by code."""
    features = [one for one in demo_city(seed)["features"] if one["properties"]["code"].count(".") == 3]
    outlines = {one["properties"]["code"]: shape(one["geometry"]) for one in features}
    # Numbers in no order: the rule speaks of codes.
    numbers = random.Random(seed).sample(range(1000), len(outlines))
    entries = [
        AreaEntry(number, AreaLevel.KELURAHAN, code, code, None, "Asia/Jakarta", None, None)
        for number, code in zip(numbers, outlines, strict=True)
    ]
    return Snapshot(AreaIndex(entries), dict(zip(numbers, outlines.values(), strict=True))), outlines


def code_at(held: Snapshot, point: shapely.Point) -> str | None:
    ground = held.ground(Point(point.x, point.y))
    return ground and ground.kelurahan_code


@given(st.integers(0, 3), st.floats(106.96, 107.04), st.floats(-5.44, -5.36))
def test_a_point_lies_in_exactly_one_kelurahan_of_a_coverage_or_in_none(seed, lon, lat):
    held, outlines = drawn(seed)
    point = shapely.Point(lon, lat)
    inside = [code for code, outline in outlines.items() if outline.contains(point)]
    touching = [code for code, outline in outlines.items() if outline.intersects(point)]
    assert len(inside) <= 1
    assert code_at(held, point) == min(touching, default=None)
    assert not inside or touching == inside


@given(st.integers(0, 3), st.data())
def test_a_corner_belongs_to_the_lowest_code_of_those_that_share_it(seed, data):
    held, outlines = drawn(seed)
    chosen = data.draw(st.sampled_from(sorted(outlines)))
    corners = outlines[chosen].exterior.coords
    point = shapely.Point(corners[data.draw(st.integers(0, len(corners) - 1))])
    sharing = [code for code, outline in outlines.items() if point.coords[0] in outline.exterior.coords]
    assert code_at(held, point) == min(sharing)


def test_the_lowest_code_has_the_border(session):
    put(session, kelurahan(4, 0, 0), kelurahan(2, 1, 0), kelurahan(3, 1, 1))
    codes = {
        corner(0.5, 0.5): "32.99.01.1004",
        corner(1, 0.5): "32.99.01.1002",
        corner(1, 1): "32.99.01.1002",
        corner(1.5, 1): "32.99.01.1002",
        corner(0.5, 1): "32.99.01.1004",
        corner(0, 0): "32.99.01.1004",
    }
    assert {point: queries.kelurahan_at(session, point).kelurahan_code for point in codes} == codes
    assert queries.kelurahan_at(session, corner(-1, 0)) is None
    assert queries.kelurahan_at(session, corner(0.5, 1.5)) is None


def test_the_ground_names_what_lies_above_it(session):
    put(session, feature("73.71.01.1001", "Anggrek", square(0, 0), district="Taman", regency="Kota Uji"))
    ground = queries.kelurahan_at(session, corner(0.5, 0.5))
    index = queries.areas(session)
    assert (ground.kelurahan_code, ground.kelurahan_name, ground.timezone) == ("73.71.01.1001", "Anggrek", "Asia/Makassar")
    assert index.by_id[ground.kecamatan_id].name == "Taman"
    assert index.by_id[ground.city_id].name == "Kota Uji"


def test_nothing_lies_anywhere_while_nothing_is_known(session):
    assert queries.kelurahan_at(session, corner(0, 0)) is None
    assert queries.areas(session).of_level(AreaLevel.KELURAHAN) == ()
    assert queries.outline_geojson(session) == {}


def test_a_hole_belongs_to_who_fills_it(session):
    ring = polygon(*[(WEST + x * SIDE, SOUTH + y * SIDE) for x, y in [(0, 0), (3, 0), (3, 3), (0, 3), (0, 0)]])
    hole = square(1, 1)["coordinates"][0]
    put(session, feature("32.99.01.1001", "Anggrek", {"type": "Polygon", "coordinates": [*ring["coordinates"], hole]}),
        kelurahan(2, 1, 1))  # fmt: skip
    assert queries.kelurahan_at(session, corner(1.5, 1.5)).kelurahan_code == "32.99.01.1002"
    assert queries.kelurahan_at(session, corner(0.5, 1.5)).kelurahan_code == "32.99.01.1001"


def test_metres_to_the_border(session):
    put(session, kelurahan(1, 0, 0))
    one = queries.areas(session).by_code("32.99.01.1001").id
    assert queries.border_distance_m(session, one, corner(0.5, 0.5)) == 0.0
    assert queries.border_distance_m(session, one, corner(1, 0.5)) == 0.0
    away = queries.border_distance_m(session, one, corner(1.5, 0.5))
    assert away == pytest.approx(distance_m(corner(1, 0.5), corner(1.5, 0.5)), abs=0.01)
    assert queries.border_distance_m(session, queries.areas(session).by_code("32.99.01").id, corner(0, 0)) is None
    assert queries.border_distance_m(session, 10**6, corner(0, 0)) is None


def test_outlines_are_handed_out_as_geojson(session):
    put(session, kelurahan(1, 0, 0))
    text = queries.outline_geojson(session)[queries.areas(session).by_code("32.99.01.1001").id]
    assert " " not in text
    assert json.loads(text)["type"] == "Polygon"
    assert shape(json.loads(text)).equals(shape(square(0, 0)))
    assert "107.6," in text


# --- what processes keep


def test_areas_are_kept_until_they_change(session):
    put(session, kelurahan(1, 0, 0))
    first = snapshot(session)
    assert snapshot(session) is first
    put(session, kelurahan(1, 0, 0), kelurahan(2, 1, 0))
    second = snapshot(session)
    assert second is not first
    assert queries.kelurahan_at(session, corner(1.5, 0.5)) is not None


def test_what_was_rolled_back_is_forgotten(session):
    put(session, kelurahan(1, 0, 0))
    session.commit()
    put(session, kelurahan(2, 1, 0))
    assert queries.kelurahan_at(session, corner(1.5, 0.5)) is not None
    session.rollback()
    assert queries.kelurahan_at(session, corner(1.5, 0.5)) is None
    put(session, kelurahan(3, 1, 0))
    assert queries.kelurahan_at(session, corner(1.5, 0.5)).kelurahan_code == "32.99.01.1003"


def test_what_a_savepoint_undoes_is_forgotten(session):
    put(session, kelurahan(1, 0, 0))
    assert queries.kelurahan_at(session, corner(0.5, 0.5)) is not None
    savepoint = session.begin_nested()
    put(session, kelurahan(2, 1, 0))
    assert queries.kelurahan_at(session, corner(1.5, 0.5)) is not None
    savepoint.rollback()
    assert queries.kelurahan_at(session, corner(1.5, 0.5)) is None
    with session.begin_nested():
        put(session, kelurahan(3, 1, 0))
    assert queries.kelurahan_at(session, corner(1.5, 0.5)).kelurahan_code == "32.99.01.1003"


def test_a_new_rw_is_seen_at_once(session):
    put(session, kelurahan(1, 0, 0))
    one = queries.areas(session).by_code("32.99.01.1001").id
    assert queries.areas(session).children(one) == ()
    service.rw(session, one, "5", now=NOW)
    assert [entry.code for entry in queries.areas(session).children(one)] == ["32.99.01.1001/05"]


# --- areas


def test_areas_are_walked_up_and_down(session):
    service.import_areas(session, town(), ImportOptions(), now=NOW)
    index = queries.areas(session)
    city, taman, one = index.by_code("32.99"), index.by_code("329901"), index.by_code("32.99.01.1001")
    rw = service.rw(session, one.id, "7", now=NOW)
    index = queries.areas(session)
    assert index.ancestors(one.id) == (taman, city)
    assert index.children(city.id) == (taman,)
    assert [entry.code[-4:] for entry in index.children(taman.id)] == [f"{1000 + n}" for n in range(1, 10)]
    assert len(index.of_level(AreaLevel.KELURAHAN)) == 9
    assert index.covers(city.id, rw.id)
    assert index.covers(one.id, one.id)
    assert not index.covers(rw.id, one.id)
    assert (index.kelurahan_of(rw.id), index.kelurahan_of(one.id), index.kelurahan_of(taman.id)) == (one.id, one.id, None)
    assert index.kelurahan_within(rw.id) == {one.id}
    assert index.kelurahan_within(city.id) == {entry.id for entry in index.of_level(AreaLevel.KELURAHAN)}
    assert index.by_code("32.99.01.1099") is None
    assert index.by_code("nonsense") is None


def test_a_former_code_that_two_areas_had_names_none(session):
    entries = [AreaEntry(n, AreaLevel.CITY, f"32.0{n}", "x", None, "Asia/Jakarta", None, None) for n in (1, 2, 3)]
    index = AreaIndex(entries, closed={3}, other_codes=[("32.08", 1), ("32.09", 1), ("32.09", 2), ("32.01", 2), ("32.07", 3)])
    assert index.by_code("3208") == entries[0]
    assert index.by_code("32.09") is None
    assert index.by_code("32.01") == entries[0]
    assert index.by_code("32.03") is None
    assert index.by_code("32.07") is None
    assert index.by_id[3] == entries[2]


# --- places in words


def test_a_place_is_found_by_what_names_it(session):
    put(session, kelurahan(1, 0, 0))
    site = facts.add_site(
        session, kind=SiteKind.SCHOOL, name="SD Uji", centre=corner(0.5, 0.5), npsn="12345678", set_by=None, now=NOW
    )
    one = queries.areas(session).by_code("32.99.01.1001").id
    assert queries.find_place(session, " 3299011001 ") == queries.PlaceRef(one, None, "Anggrek")
    assert queries.find_place(session, "npsn:12345678") == queries.PlaceRef(None, site.id, "SD Uji")
    assert queries.find_place(session, f"site:{site.uuid}") == queries.PlaceRef(None, site.id, "SD Uji")
    made = service.find_or_make_place(session, "32.99.01.1001/RW 5", now=NOW)
    assert made.name == "RW 05 Anggrek"
    assert queries.find_place(session, "32.99.01.1001/05") == made
    assert service.find_or_make_place(session, "32.99.01.1001/005", now=NOW) == made
    assert service.find_or_make_place(session, "32.99", now=NOW).name == "Kota Uji"


@pytest.mark.parametrize("text", ["Anggrek", "", "npsn:12", "site:x", "32.99.01/05", "32.99.01.1001/x"])
def test_words_that_name_no_place_name_their_field(session, text):
    put(session, kelurahan(1, 0, 0))
    for find in (queries.find_place, lambda *args: service.find_or_make_place(*args, now=NOW)):
        with pytest.raises(Invalid) as caught:
            find(session, text)
        assert caught.value.errors[0].field == "place"


@pytest.mark.parametrize(
    "text", ["32.99.01.1009", "32.99.01.1009/05", "npsn:87654321", "site:6f6f0a57-6c1f-4f6c-8a53-1f9f5f7f6a01", "3299010"]
)
def test_places_that_we_do_not_have_are_told_in_a_sentence(session, text):
    put(session, kelurahan(1, 0, 0))
    for find in (queries.find_place, lambda *args: service.find_or_make_place(*args, now=NOW)):
        with pytest.raises(NotFound) as caught:
            find(session, text)
        assert caught.value.message.said(INDONESIAN).endswith(".")
    with pytest.raises(NotFound, match="RW 05 is not recorded in Anggrek yet"):
        queries.find_place(session, "32.99.01.1001/05")


# --- sites at an instant


def test_an_action_is_judged_by_the_circle_of_its_time(session):
    site = facts.add_site(session, kind=SiteKind.WORKPLACE, name="Kantor", centre=corner(0, 0), radius_m=100, set_by=1, now=NOW)
    moved = NOW + timedelta(days=10)
    facts.move_site(session, site, centre=corner(1, 0), radius_m=None, by_account_id=1, now=moved)

    def at(instant):
        (found,) = queries.sites_at(session, [site.id], instant)
        return found.centre, found.radius_m

    assert at(NOW - timedelta(days=1)) == (corner(0, 0), 100)
    assert at(NOW) == (corner(0, 0), 100)
    assert at(moved - timedelta(seconds=1)) == (corner(0, 0), 100)
    assert at(moved) == (corner(1, 0), None)
    facts.close_site(session, site, by_account_id=1, now=moved + timedelta(days=1))
    assert at(moved) == (corner(1, 0), None)
    assert queries.sites_at(session, [site.id], moved + timedelta(days=2)) == []


def test_sites_come_in_the_order_asked_for(session):
    sites = [
        facts.add_site(session, kind=SiteKind.WORKPLACE, name=name, centre=corner(n, 0), set_by=None, now=NOW)
        for n, name in enumerate(["B", "A", "C"])
    ]
    ids = [site.id for site in sites]
    assert [found.site_id for found in queries.sites_at(session, [ids[2], 10**6, ids[0], ids[2]], NOW)] == [ids[2], ids[0]]
    assert queries.sites_at(session, [], NOW) == []
    assert [found.name for found in queries.open_sites(session, NOW)] == ["A", "B", "C"]
    facts.close_site(session, sites[1], by_account_id=1, now=NOW)
    assert [found.name for found in queries.open_sites(session, NOW)] == ["B", "C"]
    assert set(queries.sites_by_id(session, [*ids, 10**6])) == set(ids)
    assert queries.sites_by_id(session, []) == {}
    assert queries.site_by_uuid(session, sites[0].uuid) is sites[0]
    assert queries.site_by_uuid(session, uuid4()) is None
    assert queries.site_by_id(session, 10**6) is None


def test_closed_areas_hold_no_ground(session):
    put(session, kelurahan(1, 0, 0))
    session.get(Area, queries.areas(session).by_code("32.99.01.1001").id).closed_at = NOW
    session.flush()
    service.areas_changed(session)
    assert queries.kelurahan_at(session, corner(0.5, 0.5)) is None
    assert session.query(Site).count() == 0
