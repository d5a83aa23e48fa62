"""A file of areas read feature by feature: what is guessed, put right, refused."""

from __future__ import annotations

import json
import math
import random

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.errors import FieldError
from app.demo.service.city import demo_city
from app.places.rules import AreaLevel, FieldOptions, Survey, survey
from app.places.rules.fields import Fields, find_fields
from app.places.rules.survey import MAX_FEATURES, crs_problem
from tests.places.drawing import SIDE, SOUTH, WEST, collection, feature, kelurahan, polygon, square, town

CODE = "32.99.01.1001"


def read(*features, options: FieldOptions | None = None, **members) -> Survey:
    answer = survey(collection(*features, **members), options or FieldOptions())
    assert isinstance(answer, Survey), answer
    return answer


def refusal(*features, **kwargs) -> str:
    """The English reasons of the first feature, which is refused."""
    first = read(*features, **kwargs).features[0]
    assert first.refusals
    return "; ".join(reason.said(ENGLISH) for reason in first.refusals)


W, S, E, N = WEST, SOUTH, WEST + SIDE, SOUTH + SIDE
GOOD = square(0, 0)


def with_coordinates(coordinates: object, kind: str = "Polygon") -> dict[str, object]:
    return {"type": kind, "coordinates": coordinates}


BAD_GEOMETRIES = {
    "none": (None, "no geometry"),
    "text": ("POLYGON ((0 0))", "not GeoJSON"),
    "no type": ({"coordinates": []}, "not GeoJSON"),
    "unknown type": ({"type": "Blob", "coordinates": []}, "a Blob"),
    "point": ({"type": "Point", "coordinates": [W, S]}, "a Point"),
    "line": (with_coordinates([[W, S], [E, N]], "LineString"), "a LineString"),
    "collection": ({"type": "GeometryCollection", "geometries": [GOOD]}, "GeometryCollection"),
    "empty polygon": (with_coordinates([]), "empty"),
    "empty multipolygon": (with_coordinates([], "MultiPolygon"), "empty"),
    "no coordinates": ({"type": "Polygon"}, "nested"),
    "ring of numbers": (with_coordinates([[W, S, E, N]]), "nested"),
    "empty ring": (with_coordinates([[]]), "without points"),
    "two points": (with_coordinates([[[W, S], [E, S], [W, S]]]), "fewer than three"),
    "no area": (polygon((W, S), (E, S), (W, S), (W, S)), "covers no ground|crosses itself"),
    "text number": (with_coordinates([[[str(W), S], [E, S], [E, N], [W, S]]]), "not a number"),
    "boolean": (with_coordinates([[[True, S], [E, S], [E, N], [True, S]]]), "not a number"),
    "nan": (with_coordinates([[[math.nan, S], [E, S], [E, N], [W, S]]]), "not a number"),
    "infinity": (with_coordinates([[[math.inf, S], [E, S], [E, N], [W, S]]]), "not a number"),
    "huge": (with_coordinates([[[10**400, S], [E, S], [E, N], [W, S]]]), "not a number"),
    "one coordinate": (with_coordinates([[[W], [E, S], [E, N], [W]]]), "not a number"),
    "null coordinate": (with_coordinates([[[None, S], [E, S], [E, N], [W, S]]]), "not a number"),
    "swapped": (polygon((S, W), (S, E), (N, E), (N, W), (S, W)), "swapped"),
    "utm": (polygon((788000, 9236000), (789000, 9236000), (789000, 9237000), (788000, 9236000)), "beyond the world.*UTM"),
    "radians": (polygon((1.8, -0.12), (1.9, -0.12), (1.9, -0.11), (1.8, -0.12)), "outside Indonesia"),
    "null island": (polygon((0, 0), (0.01, 0), (0.01, 0.01), (0, 0)), "outside Indonesia"),
    "bow tie": (polygon((W, S), (E, N), (E, S), (W, N), (W, S)), "crosses itself"),
    "lopsided bow tie": (polygon((W, S), (E, S), (W, N), (E - SIDE / 3, N), (W, S)), "crosses itself.*more than 1 %"),
}


@pytest.mark.parametrize(("geometry", "reason"), BAD_GEOMETRIES.values(), ids=BAD_GEOMETRIES.keys())
def test_a_geometry_that_is_no_outline_is_refused_with_its_reason(geometry, reason):
    said = refusal(feature(CODE, "Anggrek", geometry))
    assert any(word_found(part, said) for part in reason.split("|"))


def word_found(pattern: str, said: str) -> bool:
    at = 0
    for part in pattern.split(".*"):
        at = said.find(part, at)
        if at < 0:
            return False
    return True


BAD_PROPERTIES = {
    "no code": (None, "Anggrek", {}, "code is empty"),
    "word as code": ("Anggrek", "Anggrek", {}, "not an area code"),
    "province": ("32", "Jawa Barat", {}, "not an area code"),
    "wrong digits": ("32.99.1.1001", "Anggrek", {}, "not an area code"),
    "long code": ("1" * 500, "Anggrek", {}, "not an area code"),
    "no name": (CODE, None, {}, "name is empty"),
    "blank name": (CODE, "  ", {}, "name is empty"),
    "long name": (CODE, "A" * 121, {}, "longer than 120"),
    "control sign": (CODE, "Ang\x00grek", {}, "name is empty"),
    "other parent": (CODE, "Anggrek", {"district_code": "32.99.02"}, "parent field says 32.99.02"),
    "negative": (CODE, "Anggrek", {"population": -1}, "whole number"),
    "fraction": (CODE, "Anggrek", {"population": 10.5}, "whole number"),
    "boolean": (CODE, "Anggrek", {"population": True}, "whole number"),
    "words": (CODE, "Anggrek", {"households": "banyak"}, "whole number"),
    "nan": (CODE, "Anggrek", {"population": math.nan}, "whole number"),
    "too many": (CODE, "Anggrek", {"population": 10**12}, "whole number"),
}


@pytest.mark.parametrize(("code", "name", "more", "reason"), BAD_PROPERTIES.values(), ids=BAD_PROPERTIES.keys())
def test_properties_that_mean_nothing_are_refused_with_their_reason(code, name, more, reason):
    # A second, good feature shows the guesses what the fields are.
    said = refusal(feature(code, name, GOOD, **more), kelurahan(2, 3, 0, district_code="32.99.01", population=1, households=1))
    assert reason in said


@pytest.mark.parametrize(("count", "read_as"), [(None, None), ("", None), ("-", None), ("1200", 1200), (1200.0, 1200), (0, 0)])
def test_what_is_not_known_stays_not_known(count, read_as):
    found = read(kelurahan(1, 0, 0, population=count), kelurahan(2, 1, 0, population=5)).features[0]
    assert found.population == read_as
    assert found.households is None


BAD_COLLECTIONS = {
    "list": ([], "file"),
    "text": ("{}", "file"),
    "a feature": (feature(CODE, "Anggrek", GOOD), "file"),
    "no features": ({"type": "FeatureCollection"}, "file"),
    "empty": (collection(), "file"),
    "features no list": ({"type": "FeatureCollection", "features": {}}, "file"),
    "feature is text": ({"type": "FeatureCollection", "features": ["x"]}, "file"),
    "feature of other type": ({"type": "FeatureCollection", "features": [{"type": "Polygon"}]}, "file"),
    "properties no object": ({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": [1]}]}, "file"),
    "projection": (collection(kelurahan(1, 0, 0), crs={"type": "name", "properties": {"name": "EPSG:32748"}}), "crs"),
    "strange crs": (collection(kelurahan(1, 0, 0), crs=[1]), "crs"),
    "no code field": (collection({"type": "Feature", "properties": {"nama": "A"}, "geometry": GOOD}), "code_field"),
    "no name field": (collection({"type": "Feature", "properties": {"code": CODE}, "geometry": GOOD}), "name_field"),
    "no properties": (collection({"type": "Feature", "properties": None, "geometry": GOOD}), "code_field"),
    "two code fields": (collection(kelurahan(1, 0, 0, kode="32.99.01.1009")), "code_field"),
    "two name fields": (collection(kelurahan(1, 0, 0, nama="Other")), "name_field"),
}


@pytest.mark.parametrize(("content", "field"), BAD_COLLECTIONS.values(), ids=BAD_COLLECTIONS.keys())
def test_a_collection_that_cannot_be_read_names_the_field(content, field):
    problem = survey(content, FieldOptions())
    assert isinstance(problem, FieldError)
    assert problem.field == field
    assert problem.message.said(INDONESIAN)
    assert problem.message.said(ENGLISH)


def test_too_many_features_are_refused():
    problem = survey({"type": "FeatureCollection", "features": [{"type": "Feature"}] * (MAX_FEATURES + 1)}, FieldOptions())
    assert isinstance(problem, FieldError)


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        (None, True),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", True),
        ("urn:ogc:def:crs:EPSG::4326", True),
        ("EPSG:4326", True),
        ("EPSG:4755", True),
        ("EPSG:9470", True),
        ("EPSG:23830", False),
        ("urn:ogc:def:crs:EPSG::32748", False),
        ("EPSG:14326", False),
        ("EPSG:3857", False),
    ],
)
def test_only_degrees_of_wgs84_and_its_equals_are_read(name, is_good):
    problem = crs_problem(name)
    assert (problem is None) is is_good
    assert is_good or (name and name in problem.message.said(ENGLISH) and name in problem.message.said(INDONESIAN))


def test_duplicate_codes_are_refused_on_both_sides():
    answer = read(kelurahan(1, 0, 0), feature("3299011001", "Beringin", square(1, 0)), kelurahan(3, 2, 0))
    assert [bool(one.refusals) for one in answer.features] == [True, True, False]
    assert "feature 2" in answer.features[0].refusals[0].said(ENGLISH)
    assert "feature 1" in answer.features[1].refusals[0].said(ENGLISH)


@pytest.mark.parametrize("level", [AreaLevel.KECAMATAN, AreaLevel.CITY])
def test_another_level_than_asked_for_is_refused(level):
    assert "of a kelurahan" in refusal(kelurahan(1, 0, 0), options=FieldOptions(level=level))


def test_an_open_ring_is_closed_and_told():
    opened = with_coordinates([GOOD["coordinates"][0][:-1]])
    found = read(feature(CODE, "Anggrek", opened)).features[0]
    assert not found.refusals
    assert "1 open ring closed" in found.repairs[0].said(ENGLISH)


def test_a_small_self_crossing_is_put_right_and_told():
    # A ring that runs a few metres past its first corner and comes back.
    loop = polygon((W, S), (E, S), (E, N), (W, N), (W, S - 0.00005), (W + 0.00003, S - 0.00005), (W, S))
    found = read(feature(CODE, "Anggrek", loop)).features[0]
    assert not found.refusals
    assert shapely.is_valid(found.outline)
    assert "self-crossing" in found.repairs[0].said(ENGLISH)


def test_holes_and_heights_are_read():
    hole = [[W + SIDE / 4, S + SIDE / 4, 700], [W + SIDE / 2, S + SIDE / 4, 700], [W + SIDE / 2, S + SIDE / 2, 700], [W + SIDE / 4, S + SIDE / 4, 700]]  # fmt: skip # noqa: E501
    found = read(feature(CODE, "Anggrek", with_coordinates([*GOOD["coordinates"], hole]))).features[0]
    assert not found.refusals
    assert not shapely.has_z(found.outline)
    assert len(found.outline.geoms[0].interiors) == 1


def test_overlapping_neighbours_are_refused_naming_each_other():
    answer = read(feature("32.99.01.1001", "Anggrek", square(0, 0, width=1.5)), kelurahan(2, 1, 0), kelurahan(3, 0, 1))
    assert [bool(one.refusals) for one in answer.features] == [True, True, False]
    assert "overlaps 32.99.01.1002 Beringin" in answer.features[0].refusals[0].said(ENGLISH)


def test_levels_are_covered_apart_and_may_come_in_one_file():
    kecamatan = feature("32.99.01", "Taman", square(0, 0, width=2))
    answer = read(kelurahan(1, 0, 0), kecamatan, kelurahan(2, 1, 0))
    assert not answer.refused
    assert [one.level for one in answer.accepted] == [AreaLevel.KECAMATAN, AreaLevel.KELURAHAN, AreaLevel.KELURAHAN]


# --- fields


@pytest.mark.parametrize(
    ("row", "level", "expected"),
    [
        ({"code": CODE, "name": "A", "district": "T", "regency": "K"}, None, ("code", "name")),
        ({"kode": CODE, "nama": "A"}, None, ("kode", "nama")),
        ({"Kode_Wilayah": CODE, "NAMA": "A"}, None, ("Kode_Wilayah", "NAMA")),
        ({"KDEPUM": CODE, "NAMOBJ": "A", "WADMKC": "T", "WADMKK": "K", "KDCPUM": "32.99.01"}, None, ("KDEPUM", "NAMOBJ")),
        ({"KDEPUM": CODE, "WADMKD": "A", "WADMKC": "T"}, None, ("KDEPUM", "WADMKD")),
        ({"kd_kelurahan": CODE, "kelurahan": "A", "kecamatan": "T"}, None, ("kd_kelurahan", "kelurahan")),
        ({"kode_kec": "32.99.01", "kecamatan": "T", "kota": "K"}, None, ("kode_kec", "kecamatan")),
        ({"kode_kel": CODE, "kode_kec": "32.99.01", "nama": "A"}, AreaLevel.KECAMATAN, ("kode_kec", "nama")),
        ({"id": CODE, "name": "A"}, None, ("id", "name")),
        ({"code": CODE, "kode": "3299011001", "name": "A", "nama": "A"}, None, None),
        ({"code": CODE, "kode": CODE, "name": "A", "nama": "A"}, None, ("code", "name")),
    ],
)
def test_fields_are_known_by_the_names_that_tables_use(row, level, expected):
    found = find_fields([row], FieldOptions(level=level))
    if expected is None:
        assert isinstance(found, FieldError)
        assert "--code-field" in found.message.said(ENGLISH)
    else:
        assert isinstance(found, Fields)
        assert (found.code, found.name) == expected


def test_an_option_settles_what_is_ambiguous_and_is_held_to_the_file():
    row = {"code": CODE, "kode": "x", "name": "A", "nama": "B"}
    found = find_fields([row], FieldOptions(code="CODE", name="nama"))
    assert isinstance(found, Fields)
    assert (found.code, found.name) == ("code", "nama")
    missing = find_fields([row], FieldOptions(population="jiwa"))
    assert isinstance(missing, FieldError)
    assert missing.field == "population_field"
    assert "code, kode, name, nama" in missing.message.said(ENGLISH)


def test_a_serial_is_joined_to_its_parents_code():
    found = read(feature("1001", "Anggrek", GOOD, kode_kec="32.99.01")).features[0]
    assert (found.code, found.parent_code) == ("32.99.01.1001", "32.99.01")


def test_a_parent_field_may_hold_names():
    options = FieldOptions(parent="induk")
    found = read(feature(CODE, "Anggrek", GOOD, induk="Taman Sari"), options=options).features[0]
    assert found.names_above == {AreaLevel.KECAMATAN: "Taman Sari"}


# --- properties of whole files


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_features_is_no_matter(chance: random.Random):
    whole = town()["features"]
    # One that overlaps a little and one that is refused make the order count, if it could.
    whole[0]["geometry"] = square(0, 0, width=1.002)
    whole[8]["geometry"] = square(1.5, 2, width=1.5)
    shuffled = chance.sample(whole, len(whole))
    one, other = read(*whole), read(*shuffled)
    assert [(f.code, f.name, shapely.to_wkb(f.outline), f.repairs) for f in one.accepted] == [
        (f.code, f.name, shapely.to_wkb(f.outline), f.repairs) for f in other.accepted
    ]
    assert {f.code: {r.said(ENGLISH) for r in f.refusals} for f in one.refused} == {
        f.code: {r.said(ENGLISH) for r in f.refusals} for f in other.refused
    }


@given(st.integers(0, 10**6))
def test_the_invented_city_is_read_without_a_repair(seed):
    city = demo_city(seed)
    answer = survey(json.loads(json.dumps(city)), FieldOptions())
    assert isinstance(answer, Survey)
    assert len(answer.accepted) == 31
    assert not any(one.repairs for one in answer.accepted)
