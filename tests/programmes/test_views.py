"""The programmes over the wire."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.programmes import service
from app.programmes.rules.definition import Definition
from tests.programmes.files import document_of

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def programmes(session):
    service.apply_bundled(session, now=NOW)


def test_the_programmes_stand_with_their_public_frame(page, programmes):
    listed = page.get("/api/v1/programmes").json["programmes"]
    assert [programme["code"] for programme in listed] == ["biopori", "gps"]
    for programme in listed:
        assert programme.keys() == Definition.model_fields.keys() | {"counts"}
        assert {"purpose", "change_management", "outcomes", "indicators", "costs", "savings"} <= programme["frame"].keys()
        assert {"code", "name", "definition", "unit", "method"} <= programme["frame"]["indicators"][0].keys()


def test_one_programme_is_told_as_its_file_says_it(page, programmes):
    gps = page.get("/api/v1/programmes/gps").json
    assert gps["days"] == ["monday", "wednesday", "friday"]
    assert gps["effective_from"] == "2014-06-23"
    assert gps["place"] == {"kind": "circle", "radius_m": 200, "smallest_radius_m": 100, "largest_radius_m": 300}
    assert list(gps["measures"]) == ["bags_small", "bags_large", "items", "kg", "kg_method"]
    assert gps["measures"]["kg"]["largest"] == 1000
    assert [rung["threshold"] for rung in gps["ladder"]["rungs"]] == [1, 25, 75, 200]
    assert gps["frame"]["costs"][0]["amount_low"] is None


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({}, "Gerakan Pungut Sampah (GPS)"),
        ({"headers": {"Accept-Language": "en-GB,en;q=0.9"}}, "Litter Picking Movement (GPS)"),
        ({"query_string": {"lang": "en"}}, "Litter Picking Movement (GPS)"),
    ],
)
def test_it_speaks_the_language_that_was_asked_for(page, programmes, asked, name):
    answer = page.get("/api/v1/programmes/gps", **asked)
    assert answer.json["name"] == name
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_whoever_has_it_already_gets_nothing_again(page, session, programmes):
    first = page.get("/api/v1/programmes/gps")
    assert "public" in first.headers["Cache-Control"]
    known = {"If-None-Match": first.headers["ETag"]}
    assert page.get("/api/v1/programmes/gps", status=304, headers=known).data == b""
    page.get("/api/v1/programmes/gps", headers=known | {"Accept-Language": "en"})


def test_a_version_to_come_is_not_told_yet(page, session, programmes):
    to_come = document_of("gps", version=2, effective_from="2199-01-01", place__radius_m=150)
    service.apply(session, to_come, applied_by=None, now=NOW)
    assert page.get("/api/v1/programmes/gps").json["version"] == 1


@pytest.mark.parametrize("code", ["gpx", "GPS", "gps%00"])
def test_an_unknown_programme_is_not_found(page, programmes, code):
    answer = page.get(f"/api/v1/programmes/{code}", status=404)
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"] == "Program ini tidak ada."


def test_no_programme_is_an_empty_list(page):
    assert page.get("/api/v1/programmes").json == {"programmes": []}
