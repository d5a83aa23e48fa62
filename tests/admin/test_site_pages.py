"""`/admin/lokasi`: sites as those who look after them find, confirm, move, rename, close and add them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.core.geo import Point
from app.people.models import Account
from app.places import queries as places
from app.places.models import Site, SiteCircle, SiteKind
from app.places.rules.points import read_point
from tests.factories.actions import NOW, make_action
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import AT_SEA, CITY, IN_KENANGA, IN_MELATI, MELATI, make_site
from tests.page_client import PageClient
from tests.spreadsheet import rows_of

SignedIn = Callable[[Account], PageClient]


@pytest.fixture
def admin(session: Session, cast: Cast) -> Account:
    return make_account(session, "admin", f"administrator@{CITY}", full_name="Bu Admin")


@pytest.fixture
def market(session: Session, cast: Cast) -> Site:
    """In Melati, confirmed by nobody."""
    return make_site(session, "Pasar Melati", Point(107.606, -6.944), confirmed=False)


def address(site: Site) -> str:
    return f"/admin/lokasi/{site.uuid}"


def circles(session: Session, site: Site) -> list[SiteCircle]:
    return list(session.scalars(select(SiteCircle).where(SiteCircle.site_id == site.id).order_by(SiteCircle.id)))


def audit_lines(session: Session, kind: str) -> list[AuditLine]:
    return list(session.scalars(select(AuditLine).where(AuditLine.kind == kind).order_by(AuditLine.id)))


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("-6.90249, 107.61872", Point(107.61872, -6.90249)),
        ("107.61872 -6.90249", Point(107.61872, -6.90249)),
        ("(-6.9,107.6)", Point(107.6, -6.9)),
        ("−6.9 107.6", Point(107.6, -6.9)),
        ("-6,90249; 107,61872", Point(107.61872, -6.90249)),
        ("-6,90249, 107,61872", Point(107.61872, -6.90249)),
        ("5.5, 95.3", Point(95.3, 5.5)),
        ("", None),
        ("-6.9", None),
        ("0, 0", None),
        ("-6.9, 107.6, 3", None),
        ("nan, 107", None),
        ("1e2, 107", None),
        ("52.5, 13.4", None),
        ("-6.9° 107.6°", None),
    ],
)
def test_a_point_is_read_as_maps_copy_it(typed: str, point: Point | None) -> None:
    assert read_point(typed) == point


# Who sees it, confirms it, moves it: x may, - may look only, . does not find it.
REACH = {
    "pak.lurah": "xx",
    "petugas.melati": "xx",
    "petugas.kenanga": "..",
    "petugas.pasar": "xx",
    "petugas.relawan": "--",
    "admin": "-x",
}


@pytest.mark.parametrize("who", list(REACH))
def test_who_looks_after_a_site(
    who: str, session: Session, cast: Cast, admin: Account, market: Site, signed_in: SignedIn
) -> None:
    accounts = {
        "pak.lurah": cast.lurah,
        "admin": admin,
        "petugas.melati": make_account(session, "petugas.melati", f"officer@{MELATI}"),
        "petugas.kenanga": make_account(session, "petugas.kenanga", "officer@32.99.01.1002"),
        "petugas.pasar": make_account(session, "petugas.pasar", f"officer@site:{market.uuid}"),
        "petugas.relawan": make_account(session, "petugas.relawan", f"officer@{MELATI}", f"volunteer@site:{market.uuid}"),
    }
    client, (confirms, moves) = signed_in(accounts[who]), REACH[who]
    if confirms == ".":
        absent = client.get(f"/admin/lokasi/{uuid4()}", status=404).text
        hidden = client.get(address(market), status=404).text
        assert ("Pasar" in absent, "Pasar" in hidden) == (False, False)
        assert "Pasar Melati" not in client.get("/admin/lokasi").text
        for action in ("pastikan", "pindah", "nama", "tutup"):
            client.get(f"{address(market)}/{action}", status=404)
        return
    shown = client.get(address(market)).text
    assert (f"{address(market)}/pastikan" in shown, f"{address(market)}/pindah" in shown) == (confirms == "x", moves == "x")
    if moves == "-":
        for action, fields in (("nama", {"name": "X"}), ("tutup", {"reason": "Tidak ada"})):
            assert "bukan relawan" in client.submit(f"{address(market)}/{action}", fields, status=422).text
        client.get(f"{address(market)}/pindah", status=403)
        assert (market.name, market.closed_at) == ("Pasar Melati", None)


def test_who_has_no_such_post_finds_no_sites(cast: Cast, market: Site, signed_in: SignedIn) -> None:
    for account in (cast.guru, cast.kader, cast.budi):
        for path in ("/admin/lokasi", "/admin/lokasi.csv", "/admin/lokasi/baru", address(market)):
            signed_in(account).get(path, status=403)


def test_a_principal_confirms_the_own_school_and_moves_nothing(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    head = make_account(session, "kepala", f"principal@npsn:{NPSN}")
    cast.school.confirmed_at = cast.school.confirmed_by = None
    client = signed_in(head)
    assert "Tambah tempat" not in client.get("/admin/lokasi").text
    client.submit(f"{address(cast.school)}/pastikan", {})
    assert (cast.school.confirmed_at, cast.school.confirmed_by) == (NOW, head.id)
    client.get(f"{address(cast.school)}/pindah", status=403)
    client.get(f"{address(cast.office)}", status=404)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Pasar Melati", "Kantor Pos Melati", "SDN Teratai 1", "Pulau"]),
        ("?keadaan=belum", ["Pasar Melati", "Pulau"]),
        ("?keadaan=pasti", ["Kantor Pos Melati", "SDN Teratai 1"]),
        ("?keadaan=tutup", ["Gudang"]),
        ("?jenis=school", ["SDN Teratai 1"]),
        (f"?cari={NPSN}", ["SDN Teratai 1"]),
        ("?cari=melati", ["Pasar Melati", "Kantor Pos Melati"]),
        (f"?wilayah={MELATI}", ["Pasar Melati", "Kantor Pos Melati"]),
    ],
)
def test_sites_are_found(
    query: str, found: list[str], session: Session, cast: Cast, admin: Account, market: Site, signed_in: SignedIn
) -> None:
    make_site(session, "Pulau", AT_SEA, confirmed=False)
    make_site(session, "Gudang", IN_MELATI).closed_at = NOW
    shown = signed_in(admin).get(f"/admin/lokasi{query}").text
    assert {
        name for name in ("Pasar Melati", "Kantor Pos Melati", "SDN Teratai 1", "Pulau", "Gudang") if f">{name}</a>" in shown
    } == set(found)
    if query == "":
        assert shown.index("Pulau") < shown.index("Kantor Pos Melati")


def test_the_list_goes_on_page_by_page(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    for number in range(60):
        make_site(session, f"Pos {number:02d}", IN_MELATI, confirmed=number % 2 == 0)
    seen: list[str] = []
    path = "/admin/lokasi?cari=pos"
    while path:
        shown = signed_in(admin).get(path).text
        seen += [
            name for name in (f"Pos {number:02d}" for number in [*range(1, 60, 2), *range(0, 60, 2)]) if f">{name}</a>" in shown
        ]
        more = shown.partition('rel="next" href="')[2].partition('"')[0]
        path = more.replace("&amp;", "&")
    assert seen == [f"Pos {number:02d}" for number in [*range(1, 60, 2), *range(0, 60, 2)]]


def test_a_file_of_sites_leaves_a_line(session: Session, cast: Cast, market: Site, signed_in: SignedIn) -> None:
    rows = rows_of(signed_in(cast.lurah).get("/admin/lokasi.csv"))
    assert rows[1][:3] == ["Pasar Melati", "Tempat kerja", ""]
    assert rows[1][-2:] == ["Melati", "Belum dipastikan"]
    (line,) = audit_lines(session, "site.export")
    assert (line.account_id, line.details) == (cast.lurah.id, {"filter": {}, "rows": 2})


def test_a_site_is_confirmed(session: Session, cast: Cast, market: Site, signed_in: SignedIn) -> None:
    client = signed_in(cast.lurah)
    assert "circle-map" in client.get(f"{address(market)}/pastikan").text
    client.submit(f"{address(market)}/pastikan", {})
    assert (market.confirmed_at, market.confirmed_by) == (NOW, cast.lurah.id)
    shown = client.get(address(market)).text
    assert "oleh Pak Lurah" in shown
    assert "/pastikan" not in shown


MOVE = {"point": "-6.942, 107.604", "radius_m": "150", "reason": "Titiknya salah"}


def test_a_move_is_shown_before_it_is_made(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    make_action(session, cast.budi)
    client, path = signed_in(cast.lurah), f"{address(cast.office)}/pindah"
    empty = client.get(path).text
    assert 'value="-6.945, 107.605"' in empty
    seen = client.submit(path, MOVE, status=200).text
    for said in (
        "Titiknya bergeser 350 m; radiusnya 150 m (sekarang 200 m).",
        "1 aksi yang menunggu cap di sini tidak berubah penilaiannya.",
        'data-ring="next"',
        'name="sure" value="ya"',
        'name="radius_m" value="150"',
    ):
        assert said in seen
    assert "RW dan RT-nya dikosongkan" not in seen
    assert len(circles(session, cast.office)) == 1
    answer = client.submit(path, {**MOVE, "sure": "ya"})
    assert answer.location == address(cast.office)
    before, after = circles(session, cast.office)
    assert (before.valid_until, after.valid_from, after.point, after.radius_m) == (NOW, NOW, Point(107.604, -6.942), 150.0)
    assert audit_lines(session, "site.move")[0].details["reason"] == "Titiknya salah"
    shown = client.get(address(cast.office)).text
    assert "Tempat dipindahkan. 1 aksi yang menunggu cap di sini tidak berubah penilaiannya." in shown
    assert (
        'data-ring="was"' in shown,
        "dipindahkan 350 m, radiusnya dari radius bawaan program menjadi 150 m. Alasan: Titiknya salah" in shown,
    ) == (True, True)


def test_a_move_to_another_kelurahan_says_so(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    path = f"{address(cast.office)}/pindah"
    there = {**MOVE, "point": f"{IN_KENANGA.lat}, {IN_KENANGA.lon}"}
    assert (
        "Tempat ini pindah ke Kelurahan Kenanga; RW dan RT-nya dikosongkan."
        in signed_in(admin).submit(path, there, status=200).text
    )
    far = {**MOVE, "point": f"{AT_SEA.lat}, {AT_SEA.lon}"}
    assert "di luar semua kelurahan" in signed_in(admin).submit(path, far, status=200).text
    assert signed_in(admin).submit(path, {**there, "sure": "ya"}).location == address(cast.office)


@pytest.mark.parametrize("sure", [{}, {"sure": "ya"}])
def test_nobody_moves_a_site_out_of_their_reach(sure: dict[str, str], session: Session, cast: Cast, signed_in: SignedIn) -> None:
    """Neither a lurah across the border nor an officer of the site itself, who moves it within its kelurahan."""
    own = make_account(session, "petugas.kantor", f"officer@site:{cast.office.uuid}")
    path = f"{address(cast.office)}/pindah"
    for there in (IN_KENANGA, AT_SEA):
        for account in (cast.lurah, own):
            answer = signed_in(account).submit(path, {**MOVE, "point": f"{there.lat}, {there.lon}", **sure}, status=422)
            assert "di luar wilayah Anda" in answer.text
            assert 'aria-invalid="true"' in answer.text
    assert len(circles(session, cast.office)) == 1
    signed_in(own).submit(path, {**MOVE, "sure": "ya"})
    assert len(circles(session, cast.office)) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"point": "di sana"}, "Tulis lintang dan bujur di Indonesia"),
        ({"point": ""}, "wajib diisi"),
        ({"radius_m": "10"}, "Antara 50"),
        ({"radius_m": "x"}, "angka"),
        ({"radius_m": "NaN"}, "Antara 50"),
        ({"reason": ""}, "wajib diisi"),
        ({"point": "-6.945, 107.605", "radius_m": ""}, "sama dengan yang sekarang"),
    ],
)
def test_a_move_that_cannot_be(change: dict[str, str], said: str, session: Session, cast: Cast, signed_in: SignedIn) -> None:
    for sure in ({}, {"sure": "ya"}):
        answer = signed_in(cast.lurah).submit(f"{address(cast.office)}/pindah", {**MOVE, **change, **sure}, status=422)
        assert said in answer.text
    assert len(circles(session, cast.office)) == 1


def test_a_site_is_renamed(session: Session, cast: Cast, market: Site, signed_in: SignedIn) -> None:
    client = signed_in(cast.lurah)
    client.submit(f"{address(market)}/nama", {"name": " "}, status=422)
    client.submit(f"{address(market)}/nama", {"name": "Pasar  Melati Baru"})
    assert market.name == "Pasar Melati Baru"
    assert [line.details for line in audit_lines(session, "site.rename")] == [
        {"before": "Pasar Melati", "name": "Pasar Melati Baru"}
    ]


def test_a_principal_says_how_many_pupils_the_school_has(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    client, path = signed_in(make_account(session, "kepala", f"principal@npsn:{NPSN}")), f"{address(cast.school)}/siswa"
    assert "belum diketahui" in client.get(address(cast.school)).text
    for wrong in ("0", "-3", "banyak"):
        client.submit(path, {"pupils": wrong}, status=422)
    client.submit(path, {"pupils": "412"})
    assert cast.school.pupils == 412
    assert "<dd>412</dd>" in client.get(address(cast.school)).text
    client.submit(path, {"pupils": ""})
    assert cast.school.pupils is None
    signed_in(cast.lurah).get(f"{address(cast.office)}/siswa", status=404)


def test_a_site_is_closed(session: Session, cast: Cast, market: Site, signed_in: SignedIn) -> None:
    client = signed_in(cast.lurah)
    client.submit(f"{address(market)}/tutup", {"reason": ""}, status=422)
    assert market.closed_at is None
    client.submit(f"{address(market)}/tutup", {"reason": "Pasarnya pindah"})
    assert market.closed_at == NOW
    shown = client.get(address(market)).text
    assert ("/tutup" in shown, "/pindah" in shown, "Pasarnya pindah" in shown) == (False, False, True)
    assert "sudah ditutup" in client.submit(f"{address(market)}/nama", {"name": "Lagi"}, status=422).text


ADD = {
    "kind": "school",
    "name": "SDN Melati 3",
    "npsn": "20219399",
    "point": "-6.944, 107.606",
    "radius_m": "",
    "rw": "7",
    "rt": "2",
}


def test_a_site_is_added_and_waits_to_be_confirmed(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.lurah)
    path = client.submit("/admin/lokasi/baru", ADD).location
    made = places.site_by_npsn(session, "20219399")
    assert made is not None
    assert path == address(made)
    assert (made.kind, made.name, made.rt, made.confirmed_at) == (SiteKind.SCHOOL, "SDN Melati 3", "02", None)
    assert "RT 02 RW 07, Kelurahan Melati" in client.get(path).text
    assert audit_lines(session, "site.add")[-1].account_id == cast.lurah.id


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"npsn": NPSN}, f"NPSN {NPSN} sudah dipakai tempat lain."),
        ({"npsn": "12"}, "NPSN terdiri dari 8 angka."),
        ({"kind": "workplace"}, "Hanya sekolah yang punya NPSN."),
        ({"kind": "home"}, "Pilih"),
        ({"name": ""}, "wajib diisi"),
        ({"point": "0, 0"}, "Tulis lintang dan bujur"),
        ({"point": f"{IN_KENANGA.lat}, {IN_KENANGA.lon}"}, "Titik ini di luar wilayah Anda."),
        ({"point": f"{AT_SEA.lat}, {AT_SEA.lon}"}, "Titik ini di luar wilayah Anda."),
        ({"rw": "x"}, "RW ditulis dengan angka"),
        ({"rt": "x"}, "RT ditulis dengan angka"),
        ({"radius_m": "1000"}, "Antara 50"),
    ],
)
def test_a_site_that_cannot_be_added(
    change: dict[str, str], said: str, session: Session, cast: Cast, signed_in: SignedIn
) -> None:
    assert said in signed_in(cast.lurah).submit("/admin/lokasi/baru", {**ADD, **change}, status=422).text
    assert session.scalar(select(func.count()).select_from(Site)) == 2


def test_what_lies_outside_every_kelurahan_is_the_citys(
    session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    path = signed_in(admin).submit("/admin/lokasi/baru", {**ADD, "point": f"{AT_SEA.lat}, {AT_SEA.lon}", "rw": ""}).location
    client = signed_in(admin)
    assert "circle-map" in client.get(path).text
    client.submit(f"{path}/nama", {"name": "SDN Pulau"})
    assert "di luar semua" in client.get("/admin/lokasi").text


# --- a table of sites

TABLE = "npsn;nama;lintang;bujur;siswa\n20219399;SDN Kenanga 2;-6.935;107.605;300\n20219398;SDN Tanpa Titik;;;\n"


def sent(content: bytes | str, name: str = "sekolah.csv") -> dict[str, object]:
    return {"file": (BytesIO(content.encode() if isinstance(content, str) else content), name)}


def test_a_table_of_sites_is_looked_at_and_then_carried_out(
    session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    client = signed_in(admin)
    signed_in(cast.guru).get("/admin/lokasi/impor", status=403)
    shown = client.submit("/admin/lokasi/impor", sent(TABLE), status=200).text
    assert shown.index("SDN Tanpa Titik") < shown.index("SDN Kenanga 2")
    assert "titiknya tidak ada" in shown
    asked = select(Site).where(Site.npsn == "20219399")
    assert session.scalars(asked).first() is None
    hidden = dict(re.findall(r'name="(csrf_token|digest)" value="([^"]+)"', shown))
    client.post("/admin/lokasi/impor/muat", data={**hidden, "confirms": "y"}, status=303)
    # The table is kept no longer.
    client.post("/admin/lokasi/impor/muat", data=hidden, status=422)
    listed = client.get("/admin/lokasi").text
    assert "Tabel dimuat: 1 tempat ditambahkan." in listed
    assert "1 baris ditolak" in listed
    made = session.scalars(asked).one()
    # An administrator has not been there: officers confirm.
    assert (made.pupils, made.confirmed_by) == (300, None)
    assert "tidak mengubah apa pun" not in client.submit("/admin/lokasi/impor", sent(TABLE), status=200).text
    only_known = TABLE.splitlines()[0] + "\n" + TABLE.splitlines()[1]
    assert "tidak mengubah apa pun" in client.submit("/admin/lokasi/impor", sent(only_known), status=200).text


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_table_of_sites_is_told(cast: Cast, admin: Account, signed_in: SignedIn, content: bytes | str) -> None:
    assert 'href="#file"' in signed_in(admin).submit("/admin/lokasi/impor", sent(content), status=422).text
