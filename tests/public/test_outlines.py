"""The outlines that maps are drawn on: all of them, light, and the same until the places change."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
import shapely

from app.places import service as places
from app.places.service import ImportOptions
from app.web.compression import LEVEL
from tests.factories.city import CITY, IN_MELATI, LONG_AGO, MELATI, make_city
from tests.places.drawing import collection, feature, square

LIGHT = 24 * 1024
"""Bytes of gzip for the 151 kelurahan of Bandung."""
REAL = Path(os.environ.get("SABUK_PLACES", "")) / "bandung_kelurahan.geojson"


def test_the_outlines_of_every_kelurahan(page, session):
    make_city(session)
    answer = page.get("/api/v1/outlines.geojson")
    assert answer.content_type == "application/geo+json"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    told = {each["id"]: each for each in answer.json["features"]}
    assert len(told) == 4
    assert told[MELATI]["properties"] == {"name": "Melati", "kecamatan": "Barat"}
    assert shapely.from_geojson(json.dumps(told[MELATI]["geometry"])).contains(shapely.Point(IN_MELATI.lon, IN_MELATI.lat))


def test_those_of_one_city_alone(page, session):
    make_city(session)
    other = collection(
        feature("32.98.01.1001", "Jauh", square(9, 9), district="Sana", regency="Kota Lain"), source="invented for tests"
    )
    places.import_areas(session, other, ImportOptions(), now=LONG_AGO)
    assert len(page.get("/api/v1/outlines.geojson").json["features"]) == 5
    assert [each["id"] for each in page.get("/api/v1/outlines.geojson?city=32.98").json["features"]] == ["32.98.01.1001"]
    assert len(page.get(f"/api/v1/outlines.geojson?city={CITY}").json["features"]) == 4


def test_where_nothing_is_there_the_collection_is_empty(page):
    assert page.get("/api/v1/outlines.geojson").json == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("asked", ["city=99", f"city={MELATI}", "town=32.99"])
def test_what_is_no_city_is_named(page, session, asked):
    make_city(session)
    problem = page.get(f"/api/v1/outlines.geojson?{asked}", status=422).json
    assert problem["errors"][0]["field"] == asked.partition("=")[0]


def test_whoever_has_them_is_told_that_nothing_has_changed(page, session):
    make_city(session)
    mark = page.get("/api/v1/outlines.geojson").headers["ETag"]
    assert page.get("/api/v1/outlines.geojson", status=304, headers={"If-None-Match": mark}).data == b""


@pytest.mark.skipif(not REAL.is_file(), reason="SABUK_PLACES names no folder with Bandung's kelurahan")
def test_a_real_city_is_light_and_no_kelurahan_is_lost(page, session):
    places.import_areas(session, json.loads(REAL.read_text()), ImportOptions(), now=LONG_AGO)
    answer = page.get("/api/v1/outlines.geojson")
    assert len(gzip.compress(answer.data, LEVEL)) <= LIGHT
    features = answer.json["features"]
    assert len(features) == 151
    shapes = [shapely.from_geojson(json.dumps(each["geometry"])) for each in features]
    assert all(shape.is_valid and shape.area > 0 for shape in shapes)
