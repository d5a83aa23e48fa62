"""Files of areas: strict JSON, GeoPackage, Shapefile, ZIP; reference systems; letters."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyogrio import raw
from shapely.geometry import shape

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.errors import Invalid
from app.places.rules import FieldOptions, Survey, survey
from app.places.rules.letters import is_mangled
from app.places.service import read_bytes, read_file
from app.places.service.archives import MAX_UNPACKED_BYTES
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


# --- GeoPackage and Shapefile


def write(
    file: Path,
    crs: str | None = "EPSG:4326",
    layer: str = "kelurahan",
    *,
    append: bool = False,
    names: list[str] | None = None,
    encoding: str | None = None,
) -> Path:
    """The town in that reference system."""
    features = town()["features"]
    columns = {
        "kode": np.array([one["properties"]["code"] for one in features], dtype=object),
        "nama": np.array(names or [one["properties"]["name"] for one in features], dtype=object),
        "penduduk": np.array([np.nan, *range(1000, 1008)]),
    }
    change = pyproj.Transformer.from_crs("EPSG:4326", crs or "EPSG:4326", always_xy=True)
    outlines = [
        shapely.transform(shape(one["geometry"]), lambda x, y: change.transform(x, y), interleaved=False) for one in features
    ]
    raw.write(
        file,
        geometry=np.array([shapely.to_wkb(outline) for outline in outlines], dtype=object),
        field_data=list(columns.values()),
        fields=list(columns),
        layer=layer,
        geometry_type="Polygon",
        crs=crs,
        append=append,
        encoding=encoding,
        driver="GPKG" if file.suffix == ".gpkg" else "ESRI Shapefile",
    )
    return file


@pytest.mark.parametrize("name", ["batas.gpkg", "batas.shp"])
def test_geopackage_and_shapefile_are_read_like_geojson(tmp_path: Path, name):
    found = survey(read_file(write(tmp_path / name)).collection, FieldOptions())
    assert isinstance(found, Survey)
    assert not found.refused
    assert [one.code for one in found.accepted] == [f"32.99.01.100{n}" for n in range(1, 10)]
    assert [one.population for one in found.accepted] == [None, *range(1000, 1008)]
    assert found.accepted[0].outline.equals(shape(square(0, 0)))


def test_the_national_datum_is_as_good(tmp_path: Path):
    assert isinstance(survey(read_file(write(tmp_path / "srgi.gpkg", "EPSG:9470")).collection, FieldOptions()), Survey)


def test_one_of_several_layers_is_asked_for(tmp_path: Path):
    file = write(tmp_path / "batas.gpkg")
    write(file, layer="kecamatan", append=True)
    with pytest.raises(Invalid) as caught:
        read_file(file)
    assert "kelurahan, kecamatan" in caught.value.errors[0].message.said(ENGLISH)
    assert len(read_file(file, "kecamatan").collection["features"]) == 9
    with pytest.raises(Invalid) as caught:
        read_file(file, "desa")
    assert caught.value.errors[0].field == "layer"


@pytest.mark.parametrize("start", [b"SQLite format 3\x00", b"\x00\x00\x27\x0a"])
def test_a_broken_geopackage_or_shapefile_is_refused(tmp_path: Path, start):
    file = tmp_path / ("broken.gpkg" if start[0] else "broken.shp")
    file.write_bytes(start + b"\x01" * 200)
    with pytest.raises(Invalid) as caught:
        read_file(file)
    assert caught.value.errors[0].code == "malformed"


def test_a_projection_that_is_declared_is_brought_to_degrees(tmp_path: Path):
    told = read_file(write(tmp_path / "utm.gpkg", "EPSG:32748"))
    found = survey(told.collection, FieldOptions())
    assert isinstance(found, Survey)
    assert shapely.equals_exact(found.accepted[0].outline, shapely.multipolygons([shape(square(0, 0))]), 1e-7, normalize=True)
    assert told.notes[0].said(ENGLISH) == "Coordinates were brought from EPSG:32748 to degrees of WGS84."


def test_a_projection_that_nobody_declares_is_asked_for_and_then_taken(tmp_path: Path):
    file = write(tmp_path / "utm.shp", "EPSG:32748")
    file.with_suffix(".prj").unlink()
    refused = survey(read_file(file).collection, FieldOptions())
    assert "--crs" in refused.refused[0].refusals[0].said(ENGLISH)
    assert not survey(read_file(file, crs="32748").collection, FieldOptions()).refused
    with pytest.raises(Invalid) as caught:
        read_file(file, crs="UTM di sini")
    assert caught.value.errors[0].field == "crs"


def test_a_geojson_in_metres_is_brought_to_degrees_and_what_is_no_position_stays_to_be_refused(tmp_path: Path):
    whole = town() | {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::23833"}}}
    for one in whole["features"]:
        one["geometry"]["coordinates"] = [[[200_000, 759_000], [201_000, 759_000], [201_000, 760_000], [200_000, 759_000]]]
    whole["features"][1]["geometry"]["coordinates"] = [[["a", 1], [True, 2], [1, 2], [1, 1]]]
    file = tmp_path / "tm3.geojson"
    file.write_text(json.dumps(whole))
    found = survey(read_file(file).collection, FieldOptions())
    assert 2 in [one.number for one in found.refused]
    west, south, *_ = found.features[0].outline.bounds
    assert 94 < west < 142
    assert -12 < south < 7


# --- ZIP


def zipped(file: Path, *members: Path, folder: str = "", names: dict[str, str] | None = None) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.write(member, (names or {}).get(member.name, folder + member.name))
    return file


def parts(file: Path) -> list[Path]:
    return sorted(file.parent.glob(f"{file.stem}.*"))


def test_a_shapefile_in_a_zip_is_read_wherever_it_lies_there(tmp_path: Path):
    (tmp_path / "a").mkdir()
    shp = write(tmp_path / "a" / "batas.shp")
    file = zipped(tmp_path / "kota.zip", *parts(shp), folder="Data Kota/")
    assert len(read_file(file).collection["features"]) == 9
    assert len(read_bytes(file.read_bytes()).collection["features"]) == 9


def test_a_name_in_a_zip_leads_nowhere(tmp_path: Path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    shp = write(tmp_path / "a" / "b" / "batas.shp")
    names = {part.name: f"../../../escaped{part.suffix}" for part in parts(shp)}
    file = zipped(tmp_path / "a" / "kota.zip", *parts(shp), names=names)
    assert len(read_file(file).collection["features"]) == 9
    assert not list(tmp_path.glob("**/escaped*"))


def test_a_zip_of_several_layers_asks_which(tmp_path: Path):
    (tmp_path / "a").mkdir()
    one, other = write(tmp_path / "a" / "kelurahan.shp"), write(tmp_path / "a" / "kecamatan.shp")
    file = zipped(tmp_path / "kota.zip", *parts(one), *parts(other))
    with pytest.raises(Invalid) as caught:
        read_file(file)
    assert "kecamatan, kelurahan" in caught.value.errors[0].message.said(INDONESIAN)
    assert len(read_file(file, "kecamatan").collection["features"]) == 9
    with pytest.raises(Invalid):
        read_file(file, "desa")


def test_zips_that_hold_too_much_or_nothing_are_refused(tmp_path: Path, monkeypatch):
    (tmp_path / "a").mkdir()
    shp = write(tmp_path / "a" / "batas.shp")
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("areas.geojson", b" " * (MAX_UNPACKED_BYTES + 1))
    kmz, text, broken = tmp_path / "a.kmz", tmp_path / "b.zip", tmp_path / "c.zip"
    for file, name in ((kmz, "doc.kml"), (text, "baca.txt")):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(name, "x")
    broken.write_bytes(b"PK\x03\x04 and so on")
    lacking = zipped(tmp_path / "d.zip", *(part for part in parts(shp) if part.suffix != ".dbf"))
    for file, code in ((bomb, "too_large"), (kmz, "kml"), (text, "zipped"), (broken, "malformed"), (lacking, "incomplete")):
        with pytest.raises(Invalid) as caught:
            read_file(file)
        assert caught.value.errors[0].code == code
    assert ".dbf" in caught.value.errors[0].message.said(INDONESIAN)


def test_a_cut_zip_is_refused_wherever_it_is_cut(tmp_path: Path):
    (tmp_path / "a").mkdir()
    whole = zipped(tmp_path / "kota.zip", *parts(write(tmp_path / "a" / "batas.shp"))).read_bytes()
    for place in range(4, len(whole), len(whole) // 12):
        damaged = whole[:place] + b"\xff" + whole[place + 1 :]
        with suppress(Invalid):
            read_bytes(damaged)
        with pytest.raises(Invalid):
            read_bytes(whole[:place])


def test_kml_is_named_with_the_way_out(tmp_path: Path):
    with pytest.raises(Invalid) as caught:
        read_bytes(b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"></kml>')
    assert "QGIS" in caught.value.errors[0].message.said(ENGLISH)


def test_a_part_of_a_shapefile_alone_is_asked_for_as_a_zip(tmp_path: Path):
    with pytest.raises(Invalid) as caught:
        read_bytes(write(tmp_path / "batas.shp").read_bytes())
    assert "ZIP" in caught.value.errors[0].message.said(ENGLISH)


# --- letters


@pytest.mark.parametrize(("word", "is_so"), [
    ("Limboto", False), ("Cafe", False), ("Café", False), ("CafÃ©", True), ("Citarum â€“ Barat", True), ("Pu\ufffdncak", True),
    ("Ângela", False), ("1 m² Ã", False), ("", False),
])  # fmt: skip
def test_letters_read_in_a_wrong_encoding_are_known(word, is_so):
    assert is_mangled(word) is is_so


def test_a_table_in_utf8_that_does_not_say_so_is_read_as_it_and_told(tmp_path: Path):
    names = ["Café Barat", *(f"Uji {number}" for number in range(8))]
    file = write(tmp_path / "batas.shp", names=names, encoding="UTF-8")
    file.with_suffix(".cpg").unlink()
    told = read_file(file)
    assert told.collection["features"][0]["properties"]["nama"] == "Café Barat"
    assert "CafÃ© Barat" in told.notes[0].said(ENGLISH)


def test_mangled_letters_of_any_file_are_warned_of(tmp_path: Path):
    whole = town()
    whole["features"][3]["properties"]["name"] = "CafÃ©"
    assert "CafÃ©" in read_bytes(json.dumps(whole).encode()).notes[0].said(INDONESIAN)
    assert read_bytes(json.dumps(town()).encode()).notes == ()
