"""Every table has its file beside it, and each opens for whoever may see the table."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.people.models import Account
from app.settings import ROOT
from tests.factories.actions import make_action, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import CITY, MELATI
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.spreadsheet import rows_of

SignedIn = Callable[[Account], PageClient]

WITHOUT = {
    "admin/import_report.html": "of a file that was sent in and is not kept",
    "admin/sites_report.html": "the same",
    "admin/import_sites.html": "shows how a file is to be written",
    "people/invite_many.html": "the same",
    "people/invited_many.html": "of the moment, with telephone numbers that are not kept",
    "admin/programme_differences.html": "of rules that are only looked at",
    "components/table.html": "writes its own",
    "public/board_rows.html": "board.html has it",
}
"""Template -> why its tables have no files."""


def test_every_table_of_a_page_has_its_file_beside_it() -> None:
    folder, seen = ROOT / "templates", set()
    for file in sorted(folder.rglob("*.html")):
        name, text = file.relative_to(folder).as_posix(), file.read_text()
        tables = len(re.findall(r"<table\b", text)) + len(re.findall(r"{{ table\(", text))
        if tables and name not in WITHOUT:
            files = len(re.findall(r'<a (?:class="small" )?href="[^>]*" download', text)) + len(
                re.findall(r"{{ table\(.*csv=", text)
            )
            assert files >= tables, name
        seen |= {name} if tables else set()
    assert set(WITHOUT) <= seen, "each exception is still one"


OTHERS = ["/admin/pekerjaan.csv", "/admin/pekerjaan/harian.csv", "/admin/program/gps/versi/1/jenjang.csv"]
AREA = [f"/admin/wilayah/{MELATI}/{table}.csv" for table in ("bawah", "batas", "kode")]


@pytest.mark.parametrize("path", [*AREA, *OTHERS])
def test_the_files_of_an_administrator_open_for_them_alone(signed_in: SignedIn, session: Session, cast: Cast, path: str) -> None:
    admin = make_account(session, "admin", f"administrator@{CITY}")
    signed_in(cast.lurah).get(path, status=403)
    rows = rows_of(signed_in(admin).get(path))
    assert len({len(row) for row in rows}) == 1
    lines = session.scalars(select(AuditLine).where(AuditLine.kind == "places.export")).all()
    assert [line.account_id for line in lines] == ([admin.id] if path in AREA else [])
    english = rows_of(signed_in(admin).get(path, headers={"Accept-Language": "en"}), "en")
    assert english[0] != rows[0]


def test_the_rws_of_a_kelurahan_keep_their_zeros(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    admin = make_account(session, "admin", f"administrator@{CITY}")
    rows = rows_of(signed_in(admin).get(f"/admin/wilayah/{MELATI}/bawah.csv"))
    assert rows[1] == [f"{MELATI}/05", "RW", "RW 05", "", ""]


def test_the_circles_of_a_site_are_for_whoever_may_touch_them(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    path = f"/admin/lokasi/{cast.office.uuid}/lingkaran.csv"
    signed_in(cast.budi).get(path, status=403)
    signed_in(make_account(session, "jauh", "officer@32.99.02.1001")).get(path, status=404)
    assert rows_of(signed_in(cast.lurah).get(path))[1][2:5] == ["-6,945", "107,605", "200"]


def test_whoever_takes_small_counts_away_leaves_a_line(
    signed_in: SignedIn, page: PageClient, session: Session, cast: Cast, clock: Clock
) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi), note="dilihat")
    path = f"/kelurahan/{MELATI}/rekap.csv?period=2026-11"
    assert "RW 05" not in {row[1] for row in rows_of(page.get(path)) if row[0] == "gps"}
    answer = signed_in(cast.lurah).get(path)
    assert "RW 05" in {row[1] for row in rows_of(answer) if row[0] == "gps"}
    assert answer.headers["Cache-Control"] == "no-store, private"
    (line,) = session.scalars(select(AuditLine).where(AuditLine.kind == "recap.export")).all()
    assert (line.account_id, line.details["filter"]) == (cast.lurah.id, {"wilayah": MELATI, "periode": "2026-11"})


def test_the_months_and_the_method_have_files_too(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi), note="dilihat")
    months = [row for row in rows_of(page.get(f"/kelurahan/{MELATI}/bulan.csv")) if row[0] == "gps"]
    assert len(months) == 12
    assert months[-1][1:4] == ["2026-11", "Aksi", "1"]
    assert len(rows_of(page.get("/metode.csv"))) > 5
