"""The booklet, one's own actions, an action with its history, the public check of a stamp."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.core.check_codes import check_code, grouped
from app.people.models import Account
from app.people.rules import LIMITS, AttemptKind
from tests.factories.actions import MONDAY, NOW, action_days, at, make_action, stamp
from tests.factories.cast import Cast
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]


def test_the_booklet_holds_the_stamps_newest_first(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    first, second = action_days(2)
    older = make_action(session, cast.budi, captured_at=at(second, 7, 5))
    newer = make_action(session, cast.budi, captured_at=at(first, 7, 5))
    stamp(session, cast.lurah, older)
    stamp(session, cast.lurah, newer)
    booklet = signed_in(cast.budi).get("/buku").text
    assert booklet.index(str(newer.id)) < booklet.index(str(older.id))
    assert "Kantor Pos Melati" in booklet
    assert "Sabuk Putih" in booklet


def test_a_full_booklet_has_older_pages(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    made = [make_action(session, cast.budi, captured_at=at(day, 7, 5)) for day in reversed(action_days(14))]
    for action in made:
        stamp(session, cast.lurah, action, note="terlambat")
    page = signed_in(cast.budi)
    newest, oldest = page.get("/buku").text, page.get("/buku?sebelum=3").text
    assert newest.count("/cek/") == 12
    assert "sebelum=3" in newest
    assert oldest.count("/cek/") == 2
    assert str(made[0].id) in oldest
    page.get("/buku?sebelum=x", status=422)


@pytest.mark.parametrize("instant", ["x", "2026-11-22T07:00", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"])
def test_older_actions_are_asked_for_by_an_instant(cast: Cast, signed_in: SignedIn, instant: str) -> None:
    signed_in(cast.budi).get(f"/aksi?sebelum={instant}", status=422)


@pytest.mark.parametrize("language", ["id", "en"])
def test_somebody_without_stamps_reads_what_to_do(cast: Cast, signed_in: SignedIn, language: str) -> None:
    page = signed_in(cast.budi)
    words = {"id": "Buku ini masih kosong", "en": "This booklet is still empty"}
    assert words[language] in page.get(f"/buku?lang={language}").text
    assert "/catat" in page.get(f"/aksi?lang={language}").text
    assert {"id": "Tidak ada yang menunggu", "en": "Nothing is waiting"}[language] in page.get(f"/saya?lang={language}").text


def test_an_action_tells_its_history(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    action = make_action(session, cast.budi, minutes=5, note="hujan deras")
    waiting = signed_in(cast.budi).get(f"/aksi/{action.id}").text
    assert "Perlu diperiksa dulu" in waiting
    assert "hujan deras" in waiting
    assert f"/aksi/{action.id}/tarik" in waiting
    assert "3,5 kg (perkiraan)" in waiting
    stamp(session, cast.lurah, action, note="Saya lihat sendiri.")
    stamped = signed_in(cast.budi).get(f"/aksi/{action.id}").text
    assert "Dicap: Lurah" in stamped
    assert "Saya lihat sendiri." in stamped
    assert "/tarik" not in stamped


def test_only_those_whom_it_concerns_read_an_action(session: Session, cast: Cast, signed_in: SignedIn, page: PageClient) -> None:
    action = make_action(session, cast.budi)
    for reader, status in ((cast.budi, 200), (cast.lurah, 200), (cast.citra, 404), (cast.guru, 404)):
        signed_in(reader).get(f"/aksi/{action.id}", status=status)
    signed_in(cast.budi).get(f"/aksi/{uuid4()}", status=404)
    assert page.get(f"/aksi/{action.id}", status=303).headers["Location"].startswith("/masuk?next=")


def test_anybody_may_check_a_stamp_and_learns_nobodys_name(session: Session, cast: Cast, page: PageClient) -> None:
    action = make_action(session, cast.budi)
    (result,) = stamp(session, cast.lurah, action)
    assert result.stamp is not None
    shown = page.get(f"/cek/{result.stamp.id}").text
    assert "Cap ini asli dan berlaku" in shown
    assert "Melati" in shown
    assert cast.budi.person.name not in shown
    assert "Kantor Pos" not in shown
    page.get(f"/cek/{uuid4()}", status=404)


def test_the_printed_code_leads_to_the_stamp(session: Session, cast: Cast, signed_in: SignedIn, page: PageClient) -> None:
    (result,) = stamp(session, cast.lurah, make_action(session, cast.budi))
    assert result.stamp is not None
    code = grouped(check_code(result.stamp.id))
    booklet = signed_in(cast.budi).get("/buku").text
    assert f"Kode cek {code}" in booklet
    assert "<h3>Lencana</h3>" in booklet
    assert "Aksi Pertama" in booklet
    found = page.get(f"/cek?kode={code.lower().replace('-', '+')}", status=303).headers["Location"]
    assert "Cap ini asli dan berlaku" in page.get(found).text
    assert "pindai QR-nya" in page.get("/cek?kode=8aa40a21", status=422).text
    assert page.get("/cek/8aa40a21", status=303).headers["Location"] == "/cek?kode=8aa40a21"
    assert "13 huruf dan angka" in page.get("/cek?kode=halo", status=422).text


def test_the_booklet_to_print_has_every_stamp_with_its_code(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    made = [make_action(session, cast.budi, captured_at=at(day, 7, 5)) for day in action_days(14)]
    stamp(session, cast.lurah, *made, note="terlambat")
    whole = signed_in(cast.budi).get("/buku/cetak").text
    assert whole.count("stamp-code") == 14
    assert "Pak Budi" in whole
    assert "sampai 16 Nov 2026" in whole


def test_whoever_tries_codes_that_are_none_has_to_wait(session: Session, cast: Cast, page: PageClient) -> None:
    (result,) = stamp(session, cast.lurah, make_action(session, cast.budi))
    assert result.stamp is not None
    for number in range(LIMITS[AttemptKind.CHECK_ADDRESS].free):
        page.get(f"/cek/0000000000{number:03d}", status=404)
    assert page.get("/cek/0000000000999", status=429).headers["Retry-After"] == "15"
    page.get(f"/cek/{check_code(result.stamp.id)}", status=429)
    page.get(f"/cek/{result.stamp.id}")


def test_a_void_stamp_says_so(session: Session, cast: Cast, page: PageClient) -> None:
    from app.stamping import service as stamping

    action = make_action(session, cast.budi)
    (result,) = stamp(session, cast.lurah, action)
    assert result.stamp is not None
    stamping.void(session, result.stamp.id, cast.lurah, reason="keliru orang", now=NOW)
    assert "sudah dibatalkan" in page.get(f"/cek/{result.stamp.id}").text


def test_my_home_shows_the_way_to_the_next_belt(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi))
    home = signed_in(cast.budi).get("/saya").text
    assert "menuju sabuk Hijau" in home or "menuju sabuk hijau" in home
    assert '<strong class="figures">1</strong> dari <strong class="figures">25</strong> menuju' in home


def test_an_action_on_another_day_is_told_as_not_counted(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    sunday = MONDAY - timedelta(days=1)
    action = make_action(session, cast.budi, captured_at=at(sunday, 7, 5))
    page = signed_in(cast.budi)
    for address in ("/saya", f"/aksi/{action.id}"):
        told = page.get(address).text
        assert '<span class="word">Tidak dihitung.</span> Minggu, 15 November 2026: bukan hari program.' in told
