"""Names: what claims a post is for those who hold it; what misleads or hurts is hidden, and its owner told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.core.catalogue import INDONESIAN
from app.core.errors import Invalid, NotAllowed
from app.jobs.models import Job
from app.people import queries, service
from app.people.models import Account
from app.people.rules import Post, claimed, is_free
from app.people.service.news import NEWS
from tests.factories.actions import MONDAY, NOW, at, make_action, stamp
from tests.factories.browsing import make_hash
from tests.factories.cast import Cast, make_account
from tests.factories.city import CITY, MELATI
from tests.page_client import PageClient

pytestmark = pytest.mark.long_on_postgis

SignedIn = Callable[[Account], PageClient]


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("Pak Lurah Pasir Kemangi", "lurah"),
        ("LURAH", "lurah"),
        ("PakLurah", "lurah"),
        ("LurahMelati", "lurah"),
        ("l.u.r.a.h", "lurah"),
        ("Lu rah Citarum", "lurah"),
        ("1urah", "lurah"),
        ("Lurraahh", "lurah"),
        ("\uff2c\uff55\uff52\uff41\uff48", "lurah"),
        ("Lu\u200brah", "lurah"),
        ("L\u0443r\u0430h"[:1] + "ur\u0430h", "lurah"),
        ("Lúrah", "lurah"),
        ("Bu Camat", "camat"),
        ("Kepala  Sekolah SDN 1", "kepala sekolah"),
        ("kepsek_sdn", "kepsek"),
        ("P3tugas 2", "petugas"),
        ("adm1n", "admin"),
        ("@dmin", "admin"),
        ("Administrator", "administrator"),
        ("Kelurahan Melati", "kelurahan"),
        ("Ketua RW 05", "ketua rw"),
        ("Pak RT", "pak rt"),
        ("Bu Guru", "guru"),
        ("Ketua PKK", "ketua pkk"),
        ("Wali Kota", "wali kota"),
        ("Sabuk Hijau", "sabuk hijau"),
        ("Budi Santoso", None),
        ("Asep RW 05", None),
        ("Guruh Soekarno", None),
        ("Camelia", None),
        ("Siti Nurhaliza 2", None),
        ("Petrus", None),
        ("Kader Posyandu", "kader"),
        ("Bu Kader Rina", "kader"),
        ("Dinas Kebersihan", "dinas"),
        ("Bu RT", "bu rt"),
        ("Abdul Kader", None),
        ("abdul.kader", None),
        ("Dina S.", None),
        ("dina.s", None),
        ("Kade R.", None),
        ("Matias Mayor", None),
        ("Burt", None),
        ("Ibu Ketua", None),
        ("Pak RWanda", None),
        ("Łukasz", None),
        ("李", None),
        ("", None),
        ("a " * 60, None),
    ],
)
def test_a_name_claims_what_it_looks_like(name: str, claim: str | None) -> None:
    found = claimed(name)
    assert (found[0] if found else None) == claim


@pytest.mark.parametrize(
    ("name", "posts", "free"),
    [
        ("Pak Lurah", [Post.LURAH], True),
        ("Pak Lurah", [Post.OFFICER], False),
        ("Pak Lurah", [], False),
        ("Petugas Melati", [Post.OFFICER], True),
        ("Petugas Melati", [Post.LURAH], True),
        ("Bu Guru", [Post.PRINCIPAL], True),
        ("Gubernur", list(Post), False),
        ("Budi", [], True),
    ],
)
def test_whoever_holds_the_post_may_go_by_it(name: str, posts: list[Post], free: bool) -> None:
    assert is_free(name, posts) is free


def test_nobody_signs_up_or_calls_themselves_by_a_post(session: Session, cast: Cast) -> None:
    def sign_up(name: str, full_name: str) -> Account:
        return service.sign_up(
            session, name, full_name=full_name, hashed=make_hash(), site=None, shown=True, language=INDONESIAN, now=NOW
        )

    with pytest.raises(Invalid) as refused:
        sign_up("lurah.melati", "Pak Lurah")
    assert [(each.field, each.code) for each in refused.value.errors] == [
        ("name", "claims_a_post"),
        ("full_name", "claims_a_post"),
    ]
    with pytest.raises(Invalid):
        service.rename(session, cast.budi, "Petugas Melati", now=NOW)
    service.rename(session, cast.guru, "Bu Guru Tini", now=NOW)
    cast.citra.person.name = "Admin Lama"
    service.rename(session, cast.citra, "Admin Lama", now=NOW)
    made = service.invite(session, cast.lurah, Post.OFFICER, MELATI, name="Dedi", now=NOW)
    with pytest.raises(Invalid):
        service.accept_as_new(session, made.uuid, "dedi", full_name="Camat", hashed=make_hash(), language=INDONESIAN, now=NOW)
    assert service.accept_as_new(
        session, made.uuid, "petugas.dedi", full_name="Petugas Dedi", hashed=make_hash(), language=INDONESIAN, now=NOW
    )


@pytest.fixture
def admin(session: Session, cast: Cast) -> Account:
    return make_account(session, "admin", f"administrator@{CITY}", full_name="Bu Admin")


def address(account: Account) -> str:
    return f"/admin/orang/{account.person.uuid}"


def told(session: Session) -> list[str]:
    return [job.payload["kind"] for job in session.scalars(select(Job).where(Job.kind == NEWS).order_by(Job.id))]


def test_a_hidden_name_is_read_nowhere_but_by_its_owner_and_administrators(
    session: Session, cast: Cast, admin: Account, signed_in: SignedIn, page: PageClient
) -> None:
    cast.budi.person.name = "Kasarsekali"
    stamp(session, cast.lurah, make_action(session, cast.budi))
    make_action(session, cast.budi, captured_at=at(MONDAY, 12))
    signed_in(cast.budi).get(f"{address(cast.budi)}/sembunyikan-nama", status=403)
    signed_in(admin).submit(f"{address(cast.budi)}/sembunyikan-nama", {"reason": "x"}, status=422)
    signed_in(admin).submit(f"{address(cast.budi)}/sembunyikan-nama", {"reason": "Menghina orang"})
    wire, board = f"/api/v1/kelurahan/{MELATI}", f"/api/v1/programmes/gps/leaderboard?scope=kelurahan:{MELATI}"
    for path in (f"/kelurahan/{MELATI}", "/peringkat", "/peringkat.csv", board, f"{wire}/facts?programme=gps"):
        assert "Kasarsekali" not in page.get(path).text, path
    for path in (
        "/meja",
        "/api/v1/stamping/queue",
        board,
        f"{wire}/facts?programme=gps",
    ):
        desk = signed_in(cast.lurah).get(path).text
        assert "Kasarsekali" not in desk, path
    assert "Warga" in signed_in(cast.lurah).get("/meja").text
    for account, path in ((cast.budi, "/saya/akun"), (admin, address(cast.budi)), (admin, "/admin/orang?cari=kasar")):
        assert "Kasarsekali" in signed_in(account).get(path).text
    assert "Orang lain membaca" in signed_in(cast.budi).get("/saya/akun").text
    (line,) = session.scalars(select(AuditLine).where(AuditLine.kind == "people.hide_name"))
    assert (line.account_id, line.details) == (admin.id, {"reason": "Menghina orang"})
    signed_in(admin).submit(f"{address(cast.budi)}/tampilkan-nama", {"reason": "Sudah diganti"})
    assert queries.public_name(cast.budi.person) == "Kasarsekali"
    assert told(session) == ["name_hidden", "name_shown"]


def test_an_administrator_gives_another_name(session: Session, cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    path = f"{address(cast.budi)}/ganti-nama"
    signed_in(admin).submit(path, {"full_name": "", "reason": "Nama palsu"}, status=422)
    signed_in(admin).submit(path, {"full_name": " Budi  Santoso ", "reason": "Nama palsu"})
    assert cast.budi.person.name == "Budi Santoso"
    assert told(session) == ["name_given"]
    with pytest.raises(NotAllowed):
        service.give_name(session, cast.budi.person.uuid, "Bodi", reason="iseng saja", by=cast.guru, now=NOW)


@pytest.mark.parametrize(
    ("boards", "name", "shown"),
    [({}, "Pak Budi", True), ({"boards": "nama"}, "Pak Budi", True), ({"boards": "warga"}, "Warga", True),
     ({"boards": "tidak"}, "Pak Budi", False)],
)  # fmt: skip
def test_closing_an_account_decides_what_boards_show(
    boards: dict[str, str], name: str, shown: bool, session: Session, cast: Cast, admin: Account, signed_in: SignedIn
) -> None:
    signed_in(admin).submit(f"{address(cast.budi)}/tutup", {"reason": "Akun palsu", **boards})
    assert cast.budi.disabled_at == NOW
    assert (queries.public_name(cast.budi.person), cast.budi.person.shown) == (name, shown)


def test_what_boards_show_is_one_of_three(cast: Cast, admin: Account, signed_in: SignedIn) -> None:
    signed_in(admin).submit(f"{address(cast.budi)}/tutup", {"reason": "Akun palsu", "boards": "x"}, status=422)
    assert cast.budi.disabled_at is None
