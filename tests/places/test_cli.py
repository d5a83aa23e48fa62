"""`sabuk places import`: a report per feature, nothing half done."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.cli import sabuk
from app.core.geo import Point
from app.database import db
from app.places import queries
from app.places.models import Area, AreaOutline
from app.places.rules import AreaLevel, FieldOptions, area_km2, survey
from tests.places.drawing import collection, feature, kelurahan, polygon, ragged_city, square, town

REAL = Path(os.environ.get("SABUK_PLACES", "/nowhere"))
needs_bandung = pytest.mark.skipif(
    not (REAL / "bandung_kelurahan.geojson").exists(),
    reason="Bandung's outlines are not here: SABUK_PLACES names the folder with bandung_kelurahan.geojson",
)


@pytest.fixture
def run(app: Flask, session, tmp_path: Path):
    """Runs the command on a file with this content."""

    def run(content: object, *words: str, name: str = "file.geojson"):
        file = tmp_path / name
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        return app.test_cli_runner().invoke(sabuk, ["places", "import", str(file), *words])

    return run


def areas(session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Area))


def test_each_feature_has_its_line_and_the_end_sums_up(run, session):
    done = run(town())
    assert done.exit_code == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["No", "Code", "Name", "Outcome", "Notes"]
    assert lines[1].split() == ["1", "32.99.01.1001", "Anggrek", "added"]
    assert lines[10].split() == ["-", "32.99", "Kota", "Uji", "added"]
    assert lines[-1] == "Imported. 9 areas in the file: 9 added. Areas that they lie in: 2 added."
    assert len({line.index("added") for line in lines[1:-1]}) == 1
    assert areas(session) == 11


def test_again_everything_is_unchanged(run, session):
    run(town())
    again = run(town())
    assert again.exit_code == 0
    assert again.stdout.splitlines()[-1] == "Imported. 9 areas in the file: 9 unchanged."


def test_a_dry_run_changes_nothing(run, session):
    dry = run(town(), "--dry-run")
    assert dry.exit_code == 0
    assert dry.stdout.splitlines()[-1].startswith("Dry run, nothing was changed. 9 areas in the file: 9 added.")
    assert areas(session) == 0


def test_a_careless_city_is_imported_but_for_what_cannot_be(run, session):
    done = run(ragged_city())
    assert done.exit_code == 0, done.stdout
    assert "joined from 2 parts (with features 51)" in done.stdout
    summary = done.stdout.splitlines()[-1]
    assert summary.startswith("Imported. 52 areas in the file: 49 added, ")
    assert "2 merged, 1 refused." in summary
    assert "mend them and import the file again" in summary
    assert areas(session) == 49 + 9 + 1
    again = run(ragged_city())
    assert again.stdout.splitlines()[-1].startswith("Imported. 52 areas in the file: 49 unchanged, 2 merged, 1 refused.")


def test_a_file_of_which_much_is_refused_stops_as_a_whole_unless_asked_otherwise(run, session):
    bad = collection(kelurahan(1, 0, 0), feature("32.99.01.1002", "Beringin", polygon((0, 0), (1, 0), (1, 1), (0, 0))))
    done = run(bad)
    assert done.exit_code == 1
    assert "refused  it lies outside Indonesia" in done.stdout
    assert "letaknya di luar Indonesia" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Nothing was imported, because more than a fifth of the areas is refused:")
    assert areas(session) == 0
    skipped = run(bad, "--skip-refused")
    assert skipped.exit_code == 0
    assert areas(session) == 3


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        ("{", (), "file: The file is not valid JSON (line:column 1:2"),
        ("", (), "file: The file is empty."),
        ('{"a": NaN}', (), "NaN is not a JSON number"),
        (
            collection(),
            (),
            "file: The file cannot be read: it contains no area. (Berkas ini tidak terbaca: tidak berisi satu wilayah pun.)",
        ),
        (town() | {"crs": {"type": "name", "properties": {"name": "Peta Lama"}}}, (), "system that is not known (Peta Lama)"),
        (town(), ("--crs", "UTM"), "crs: The reference system"),
        (town(), ("--code-field", "kode"), 'code_field: the file has no field "kode"'),
        (collection(kelurahan(1, 0, 0, kode="x")), (), "--code-field"),
        (town(), ("--source", " "), "source:"),
        (town(), ("--register", "B P S"), "register:"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_on_standard_error(run, session, content, words, said):
    done = run(content, *words)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert areas(session) == 0


def test_another_level_than_asked_for_is_refused(run, session):
    done = run(town(), "--level", "kecamatan")
    assert done.exit_code == 1
    assert "its code is one of a kelurahan, not of a kecamatan" in done.stdout


def test_options_map_the_fields(run, session):
    odd = {"type": "Feature", "geometry": square(0, 0),
           "properties": {"ID2": "3299011001", "label": "Anggrek", "induk": "Taman", "orang": "12", "rumah": 4}}  # fmt: skip
    done = run(collection(odd), "--code-field", "id2", "--name-field", "label", "--parent-field", "induk", "--population-field",
               "orang", "--households-field", "rumah", "--source", "Kantor Pertanahan")  # fmt: skip
    assert done.exit_code == 0, done.output
    session.rollback()
    one = queries.areas(session).by_code("32.99.01.1001")
    assert (one.name, one.population, one.households) == ("Anggrek", 12, 4)
    assert queries.areas(session).by_code("32.99.01").name == "Taman"
    assert session.scalar(select(AreaOutline.source)) == "Kantor Pertanahan"


def test_help_has_an_example(app):
    done = app.test_cli_runner().invoke(sabuk, ["places", "import", "--help"])
    assert done.exit_code == 0
    assert "Example: sabuk places import kelurahan.geojson" in done.stdout
    assert "--dry-run" in done.stdout


def test_a_missing_file_is_told(app):
    done = app.test_cli_runner().invoke(sabuk, ["places", "import", "/nowhere/at/all.geojson"])
    assert done.exit_code == 2
    assert "does not exist" in done.stderr


KNOWN = {
    "Gedung Sate": (Point(107.61872, -6.90249), "32.73.09", "Citarum", "Bandung Wetan"),
    "Balai Kota": (Point(107.6097, -6.9105), "32.73.19", "Babakan Ciamis", "Sumur Bandung"),
    "Tegalega": (Point(107.6048, -6.9344), "32.73.11", "Ciateul", "Regol"),
}


@needs_bandung
@pytest.mark.parametrize("order", [("kelurahan", "kecamatan"), ("kecamatan", "kelurahan")])
def test_bandung_is_taken_as_it_is_in_any_order(app, session, order):
    for name in order:
        done = app.test_cli_runner().invoke(sabuk, ["places", "import", str(REAL / f"bandung_{name}.geojson")])
        assert done.exit_code == 0, done.output
        assert "repaired" not in done.stdout
    session.rollback()
    index = queries.areas(session)
    assert [len(index.of_level(level)) for level in AreaLevel] == [1, 30, 151, 0]
    assert index.by_code("32.73").name == "Kota Bandung"
    assert sum(entry.area_km2 for entry in index.of_level(AreaLevel.KELURAHAN)) == pytest.approx(166.587, rel=1e-3)
    for point, kecamatan, name, above in KNOWN.values():
        ground = queries.kelurahan_at(session, point)
        assert ground.kelurahan_name == name
        assert (index.by_id[ground.kecamatan_id].code, index.by_id[ground.kecamatan_id].name) == (kecamatan, above)
    for name in order:
        again = app.test_cli_runner().invoke(sabuk, ["places", "import", str(REAL / f"bandung_{name}.geojson")])
        count = len(index.of_level(AreaLevel(name)))
        assert again.stdout.splitlines()[-1] == f"Imported. {count} areas in the file: {count} unchanged."
    db.session.rollback()


@needs_bandung
def test_the_areas_of_bandungs_file_are_ours_within_a_thousandth():
    collection_of = json.loads((REAL / "bandung_kelurahan.geojson").read_text())
    from_file = {one["properties"]["code"]: one["properties"]["area_km2"] for one in collection_of["features"]}
    ours = {one.code: area_km2(one.outline) for one in survey(collection_of, FieldOptions()).features}
    assert ours == pytest.approx(from_file, rel=1e-3, abs=1e-4)
