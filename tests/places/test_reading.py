"""Files of areas: strict JSON, and the formats of the extra gis."""

from __future__ import annotations

import builtins
import json
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.errors import Invalid
from app.places.rules import FieldOptions, Survey, survey
from app.places.service import read_file
from app.places.service.reading import DEEPEST, MAX_BYTES, parse_geojson
from tests.places.drawing import square, town

GOOD = json.dumps(town()).encode()

BAD_CONTENT = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t ", "empty"),
    "words": (b"kelurahan", "malformed"),
    "cut off": (GOOD[:-20], "malformed"),
    "trailing": (GOOD + b"]", "malformed"),
    "trailing comma": (b'{"type": "FeatureCollection", "features": [],}', "malformed"),
    "a list": (b"[]", "malformed"),
    "a number": (b"12", "malformed"),
    "NaN": (b'{"type": NaN}', "not_a_number"),
    "Infinity": (b'{"type": [-Infinity]}', "not_a_number"),
    "name twice": (b'{"type": "FeatureCollection", "type": "x"}', "duplicate_key"),
    "name twice below": (b'{"features": [{"a": 1, "a": 1}]}', "duplicate_key"),
    "deep": (b'{"a":' * 40 + b"1" + b"}" * 40, "too_deep"),
    "very deep": (b"[" * 1_000_000, "too_deep"),
    "long number": (b'{"a": ' + b"9" * 5000 + b"}", "malformed"),
    "incomplete character": (rb'{"type": "FeatureCollection", "features": [], "name": "a\ud83d"}', "malformed"),
    "UTF-16": (json.dumps(town()).encode("utf-16"), "encoding"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "encoding"),
}


@pytest.mark.parametrize(("content", "code"), BAD_CONTENT.values(), ids=BAD_CONTENT.keys())
def test_what_is_no_strict_json_is_refused_with_a_sentence(content, code):
    with pytest.raises(Invalid) as caught:
        parse_geojson(content)
    (error,) = caught.value.errors
    assert (error.field, error.code) == ("file", code)
    assert error.message.said(INDONESIAN) != error.message.said(ENGLISH)


def test_brackets_in_names_are_no_depth():
    assert parse_geojson(json.dumps({"a": "[" * 100 + '"}'}).encode())["a"].startswith("[[[")


def test_a_letter_written_as_two_halves_is_whole():
    assert parse_geojson(rb'{"name": "\ud83c\udf33"}') == {"name": "\N{DECIDUOUS TREE}"}


def test_a_byte_order_mark_is_no_matter():
    assert parse_geojson(b"\xef\xbb\xbf" + GOOD) == town()


@given(st.integers(1, 60))
def test_the_depth_is_counted_exactly(levels):
    content = b'{"a":' * levels + b"1" + b"}" * levels
    if levels <= DEEPEST:
        assert parse_geojson(content)
    else:
        with pytest.raises(Invalid):
            parse_geojson(content)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content):
    with suppress(Invalid):
        assert isinstance(parse_geojson(content), dict)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path):
    file = tmp_path / "huge.geojson"
    with file.open("wb") as out:
        out.truncate(MAX_BYTES + 1)
    with pytest.raises(Invalid) as caught:
        read_file(file)
    assert caught.value.errors[0].code == "too_large"


def test_a_zip_is_told_to_be_unpacked(tmp_path: Path):
    file = tmp_path / "batas.zip"
    file.write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(Invalid, match="need correcting") as caught:
        read_file(file)
    assert caught.value.errors[0].code == "zipped"


# --- GeoPackage and Shapefile


def write(file: Path, crs: str | None = "EPSG:4326", layer: str = "kelurahan", *, append: bool = False) -> Path:
    raw = pytest.importorskip("pyogrio.raw", reason="the extra gis is not installed")
    features = town()["features"]
    columns = {
        "kode": np.array([one["properties"]["code"] for one in features], dtype=object),
        "nama": np.array([one["properties"]["name"] for one in features], dtype=object),
        "penduduk": np.array([np.nan, *range(1000, 1008)]),
    }
    raw.write(
        file,
        geometry=np.array([shapely.to_wkb(shape(one["geometry"])) for one in features], dtype=object),
        field_data=list(columns.values()),
        fields=list(columns),
        layer=layer,
        geometry_type="Polygon",
        crs=crs,
        append=append,
        driver="GPKG" if file.suffix == ".gpkg" else "ESRI Shapefile",
    )
    return file


@pytest.mark.parametrize("name", ["batas.gpkg", "batas.shp"])
def test_geopackage_and_shapefile_are_read_like_geojson(tmp_path: Path, name):
    found = survey(read_file(write(tmp_path / name)), FieldOptions())
    assert isinstance(found, Survey)
    assert not found.refused
    assert [one.code for one in found.accepted] == [f"32.99.01.100{n}" for n in range(1, 10)]
    assert [one.population for one in found.accepted] == [None, *range(1000, 1008)]
    assert found.accepted[0].outline.equals(shape(square(0, 0)))


def test_another_projection_is_refused_by_its_name(tmp_path: Path):
    problem = survey(read_file(write(tmp_path / "utm.gpkg", "EPSG:32748")), FieldOptions())
    assert problem.field == "crs"
    assert "32748" in problem.message.said(ENGLISH)
    assert "ogr2ogr" in problem.message.said(INDONESIAN)


def test_the_national_datum_is_as_good(tmp_path: Path):
    assert isinstance(survey(read_file(write(tmp_path / "srgi.gpkg", "EPSG:9470")), FieldOptions()), Survey)


def test_one_of_several_layers_is_asked_for(tmp_path: Path):
    file = write(tmp_path / "batas.gpkg")
    write(file, layer="kecamatan", append=True)
    with pytest.raises(Invalid) as caught:
        read_file(file)
    assert "kelurahan, kecamatan" in caught.value.errors[0].message.said(ENGLISH)
    assert len(read_file(file, "kecamatan")["features"]) == 9
    with pytest.raises(Invalid) as caught:
        read_file(file, "desa")
    assert caught.value.errors[0].field == "layer"


@pytest.mark.parametrize("start", [b"SQLite format 3\x00", b"\x00\x00\x27\x0a"])
def test_a_broken_geopackage_or_shapefile_is_refused(tmp_path: Path, start):
    pytest.importorskip("pyogrio", reason="the extra gis is not installed")
    file = tmp_path / ("broken.gpkg" if start[0] else "broken.shp")
    file.write_bytes(start + b"\x01" * 200)
    with pytest.raises(Invalid) as caught:
        read_file(file)
    assert caught.value.errors[0].code == "malformed"


def test_without_the_extra_one_line_says_how_to_get_it(tmp_path: Path, monkeypatch):
    file = write(tmp_path / "batas.gpkg")
    for name in [name for name in sys.modules if name.startswith("pyogrio")]:
        monkeypatch.delitem(sys.modules, name)
    plain_import = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("pyogrio"):
            raise ImportError(name)
        return plain_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(Invalid) as caught:
        read_file(file)
    assert caught.value.errors[0].code == "needs_gis"
    assert "sabuk-hijau[gis]" in caught.value.errors[0].message.said(INDONESIAN)
