"""A table of schools and workplaces: told row by row, carried out once however often it comes."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.catalogue import ENGLISH
from app.core.errors import Invalid
from app.core.geo import Point
from app.core.spreadsheets import folded, read_sheet
from app.places.models import Site, SiteKind
from app.sites.rules.site_rows import SiteRow, read_row
from app.sites.service import SiteOutcome, SitesReport, import_sites
from tests.factories.actions import NOW
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import AT_SEA, CITY, IN_KENANGA, IN_MELATI, MELATI

HEAD = "NPSN;Nama Satuan Pendidikan;Bentuk Pendidikan;Lintang;Bujur;Kelurahan;Siswa"


def row(npsn="20219399", name="SDN Kenanga 2", kind="SD", at=IN_KENANGA, kelurahan="", pupils="") -> str:
    return f"{npsn};{name};{kind};{at.lat};{at.lon};{kelurahan};{pupils}"


def put(session: Session, *rows: str, **options) -> SitesReport:
    return import_sites(session, read_sheet("\n".join([HEAD, *rows]).encode()), **{"by": None, "now": NOW, **options})


def outcomes(report: SitesReport) -> list[SiteOutcome]:
    return [line.outcome for line in report.lines]


def notes(report: SitesReport) -> str:
    return "; ".join(note.said(ENGLISH) for line in report.lines for note in line.notes)


def sites(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Site)) or 0


@pytest.mark.parametrize(("cells", "expected"), [
    ({"nama": "A", "lintang": "-6.9", "bujur": "107.6", "npsn": "20219345"}, (SiteKind.SCHOOL, Point(107.6, -6.9))),
    ({"nama": "A", "lintang": "107,6", "bujur": "-6,9", "jenis": "SMP"}, (SiteKind.SCHOOL, Point(107.6, -6.9))),
    ({"name": "A", "Koordinat": "-6.9, 107.6", "kind": "Workplace"}, (SiteKind.WORKPLACE, Point(107.6, -6.9))),
    ({"nama": "A", "titik": "-6,90249; 107,61872", "jenis": "Kantor"}, (SiteKind.WORKPLACE, Point(107.61872, -6.90249))),
    ({"nama": "A", "lintang": "0", "bujur": "0", "jenis": "SD"}, "position"),
    ({"nama": "A", "lintang": "x", "bujur": "107", "jenis": "SD"}, "position"),
    ({"nama": "A", "lintang": "nan", "bujur": "inf", "jenis": "SD"}, "position"),
    ({"nama": "", "lintang": "-6.9", "bujur": "107.6", "jenis": "SD"}, "name"),
    ({"nama": "A", "lintang": "-6.9", "bujur": "107.6"}, "kind"),
    ({"nama": "A", "lintang": "-6.9", "bujur": "107.6", "jenis": "rumah"}, "kind"),
    ({"nama": "A", "lintang": "-6.9", "bujur": "107.6", "npsn": "123"}, "NPSN"),
    ({"nama": "A", "lintang": "-6.9", "bujur": "107.6", "npsn": "20219345", "siswa": "12,5"}, "pupils"),
])  # fmt: skip
def test_a_row_is_read_as_registers_write_it(cells, expected):
    read = read_row(2, {folded(name): value for name, value in cells.items()})
    if isinstance(expected, str):
        assert isinstance(read, tuple)
        assert expected in "; ".join(problem.said(ENGLISH) for problem in read)
    else:
        assert isinstance(read, SiteRow)
        assert (read.kind, read.centre) == expected


def test_the_same_table_twice_changes_nothing(session: Session, cast: Cast):
    before = sites(session)
    table = (row(pupils="412"), row("", "Kantor Kenanga", "kantor"))
    assert outcomes(put(session, *table, is_dry_run=True)) == [SiteOutcome.ADDED] * 2
    assert sites(session) == before
    assert outcomes(put(session, *table)) == [SiteOutcome.ADDED] * 2
    made = session.scalars(select(Site).where(Site.npsn == "20219399")).one()
    assert (made.name, made.pupils, made.confirmed_at) == ("SDN Kenanga 2", 412, None)
    assert outcomes(put(session, *table)) == [SiteOutcome.UNCHANGED] * 2
    assert outcomes(put(session, row(pupils="420"))) == [SiteOutcome.COUNTED]
    assert sites(session) == before + 2


def test_what_is_known_otherwise_is_told_and_left(session: Session, cast: Cast):
    report = put(session, row(NPSN, "Nama Lain", at=IN_KENANGA))
    assert outcomes(report) == [SiteOutcome.UNCHANGED]
    assert "is called" in notes(report)
    assert "m from the one" in notes(report)


def test_one_bad_row_keeps_nobody_out(session: Session, cast: Cast):
    report = put(session, row("123"), row(), row(), row("20219398", "Di laut", at=AT_SEA), row("20219397", kelurahan="Mawar"))
    assert outcomes(report) == [
        SiteOutcome.REFUSED, SiteOutcome.ADDED, SiteOutcome.UNCHANGED, SiteOutcome.REFUSED, SiteOutcome.ADDED,
    ]  # fmt: skip
    assert "same as row 3" in notes(report)
    assert "outside every kelurahan" in notes(report)
    assert "the table says kelurahan Mawar" in notes(report)


def test_a_school_without_its_number_is_not_made_twice(session: Session, cast: Cast):
    assert outcomes(put(session, row("", "SDN Kenanga 2"))) == [SiteOutcome.ADDED]
    assert outcomes(put(session, row("20219399", "SDN KENANGA 2"))) == [SiteOutcome.UNCHANGED]


def test_nobody_adds_or_counts_beyond_their_reach(session: Session, cast: Cast):
    officer = make_account(session, "petugas.melati", f"officer@{MELATI}")
    report = put(session, row(at=IN_KENANGA), row("20219398", "SDN Melati 9", at=IN_MELATI), by=officer, confirms=True)
    assert outcomes(report) == [SiteOutcome.REFUSED, SiteOutcome.ADDED]
    assert "outside your area" in notes(report)
    made = session.scalars(select(Site).where(Site.npsn == "20219398")).one()
    assert made.confirmed_by == officer.id
    put(session, row("20219396", "SDN Kenanga 3", at=IN_KENANGA, pupils="10"))
    assert outcomes(put(session, row("20219396", "SDN Kenanga 3", at=IN_KENANGA, pupils="99"), by=officer)) == [
        SiteOutcome.UNCHANGED
    ]


def test_a_volunteer_of_a_site_counts_nothing_there(session: Session, cast: Cast):
    admin = make_account(session, "admin.kota", f"administrator@{CITY}", f"volunteer@npsn:{NPSN}")
    school = session.scalars(select(Site).where(Site.npsn == NPSN)).one()
    before = school.pupils
    put(session, row(NPSN, school.name, at=IN_MELATI, pupils="7"), by=admin)
    assert school.pupils == before


def test_a_table_without_its_columns_is_refused(session: Session):
    with pytest.raises(Invalid) as caught:
        import_sites(session, read_sheet(b"a,b\n1,2\n"), by=None, now=NOW)
    assert caught.value.errors[0].code == "columns"
