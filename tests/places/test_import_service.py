"""Importing areas: added, unchanged, changed with history, refused as a whole."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import shapely
from shapely.geometry import shape
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.core.catalogue import ENGLISH
from app.core.errors import Invalid
from app.core.geo import Point
from app.database import db
from app.database.transaction import write_transaction
from app.demo.service.city import CITY_NAME, demo_city, demo_sites
from app.places import queries, service
from app.places.models import Area, AreaCode, AreaOutline
from app.places.rules import AreaLevel, FieldOptions, ImportOutcome, ImportReport
from app.places.service import ImportOptions
from app.sites.service import facts
from tests.places.drawing import SIDE, SOUTH, WEST, collection, feature, kelurahan, square, town

pytestmark = pytest.mark.long_on_postgis

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
PLAIN = ImportOptions()


def put(session: Session, *features, now: datetime = NOW, options: ImportOptions = PLAIN) -> ImportReport:
    return service.import_areas(session, collection(*features, source="drawn for a test"), options, now=now)


def outcomes(report: ImportReport) -> dict[str, tuple[ImportOutcome, ...]]:
    return {line.code: line.outcomes for line in report.lines}


def stored(session: Session) -> list[tuple[object, ...]]:
    """Everything that an import writes, but for the numbers of rows."""
    session.expire_all()
    areas = session.execute(
        select(Area.code, Area.level, Area.name, Area.population, Area.households, Area.timezone).order_by(Area.code)
    )
    outlines = session.execute(
        select(Area.code, AreaOutline.outline, AreaOutline.valid_until).join(Area).order_by(Area.code, AreaOutline.valid_from)
    )
    return [*map(tuple, areas), *((code, shapely.to_wkt(outline), until) for code, outline, until in outlines)]


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def area(session: Session, code: str) -> Area:
    return session.scalars(select(Area).where(Area.code == code)).one()


def middle(column: float, row: float) -> Point:
    return Point(WEST + (column + 0.5) * SIDE, SOUTH + (row + 0.5) * SIDE)


def test_kelurahan_need_no_kecamatan_first(session):
    report = service.import_areas(session, town(), PLAIN, now=NOW)
    assert report.is_applied
    assert report.count(ImportOutcome.ADDED) == 11
    kecamatan, city = area(session, "32.99.01"), area(session, "32.99")
    assert (kecamatan.name, kecamatan.level, kecamatan.parent_id) == ("Taman", AreaLevel.KECAMATAN, city.id)
    assert (city.name, city.level, city.parent_id) == ("Kota Uji", AreaLevel.CITY, None)
    one = area(session, "32.99.01.1005")
    assert (one.name, one.parent_id, one.timezone, one.population) == ("Edelweis", kecamatan.id, "Asia/Jakarta", None)
    outline = session.scalars(select(AreaOutline).where(AreaOutline.area_id == one.id)).one()
    assert outline.outline.equals(shape(square(1, 1)))
    assert outline.area_km2 == pytest.approx(1.22, abs=0.02)
    assert outline.source == "drawn for a test"
    assert count(session, AreaCode) == 11


def test_a_second_import_finds_everything_unchanged(session):
    service.import_areas(session, town(), PLAIN, now=NOW)
    before = stored(session)
    report = service.import_areas(session, town(), PLAIN, now=LATER)
    assert {line.outcomes for line in report.lines} == {(ImportOutcome.UNCHANGED,)}
    assert len(report.lines) == 9
    assert stored(session) == before


def test_a_repaired_file_is_unchanged_the_second_time_and_still_told(session):
    parts = [feature("32.99.01.1001", "Anggrek", square(0, 0, width=1.002)), kelurahan(2, 1, 0)]
    first = put(session, *parts)
    assert any(ImportOutcome.REPAIRED in line.outcomes for line in first.lines)
    second = put(session, *parts, now=LATER)
    assert {line.outcomes for line in second.lines} == {(ImportOutcome.UNCHANGED,)}
    assert any(line.notes for line in second.lines)


def test_the_order_of_files_and_features_is_no_matter(session):
    kecamatan = feature("32.99.01", "Taman", square(0, 0, width=3, height=3), regency="Kota Uji")
    service.import_areas(session, town(), PLAIN, now=NOW)
    put(session, kecamatan)
    one_way = stored(session)
    session.rollback()
    put(session, kecamatan)
    put(session, *town()["features"][::-1])
    assert stored(session) == one_way


def test_a_dry_run_tells_the_same_and_changes_nothing(session):
    dry = service.import_areas(session, town(), ImportOptions(is_dry_run=True), now=NOW)
    assert not dry.is_applied
    assert count(session, Area) == count(session, AuditLine) == 0
    wet = service.import_areas(session, town(), PLAIN, now=NOW)
    assert dry.lines == wet.lines


def test_a_dry_run_of_changes_leaves_areas_and_revision_alone(session):
    service.import_areas(session, town(), PLAIN, now=NOW)
    before = stored(session), queries.areas(session)
    dry = put(session, kelurahan(1, 0, 0, "Aster", population=7), now=LATER, options=ImportOptions(is_dry_run=True))
    assert dry.lines[0].outcomes == (ImportOutcome.RENAMED, ImportOutcome.FIGURES_CHANGED)
    assert stored(session) == before[0]
    assert queries.areas(session) is before[1]


def test_a_file_of_which_much_is_refused_leaves_everything_as_it_was(session):
    report = put(session, kelurahan(1, 0, 0), feature("32.99.01.1002", "Beringin", None))
    assert not report.is_applied
    assert [line.number for line in report.refused] == [2]
    assert outcomes(report)["32.99.01.1001"] == (ImportOutcome.ADDED,)
    assert count(session, Area) == 0


def test_one_bad_feature_of_many_keeps_nobody_out(session):
    whole = town()["features"]
    whole[4]["geometry"] = None
    report = put(session, *whole)
    assert report.is_applied
    assert [line.number for line in report.refused] == [5]
    assert count(session, Area) == 10
    # What was mended comes in when the file is imported again.
    assert put(session, *town()["features"], now=LATER).count(ImportOutcome.ADDED) == 1


def test_the_rest_is_imported_when_asked_for(session):
    options = ImportOptions(skips_refused=True)
    report = put(session, kelurahan(1, 0, 0), feature("32.99.01.1002", "Beringin", None), options=options)
    assert report.is_applied
    assert set(session.scalars(select(Area.code))) == {"32.99", "32.99.01", "32.99.01.1001"}


def test_a_changed_outline_ends_the_old_one(session):
    put(session, kelurahan(1, 0, 0))
    report = put(session, feature("32.99.01.1001", "Anggrek", square(0, 0, width=2)), now=LATER)
    assert report.lines[0].outcomes == (ImportOutcome.OUTLINE_CHANGED,)
    rows = session.scalars(select(AreaOutline).order_by(AreaOutline.valid_from)).all()
    assert [(row.valid_from, row.valid_until) for row in rows] == [(NOW, LATER), (LATER, None)]
    assert queries.kelurahan_at(session, middle(1, 0)) is not None


def test_a_kecamatan_gets_its_outline_and_name_when_its_own_file_comes(session):
    put(session, feature("32.99.01.1001", "Anggrek", square(0, 0)))
    assert (area(session, "32.99.01").name, area(session, "32.99").name) == ("belum diketahui", "belum diketahui")
    report = put(session, feature("32.99.01", "Taman", square(0, 0), regency="Kota Uji"), now=LATER)
    assert outcomes(report) == {
        "32.99.01": (ImportOutcome.OUTLINE_ADDED, ImportOutcome.RENAMED),
        "32.99": (ImportOutcome.RENAMED,),
    }
    assert (area(session, "32.99.01").name, area(session, "32.99").name) == ("Taman", "Kota Uji")


def test_a_new_code_of_the_same_name_and_parent_is_history_not_a_new_area(session):
    put(session, kelurahan(1, 0, 0), kelurahan(2, 1, 0))
    known = area(session, "32.99.01.1002").id
    ward = service.rw(session, known, "5", now=NOW)
    report = put(session, kelurahan(1, 0, 0), feature("32.99.01.1012", "Beringin", square(1, 0)), now=LATER)
    assert outcomes(report)["32.99.01.1012"] == (ImportOutcome.CODE_CHANGED,)
    session.expire_all()
    assert area(session, "32.99.01.1012").id == known
    assert ward.code == "32.99.01.1012/05"
    history = session.scalars(select(AreaCode).where(AreaCode.area_id == known).order_by(AreaCode.valid_from)).all()
    assert [(row.code, row.valid_until) for row in history] == [("32.99.01.1002", LATER), ("32.99.01.1012", None)]
    index = queries.areas(session)
    assert index.by_code("32.99.01.1002").id == known
    assert index.by_code("32.99.01.1002/05").id == ward.id


def test_codes_may_be_exchanged(session):
    put(session, kelurahan(1, 0, 0), kelurahan(2, 1, 0))
    first, second = area(session, "32.99.01.1001").id, area(session, "32.99.01.1002").id
    for one in (first, second):
        service.rw(session, one, "1", now=NOW)
    report = put(session, kelurahan(1, 1, 0, "Beringin"), kelurahan(2, 0, 0, "Anggrek"), now=LATER)
    assert set(outcomes(report).values()) == {(ImportOutcome.CODE_CHANGED,)}
    session.expire_all()
    assert (area(session, "32.99.01.1001").id, area(session, "32.99.01.1002").id) == (second, first)
    assert area(session, "32.99.01.1001/01").parent_id == second


def test_a_code_is_not_taken_from_an_area_that_the_file_leaves_out(session):
    put(session, kelurahan(1, 0, 0), kelurahan(2, 1, 0))
    report = put(session, kelurahan(1, 1, 0, "Beringin"), now=LATER)
    assert "still belongs to Anggrek" in report.refused[0].notes[0].said(ENGLISH)


def test_another_name_on_the_same_code_is_a_new_name(session):
    put(session, kelurahan(1, 0, 0))
    report = put(session, kelurahan(1, 0, 0, "Aster"), now=LATER)
    assert report.lines[0].outcomes == (ImportOutcome.RENAMED,)
    assert area(session, "32.99.01.1001").name == "Aster"
    assert put(session, kelurahan(1, 0, 0, "ASTER"), now=LATER).lines[0].outcomes == (ImportOutcome.UNCHANGED,)


def test_a_kecamatan_that_is_divided_keeps_its_kelurahan(session):
    put(session, kelurahan(1, 0, 0), kelurahan(2, 1, 0))
    known = area(session, "32.99.01.1002").id
    parted = feature("32.99.02.1001", "Beringin", square(1, 0), district="Taman Baru", regency="Kota Uji")
    report = put(session, kelurahan(1, 0, 0), parted, now=LATER)
    assert outcomes(report)["32.99.02.1001"] == (ImportOutcome.CODE_CHANGED, ImportOutcome.MOVED)
    session.expire_all()
    moved = area(session, "32.99.02.1001")
    assert moved.id == known
    assert moved.parent_id == area(session, "32.99.02").id


def test_a_renumbered_kecamatan_keeps_its_kelurahan(session):
    service.import_areas(session, town(), PLAIN, now=NOW)
    ids = {entry.name: entry.id for entry in queries.areas(session).by_id.values()}
    renumbered = json.loads(json.dumps(town()).replace("32.99.01", "32.99.31"))
    report = service.import_areas(session, renumbered, PLAIN, now=LATER)
    assert set(outcomes(report).values()) == {(ImportOutcome.CODE_CHANGED,)}
    session.expire_all()
    assert {entry.name: entry.id for entry in queries.areas(session).by_id.values()} == ids
    assert area(session, "32.99.31.1003").parent_id == area(session, "32.99.31").id


def test_two_areas_of_one_name_are_not_guessed_between(session):
    put(session, kelurahan(1, 0, 0, "Anggrek"), kelurahan(2, 1, 0, "Anggrek"))
    report = put(session, kelurahan(3, 2, 0, "Anggrek"), now=LATER)
    assert "fits several areas: 32.99.01.1001, 32.99.01.1002" in report.refused[0].notes[0].said(ENGLISH)


def test_real_overlaps_with_areas_that_stay_are_refused_and_thin_ones_told(session):
    put(session, kelurahan(1, 0, 0))
    wide = put(session, feature("32.99.01.1002", "Beringin", square(0.5, 0)), now=LATER)
    assert "overlaps 32.99.01.1001 Anggrek" in wide.refused[0].notes[0].said(ENGLISH)
    thin = put(session, feature("32.99.01.1002", "Beringin", square(0.999, 0)), now=LATER)
    assert thin.is_applied
    assert "overlaps 32.99.01.1001 Anggrek" in thin.lines[0].notes[0].said(ENGLISH)


def test_figures_are_kept_until_better_ones_come(session):
    put(session, kelurahan(1, 0, 0, population=1200, households="400"))
    assert (area(session, "32.99.01.1001").population, area(session, "32.99.01.1001").households) == (1200, 400)
    assert put(session, kelurahan(1, 0, 0, population=None), now=LATER).lines[0].outcomes == (ImportOutcome.UNCHANGED,)
    report = put(session, kelurahan(1, 0, 0, population=1300), now=LATER)
    assert report.lines[0].outcomes == (ImportOutcome.FIGURES_CHANGED,)
    assert (area(session, "32.99.01.1001").population, area(session, "32.99.01.1001").households) == (1300, 400)


def test_a_family_of_refusals_ends(session):
    """A mentioned kecamatan that cannot be told apart takes its kelurahan with it."""
    put(session, feature("32.99.01", "Taman", square(0, 0)), feature("32.99.02", "Taman", square(1, 0)))
    odd = feature("32.99.03.1001", "Baru", square(5, 0), district="Taman")
    report = put(session, odd, kelurahan(1, 0, 0), now=LATER)
    assert {line.code for line in report.refused} == {"32.99.03", "32.99.03.1001"}
    assert not report.is_applied


def test_codes_of_the_statistics_office_become_aliases(session):
    service.import_areas(session, town(), PLAIN, now=NOW)
    bps = ImportOptions(register="bps")
    districts = put(session, feature("3299010", "TAMAN", None), options=bps)
    assert outcomes(districts) == {"3299010": (ImportOutcome.ALIAS_ADDED,)}
    villages = put(session, feature("3299010004", "Dahlia", None), feature("3299010009", "Mawar", None), options=bps)
    assert "no kelurahan named Mawar" in villages.refused[0].notes[0].said(ENGLISH)
    assert not villages.is_applied
    put(session, feature("3299010004", "Dahlia", None), options=bps)
    index = queries.areas(session)
    assert index.by_code("3299010004").code == "32.99.01.1004"
    assert queries.find_place(session, "3299010").name == "Taman"
    again = put(session, feature("3299010004", "Dahlia", None), now=LATER, options=bps)
    assert again.lines[0].outcomes == (ImportOutcome.UNCHANGED,)
    assert count(session, AreaCode) == 13


def test_an_import_is_remembered(session):
    service.import_areas(session, town(), PLAIN, now=NOW)
    line = session.scalars(select(AuditLine)).one()
    assert (line.kind, line.account_id, line.details) == ("places.import", None, {"added": 11})


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (ImportOptions(register="B P S"), "register"),
        (ImportOptions(source=" "), "source"),
        (ImportOptions(source="x" * 401), "source"),
        (ImportOptions(FieldOptions(code="kode_wilayah")), "code_field"),
    ],
)
def test_bad_options_are_named(session, options, field):
    with pytest.raises(Invalid) as caught:
        service.import_areas(session, town(), options, now=NOW)
    assert caught.value.errors[0].field == field


def test_the_invented_city_goes_the_same_way(session):
    city = demo_city(7)
    report = service.import_areas(session, city, ImportOptions(is_demo=True), now=NOW)
    assert report.count(ImportOutcome.ADDED) == 31
    assert session.scalars(select(Area.is_demo).distinct()).all() == [True]
    assert area(session, "99.01").name == CITY_NAME
    for site in demo_sites(city, 7):
        added = facts.add_site(
            session,
            kind=site.kind,
            name=site.name,
            centre=site.centre,
            npsn=site.npsn,
            rw=site.rw,
            rt=site.rt,
            set_by=None,
            now=NOW,
        )
        assert added.kelurahan_id is not None
        assert added.rw_id is not None
    assert service.import_areas(session, city, ImportOptions(is_demo=True), now=LATER).count(ImportOutcome.UNCHANGED) == 31


def test_four_who_import_at_once_add_each_area_once(live_app):
    start = Barrier(4)

    def import_it(turn: int) -> int:
        with live_app.app_context():
            read = service.read_survey(town(), PLAIN)
            start.wait()
            with write_transaction(db.session()) as session:
                report = service.import_survey(session, read, PLAIN, source="drawn for a test", now=NOW + timedelta(seconds=turn))
                return report.count(ImportOutcome.ADDED)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(import_it, range(4))) == [0, 0, 0, 11]
    with live_app.app_context():
        assert (count(db.session(), Area), count(db.session(), AreaOutline), count(db.session(), AreaCode)) == (11, 9, 11)
