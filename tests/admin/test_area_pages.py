"""`/admin/wilayah`: the tree, an area through time, its figures and RW; files of areas, looked at and then carried out."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.admin.rules.rw_lists import read_rws
from app.admin.service import uploads
from app.audit.models import AuditLine
from app.people.models import Account
from app.places import queries as places
from app.places.models import Area, AreaOutline
from app.places.service import areas_changed
from tests.factories.actions import NOW
from tests.factories.cast import Cast, make_account
from tests.factories.city import CITY, KENANGA, MELATI, WEST
from tests.page_client import PageClient
from tests.places.drawing import collection, feature, square
from tests.spreadsheet import rows_of

SignedIn = Callable[[Account], PageClient]


@pytest.fixture
def admin(session: Session, cast: Cast) -> Account:
    return make_account(session, "admin", f"administrator@{CITY}", full_name="Bu Admin")


def audit_lines(session: Session, kind: str) -> list[AuditLine]:
    return list(session.scalars(select(AuditLine).where(AuditLine.kind == kind).order_by(AuditLine.id)))


def stored(session: Session, code: str) -> Area:
    return session.scalars(select(Area).where(Area.code == code)).one()


def test_administrators_alone_keep_the_areas(cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    for path in ("", ".csv", f"/{MELATI}", f"/{MELATI}/angka", f"/{MELATI}/rw", "/impor"):
        for account in (cast.lurah, cast.guru, cast.citra):
            signed_in(account).get(f"/admin/wilayah{path}", status=403)
        signed_in(admin).get(f"/admin/wilayah{path}")


def test_the_tree_tells_what_is_not_known(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    stored(session, MELATI).population = 12_345
    areas_changed(session)
    shown = signed_in(admin).get("/admin/wilayah").text
    for said in ("Kecamatan Barat", ">Melati</a>", "12.345", "belum diketahui"):
        assert said in shown
    rows = rows_of(signed_in(admin).get("/admin/wilayah.csv"))
    assert rows[0] == ["Kode", "Tingkat", "Nama", "Kode induk", "Penduduk", "Rumah tangga", "km2"]
    assert [f"{MELATI}/05", "RW", "RW 05", MELATI] in [row[:4] for row in rows]
    assert audit_lines(session, "places.export")[0].details["rows"] == 8


def test_an_area_is_shown_through_time(cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    client = signed_in(admin)
    shown = client.get(f"/admin/wilayah/{MELATI}").text
    for said in ("Kelurahan Melati", "invented for tests", "kemendagri", "RW 05", f"/admin/lokasi?wilayah={MELATI}"):
        assert said in shown
    assert "Tambah RW" not in client.get(f"/admin/wilayah/{WEST}").text
    assert client.get("/admin/wilayah/3299011001", status=303).location == f"/admin/wilayah/{MELATI}"
    for code in ("1.2.3", "99", "x"):
        client.get(f"/admin/wilayah/{code}", status=404)
    client.get(f"/admin/wilayah/{WEST}/rw", status=404)


def test_the_tree_is_searched_by_name_and_code(cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    client = signed_in(admin)
    for words, found in (("melati", True), ("Barat", True), (MELATI, True), ("32.99.01.1002", False), ("zzz", False)):
        shown = client.get(f"/admin/wilayah?cari={words}").text
        assert (">Melati</a>" in shown) is found, words
    assert "Tidak ada yang cocok" in client.get("/admin/wilayah?cari=zzz").text


def test_an_area_is_renamed_with_its_source_and_keeps_its_history(
    session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    client = signed_in(admin)
    told = {"name": "Melati  Baru", "source": "Perda 3/2026"}
    for account in (cast.lurah, cast.citra):
        signed_in(account).get(f"/admin/wilayah/{MELATI}/nama", status=403)
    for wrong in ({"name": ""}, {"name": "kenanga"}, {"source": "x"}, {"name": "3273091234567890"}):
        client.submit(f"/admin/wilayah/{MELATI}/nama", told | wrong, status=422)
    client.submit(f"/admin/wilayah/{MELATI}/nama", told)
    client.submit(f"/admin/wilayah/{MELATI}/nama", told)
    shown = client.get(f"/admin/wilayah/{MELATI}").text
    assert "Nama Kelurahan Melati Baru diganti: dari Melati menjadi Melati Baru." in shown
    (line,) = audit_lines(session, "places.rename")
    assert (line.account_id, line.details["source"]) == (admin.id, "Perda 3/2026")


FIGURES = {"population": "12000", "households": "3500", "source": "Dukcapil, semester 1 2026"}


def test_figures_are_told_with_their_source(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    client, path = signed_in(admin), f"/admin/wilayah/{MELATI}/angka"
    assert client.submit(path, FIGURES | {"population": "12.000"}).location == f"/admin/wilayah/{MELATI}"
    area = stored(session, MELATI)
    assert (area.population, area.households) == (12_000, 3_500)
    (line,) = audit_lines(session, "places.figures")
    assert (line.account_id, line.details["source"], line.details["before"]) == (
        admin.id,
        "Dukcapil, semester 1 2026",
        {"population": None, "households": None},
    )
    shown = client.get(f"/admin/wilayah/{MELATI}").text
    assert ("12.000 jiwa" in shown, "penduduk kosong → 12.000" in shown, "Sumber: Dukcapil, semester 1 2026." in shown) == (
        True,
        True,
        True,
    )
    client.submit(path, {**FIGURES, "population": "", "households": ""})
    assert (stored(session, MELATI).population, stored(session, MELATI).households) == (None, None)
    client.submit(f"/admin/wilayah/{MELATI}/rw/05/angka", {**FIGURES, "population": "800", "households": ""})
    assert stored(session, f"{MELATI}/05").population == 800
    client.get(f"/admin/wilayah/{MELATI}/rw/77/angka", status=404)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"population": "-1"}, "Antara 0"),
        ({"population": "banyak"}, "bilangan"),
        ({"population": "9999999999"}, "Antara 0"),
        ({"population": "100", "households": "101"}, "Rumah tangga tidak boleh lebih banyak daripada penduduk."),
        ({"source": ""}, "wajib diisi"),
        ({"source": "x"}, "3"),
    ],
)
def test_figures_that_cannot_be(
    change: dict[str, str], said: str, session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    shown = signed_in(admin).submit(f"/admin/wilayah/{MELATI}/angka", {**FIGURES, **change}, status=422).text
    assert said in shown
    assert stored(session, MELATI).population is None


def test_an_administrator_of_another_city_changes_nothing_here(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    other = make_account(session, "admin.barat", f"administrator@{WEST}")
    client = signed_in(other)
    client.get("/admin/wilayah/32.99.02.1001/angka", status=403)
    client.get("/admin/wilayah/32.99.02.1001/rw", status=403)
    assert "Tambah RW" not in client.get("/admin/wilayah/32.99.02.1001").text
    client.get(f"/admin/wilayah/{MELATI}/angka")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5", (5,)),
        ("1-4, 15", (1, 2, 3, 4, 15)),
        ("RW 01 sampai RW 03", (1, 2, 3)),
        ("rw 2; 2; 3,", (2, 3)),
        ("1-100", tuple(range(1, 101))),
        ("1-101", None),
        ("0", None),
        ("4-2", None),
        ("lima", None),
        ("", None),
        ("1,,2", None),
        ("1000", None),
    ],
)
def test_rws_are_read_as_people_list_them(text: str, numbers: tuple[int, ...] | None) -> None:
    assert read_rws(text) == numbers


def test_rws_are_added_once(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    client, path = signed_in(admin), f"/admin/wilayah/{MELATI}/rw"
    client.submit(path, {"rw": "4-6"})
    assert "2 RW ditambahkan." in client.get(f"/admin/wilayah/{MELATI}").text
    assert [area.name for area in places.areas(session).children(cast.city.areas[MELATI])] == ["04", "05", "06"]
    (line,) = audit_lines(session, "places.rw")
    assert line.details == {"names": ["04", "06"]}
    client.submit(path, {"rw": "4-6"})
    assert len(audit_lines(session, "places.rw")) == 1
    assert "Tulis nomornya" in client.submit(path, {"rw": "semua"}, status=422).text


def upload(content: object, name: str = "kelurahan.geojson", **fields: str) -> dict[str, Any]:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return {"file": (io.BytesIO(body), name), "register": "kemendagri", **fields}


def one(code: str, name: str, column: float, row: float, **more: object) -> dict[str, Any]:
    return feature(code, name, square(column, row), district="Barat", regency="Kota Contoh", **more)


NEW = collection(one(MELATI, "Melati", 0, 0, population=900), one("32.99.01.1003", "Dahlia", 0, 2), source="Dinas, 2026")
"""Melati's population, and a kelurahan more."""
REFUSED = collection(one("32.99.01.1003", "Dahlia", 0, 2), one("32.99.01.1004", "Anggrek", 0.5, 2), source="Dinas, 2026")
"""Two kelurahan over each other."""


def test_a_file_is_looked_at_and_then_carried_out(
    app: Flask, session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    client = signed_in(admin)
    shown = client.submit("/admin/wilayah/impor", upload(NEW), status=200).text
    for said in ("Belum ada yang berubah", "Sumber: Dinas, 2026", "ditambahkan", "angka berubah", "Dahlia"):
        assert said in shown
    assert places.areas(session).by_code("32.99.01.1003") is None
    assert stored(session, MELATI).population is None
    hidden = hidden_fields(shown)
    answer = client.post("/admin/wilayah/impor/muat", data=hidden, status=303)
    assert answer.location == "/admin/wilayah"
    assert "Berkas dimuat: 2 wilayah berubah." in client.get("/admin/wilayah").text
    made = stored(session, "32.99.01.1003")
    assert (made.name, stored(session, MELATI).population) == ("Dahlia", 900)
    assert session.scalars(select(AreaOutline.source).where(AreaOutline.area_id == made.id)).one() == "Dinas, 2026"
    assert audit_lines(session, "places.import")[-1].account_id == admin.id
    # The file is kept no longer.
    assert "Unggah sekali lagi" in client.post("/admin/wilayah/impor/muat", data=hidden, status=422).text
    assert "tidak mengubah apa pun" in client.submit("/admin/wilayah/impor", upload(NEW), status=200).text


def test_much_that_is_refused_leaves_everything_as_it_was_unless_skipped(
    session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    client = signed_in(admin)
    partly = collection(*NEW["features"], one("32.99.01.1004", "Anggrek", 5, 5) | {"geometry": None}, source="Dinas, 2026")
    shown = client.submit("/admin/wilayah/impor", upload(partly), status=200).text
    assert shown.index("Anggrek") < shown.index("Dahlia")
    hidden = hidden_fields(shown)
    assert "Terlalu banyak yang ditolak" in client.post("/admin/wilayah/impor/muat", data=hidden, status=422).text
    assert places.areas(session).by_code("32.99.01.1003") is None
    client.post("/admin/wilayah/impor/muat", data={**hidden, "skip_refused": "y"}, status=303)
    session.expire_all()
    assert [stored(session, code).name for code in ("32.99.01.1003", MELATI)] == ["Dahlia", "Melati"]
    assert places.areas(session).by_code("32.99.01.1004") is None


def test_a_file_of_which_nothing_can_be_imported_has_no_button(cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    shown = signed_in(admin).submit("/admin/wilayah/impor", upload(REFUSED), status=200).text
    assert "Muat sekarang" not in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"{", "bukan JSON yang benar"),
        (b"\xff\xfe", "bukan GeoJSON dalam UTF-8"),
        ({"type": "FeatureCollection"}, "Berkas ini tidak terbaca: tidak punya daftar"),
        (NEW | {"crs": {"type": "name", "properties": {"name": "Peta Lama"}}}, "Peta Lama"),
    ],
    ids=["empty", "broken", "not-text", "no-features", "metres"],
)
def test_a_file_that_cannot_be_read(content: object, said: str, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    shown = signed_in(admin).submit("/admin/wilayah/impor", upload(content), status=422).text
    assert said in shown


def test_a_file_that_is_too_large_is_told_another_way(
    cast: Cast, admin: Account, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 200_000)
    shown = signed_in(admin).submit("/admin/wilayah/impor", upload(b" " * 300_000), status=422).text
    assert "Berkas ini 0,3 MB; lewat halaman ini paling besar 0 MB." in shown
    assert "sabuk places import" in shown


def test_a_form_without_a_file_asks_for_one(cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    shown = signed_in(admin).submit("/admin/wilayah/impor", {"register": "kemendagri"}, status=422).text
    assert "Pilih berkasnya dulu." in shown


def test_another_administrators_file_is_not_carried_out(
    session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    hidden = hidden_fields(signed_in(admin).submit("/admin/wilayah/impor", upload(NEW), status=200).text)
    other = signed_in(make_account(session, "admin.dua", f"administrator@{CITY}"))
    own = hidden_fields(other.submit("/admin/wilayah/impor", upload(REFUSED), status=200).text, anyway=True)
    other.post("/admin/wilayah/impor/muat", data={**hidden, "csrf_token": own["csrf_token"]}, status=422)
    assert places.areas(session).by_code("32.99.01.1003") is None


@pytest.mark.parametrize("digest", ["", "../../secret", "0" * 63])
def test_a_digest_is_no_path(digest: str, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    client = signed_in(admin)
    hidden = hidden_fields(client.submit("/admin/wilayah/impor", upload(NEW), status=200).text)
    client.post("/admin/wilayah/impor/muat", data={**hidden, "digest": digest}, status=422)


def test_files_are_kept_for_a_day(tmp_path: Path) -> None:
    digest = uploads.keep(tmp_path, 7, b"old", now=NOW)
    (kept,) = tmp_path.iterdir()
    old = (NOW - timedelta(hours=25)).timestamp()
    os.utime(kept, (old, old))
    uploads.keep(tmp_path, 8, b"new", now=NOW)
    assert [file.name[:2] for file in tmp_path.iterdir()] == ["8-"]
    with pytest.raises(type(uploads.gone())):
        uploads.kept(tmp_path, 7, digest)


def test_codes_of_another_register_become_aliases(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    client = signed_in(admin)
    bps = collection(feature("3273010", "Barat", square(0, 0), regency="Kota Contoh"), source="BPS")
    hidden = hidden_fields(client.submit("/admin/wilayah/impor", upload(bps, register="bps"), status=200).text)
    client.post("/admin/wilayah/impor/muat", data=hidden, status=303)
    assert "3273010" in client.get(f"/admin/wilayah/{WEST}").text
    assert KENANGA in client.get("/admin/wilayah").text


def hidden_fields(html: str, *, anyway: bool = False) -> dict[str, str]:
    """What the form that carries a file out hides; of any form where there is none."""
    start = 0 if anyway else html.index('action="/admin/wilayah/impor/muat"')
    fields = {}
    for tag in html[start:].split("<input")[1:]:
        head = tag.partition(">")[0]
        if 'type="hidden"' in head:
            name, value = (head.partition(f'{word}="')[2].partition('"')[0] for word in ("name", "value"))
            fields[name] = unescape(value)
    return fields
