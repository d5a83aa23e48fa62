"""`/admin/orang`: everybody who has an account, and what an administrator does about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.admin.queries import people as queries
from app.admin.queries.people import PeopleQuestion
from app.audit.models import AuditLine
from app.core.errors import NotFound
from app.people import queries as people
from app.people import service
from app.people.models import Account, Tenure
from app.people.rules import Post
from tests.factories.actions import NOW
from tests.factories.browsing import sign_in, with_password
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import CITY, KENANGA, MELATI
from tests.page_client import PageClient
from tests.spreadsheet import rows_of

SignedIn = Callable[[Account], PageClient]


@pytest.fixture
def admin(session: Session, cast: Cast) -> Account:
    return make_account(session, "admin", f"administrator@{CITY}", full_name="Bu Admin")


def address(account: Account) -> str:
    return f"/admin/orang/{account.person.uuid}"


def audit_lines(session: Session, kind: str) -> list[AuditLine]:
    return list(session.scalars(select(AuditLine).where(AuditLine.kind == kind).order_by(AuditLine.id)))


def test_administrators_alone_look_people_up(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    pages = (
        "/admin/orang",
        "/admin/orang.csv",
        address(cast.budi),
        f"{address(cast.budi)}/tutup",
        f"{address(cast.budi)}/jabatan/lurah",
    )
    for path in pages:
        for account in (cast.lurah, cast.guru, cast.budi, cast.citra):
            signed_in(account).get(path, status=403)
        signed_in(admin).get(path)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["admin", "bu.guru", "bu.kader", "citra", "pak.budi", "pak.lurah"]),
        ("?cari=PAK", ["pak.budi", "pak.lurah"]),
        ("?cari=bu admin", ["admin"]),
        ("?cari=%25", []),
        ("?jabatan=lurah", ["pak.lurah"]),
        (f"?wilayah={MELATI}", ["bu.kader", "pak.budi", "pak.lurah"]),
        (f"?wilayah={MELATI}&jabatan=cadre", ["bu.kader"]),
        (f"?wilayah={KENANGA}", []),
        ("?keadaan=tutup", ["citra"]),
        ("?keadaan=tanpa-sandi&cari=pak", ["pak.budi", "pak.lurah"]),
    ],
)
def test_people_are_found(
    query: str, found: list[str], session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    cast.citra.disabled_at = NOW
    shown = signed_in(admin).get(f"/admin/orang{query}").text
    assert [
        name for name in ("admin", "bu.guru", "bu.kader", "citra", "pak.budi", "pak.lurah") if f"<td>{name}</td>" in shown
    ] == found
    assert "Ani" not in shown


@pytest.mark.parametrize("query", ["?jabatan=raja", "?wilayah=1.2", "?keadaan=x", "?after=A B"])
def test_what_is_asked_for_wrongly_is_told_by_its_name(query: str, admin: Account, signed_in: SignedIn) -> None:
    assert query[1:].partition("=")[0] in signed_in(admin).get(f"/admin/orang{query}", status=422).text


def test_the_list_goes_on_page_by_page(session: Session, admin: Account, signed_in: SignedIn) -> None:
    for number in range(60):
        make_account(session, f"relawan.{number:02d}")
    first = signed_in(admin).get("/admin/orang?cari=relawan").text
    assert "relawan.49" in first
    assert "relawan.50" not in first
    assert "/admin/orang?cari=relawan&amp;after=relawan.49" in first
    second = signed_in(admin).get("/admin/orang?cari=relawan&after=relawan.49").text
    assert ("<td>relawan.50</td>" in second, "<td>relawan.49</td>" in second) == (True, False)


def test_a_file_of_people_leaves_a_line(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    cast.budi.person.name = "=Budi"
    answer = signed_in(admin).get("/admin/orang.csv?cari=budi")
    assert rows_of(answer)[1][:4] == ["'=Budi", "pak.budi", "Relawan di Kantor Pos Melati", "2014-01-01"]
    assert answer.headers["Cache-Control"] == "no-store, private"
    (line,) = audit_lines(session, "people.export")
    assert (line.account_id, line.details) == (admin.id, {"filter": {"cari": "budi"}, "rows": 1})


def test_children_and_strangers_are_not_there_alike(cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    absent = signed_in(admin).get(f"/admin/orang/{uuid4()}", status=404)
    child = signed_in(admin).get(f"/admin/orang/{cast.ani.uuid}", status=404)
    cleaned = (
        answer.text.replace(str(cast.ani.uuid), "").replace(answer.request.path.rpartition("/")[2], "")
        for answer in (absent, child)
    )
    assert len({text.count("Ani") for text in cleaned}) == 1


def test_a_persons_page_tells_posts_sign_in_and_history(session: Session, cast: Cast, admin: Account, page: PageClient) -> None:
    with_password(session, cast.budi)
    with_password(session, admin)
    sign_in(page, cast.budi)
    page.submit("/saya/akun", {}, to="/keluar")
    shown = sign_in(page, admin).get(address(cast.budi)).text
    for said in (
        "Relawan di Kantor Pos Melati",
        "sejak sebelum dicatat – seterusnya",
        "sudah ada",
        "Pak Budi menjadi Relawan di Kantor Pos Melati.",
        "Akun untuk Pak Budi dibuat.",
    ):
        assert said in shown
    assert "belum pernah" not in shown
    assert "Pak Budi masuk." not in shown


def test_a_post_is_given(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    """The chain's own: an administrator gives the posts that an administrator invites to."""
    form = f"{address(cast.citra)}/jabatan/lurah"
    client = signed_in(admin)
    answer = client.submit(form, {"area": KENANGA, "valid_from": "2026-11-20"})
    assert answer.location == address(cast.citra)
    (held,) = people.tenures(session, cast.citra.person_id)
    assert (held.post, held.valid_from, held.valid_until) == (Post.LURAH, date(2026, 11, 20), None)
    assert audit_lines(session, "people.grant")[-1].account_id == admin.id
    assert "Lurah di Kelurahan Kenanga, mulai 20 Nov 2026." in client.get(address(cast.citra)).text


@pytest.mark.parametrize(
    ("post", "fields", "status", "said"),
    [
        ("teacher", {"site": NPSN}, 403, "tidak berwenang"),
        ("administrator", {"area": CITY}, 403, "tidak berwenang"),
        ("principal", {"site": "11111111"}, 422, "Tidak ada sekolah atau tempat dengan nomor ini."),
        ("principal", {"site": ""}, 422, "wajib diisi"),
        ("officer", {"area": "", "site": ""}, 422, "salah satu"),
        ("officer", {"area": MELATI, "site": NPSN}, 422, "salah satu"),
        ("officer", {"area": "", "site": NPSN}, 422, "tidak berwenang menunjuk"),
        ("lurah", {"area": "32.99"}, 422, "Pilih"),
        ("lurah", {"area": MELATI, "valid_from": "kemarin"}, 422, "tanggal"),
    ],
)
def test_a_post_that_cannot_be_given(
    post: str, fields: dict[str, str], status: int, said: str, session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    client, before = signed_in(admin), len(people.tenures(session, cast.citra.person_id))
    path = f"{address(cast.citra)}/jabatan/{post}"
    answer = client.get(path, status=status) if status == 403 else client.submit(path, fields, status=status)
    assert said.lower() in answer.text.lower()
    assert len(people.tenures(session, cast.citra.person_id)) == before


def test_nobody_gives_themselves_a_post(cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    signed_in(admin).get(f"{address(admin)}/jabatan/lurah", status=403)
    assert "Beri jabatan baru" not in signed_in(admin).get(address(admin)).text


def test_a_post_ends_with_its_day_and_reason(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    (held,) = people.tenures(session, cast.lurah.person_id)
    key = cast.lurah.session_key
    path = f"{address(cast.lurah)}/akhiri/{held.tenure_id}"
    assert 'value="2026-11-16"' in signed_in(admin).get(path).text
    signed_in(admin).submit(path, {"last_day": "2026-11-10", "reason": "ya"}, status=422)
    assert people.tenures(session, cast.lurah.person_id)[0].valid_until is None
    signed_in(admin).submit(path, {"last_day": "2026-11-10", "reason": "Pindah tugas"})
    (ended,) = people.tenures(session, cast.lurah.person_id)
    assert ended.valid_until == date(2026, 11, 10)
    assert cast.lurah.session_key != key
    (line,) = audit_lines(session, "people.end")
    assert line.details["reason"] == "Pindah tugas"
    shown = signed_in(admin).get(address(cast.lurah)).text
    assert "diakhiri, terakhir Selasa, 10 November 2026. Alasan: Pindah tugas" in shown
    assert "akhiri/" not in shown
    signed_in(admin).submit(path, {"last_day": "2026-11-16", "reason": "Masih ada"}, status=422)


@pytest.mark.parametrize(
    ("since", "last_day", "ends"), [(date(2026, 11, 1), "2026-10-31", False), (date(2026, 11, 1), "2026-11-01", True)]
)
def test_a_post_ends_no_earlier_than_it_began(
    since: date, last_day: str, ends: bool, session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    tenure = session.get_one(Tenure, people.tenures(session, cast.kader.person_id)[0].tenure_id)
    tenure.valid_from = since
    session.flush()
    fields = {"last_day": last_day, "reason": "Selesai"}
    signed_in(admin).submit(f"{address(cast.kader)}/akhiri/{tenure.id}", fields, status=303 if ends else 422)
    assert (tenure.valid_until is not None) is ends


def test_administrators_do_not_end_each_other(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    other = make_account(session, "admin.dua", f"administrator@{CITY}")
    (held,) = people.tenures(session, other.person_id)
    for what in (f"akhiri/{held.tenure_id}", "tutup", "keluarkan", "buka"):
        signed_in(admin).get(f"{address(other)}/{what}", status=403)
        signed_in(admin).get(f"{address(admin)}/{what}", status=403)
    shown = signed_in(admin).get(address(other)).text
    assert "Anda bukan atasan dari semua jabatannya." in shown
    assert "/tutup" not in shown


def test_another_persons_post_is_not_ended_here(cast: Cast, session: Session, admin: Account, signed_in: SignedIn) -> None:
    (held,) = people.tenures(session, cast.lurah.person_id)
    signed_in(admin).get(f"{address(cast.budi)}/akhiri/{held.tenure_id}", status=403)
    with pytest.raises(NotFound):
        service.end_post(session, cast.budi.person.uuid, held.tenure_id, last_day=NOW.date(), reason="x y z", by=admin, now=NOW)


def test_an_account_is_closed_and_opened_again(
    session: Session, cast: Cast, admin: Account, signed_in: SignedIn, page: PageClient
) -> None:
    with_password(session, cast.budi)
    sign_in(page, cast.budi).get("/saya")
    signed_in(admin).submit(f"{address(cast.budi)}/tutup", {"reason": "x"}, status=422)
    assert cast.budi.disabled_at is None
    signed_in(admin).submit(f"{address(cast.budi)}/tutup", {"reason": "Dipakai orang lain"})
    assert cast.budi.disabled_at == NOW
    page.get("/saya", status=303)
    assert "Dipakai orang lain" in signed_in(admin).get(address(cast.budi)).text
    signed_in(admin).get(f"{address(cast.budi)}/keluarkan")
    signed_in(admin).submit(f"{address(cast.budi)}/keluarkan", {"reason": "HP hilang"}, status=422)
    signed_in(admin).submit(f"{address(cast.budi)}/buka", {"reason": "Sudah beres"})
    assert cast.budi.disabled_at is None
    assert [line.details["reason"] for kind in ("people.close", "people.open") for line in audit_lines(session, kind)] == [
        "Dipakai orang lain",
        "Sudah beres",
    ]
    page.get("/saya", status=303)
    sign_in(page, cast.budi).get("/saya")


def test_somebody_is_signed_out_everywhere(
    session: Session, cast: Cast, admin: Account, signed_in: SignedIn, page: PageClient
) -> None:
    with_password(session, cast.budi)
    sign_in(page, cast.budi).get("/saya")
    signed_in(admin).submit(f"{address(cast.budi)}/keluarkan", {"reason": "HP hilang"})
    page.get("/saya", status=303)
    assert [line.details for line in audit_lines(session, "people.end_sessions")] == [{"reason": "HP hilang"}]


def test_a_code_is_handed_from_the_persons_page(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    made = signed_in(admin).submit(address(cast.budi), {}, to=f"/atur-ulang/kode/{cast.budi.person.uuid}", status=200)
    assert "one-time-code" in made.text
    assert audit_lines(session, "people.reset_code")[0].account_id == admin.id


def test_many_people_are_read_in_few_questions(session: Session, cast: Cast) -> None:
    for number in range(30):
        make_account(session, f"relawan.{number:02d}", f"volunteer@site:{cast.office.uuid}", f"cadre@{MELATI}/05")
    session.commit()
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    found, more = queries.listed(session, PeopleQuestion(), today=NOW.date(), limit=25)
    assert (len(found), more, len(found[-1].posts)) == (25, "relawan.19", 2)
    assert len(asked) <= 5, asked
