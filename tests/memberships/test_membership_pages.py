"""The pages on which somebody finds their site and asks for it, and on which whoever answers does."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.people import queries, service
from app.people.models import Account
from app.people.queries.memberships import own_request
from tests.factories.actions import NOW
from tests.factories.browsing import fill_in, sign_in, with_password
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import AT_SEA, IN_MELATI, MELATI
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.people.browsing import Browser

OWN = "/saya/lokasi"


@pytest.fixture
def officer(session: Session, cast: Cast) -> Account:
    return with_password(session, make_account(session, "petugas", f"officer@site:{cast.office.uuid}", full_name="Bu Rina"))


@pytest.fixture
def citra(page: PageClient, session: Session, cast: Cast, clock: Clock) -> PageClient:
    return sign_in(page, with_password(session, cast.citra))


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("kantor", True), ("MELATI pos", True), ("kantor sekolah", False), ("%", False), ("'; drop", False), ("x" * 300, False)],
)
def test_a_site_is_found_by_words_of_its_name(citra: PageClient, words: str, is_found: bool) -> None:
    text = citra.get(OWN, query_string={"cari": words}).text
    assert ("Kantor Pos Melati" in text) is is_found
    assert ("Tidak ada tempat dengan nama itu" in text) is not is_found


def test_a_site_is_found_by_its_number_and_by_the_code_of_its_poster(citra: PageClient, cast: Cast) -> None:
    assert "SDN Teratai 1" in citra.get(f"{OWN}?cari={NPSN}").text
    short = f"{cast.office.uuid.hex[:4]}-{cast.office.uuid.hex[4:8]}"
    assert "Kantor Pos Melati" in citra.get(f"{OWN}?lokasi={short}").text


def test_near_me_answers_once_and_keeps_nothing(citra: PageClient, session: Session) -> None:
    there = {"lon": str(IN_MELATI.lon), "lat": str(IN_MELATI.lat - 0.002)}
    text = fill_in(citra, OWN, to=f"{OWN}/dekat", status=200, **there).text
    assert "Kantor Pos Melati" in text
    assert "kira-kira 200 m" in text
    assert there["lat"] not in text
    at_sea = {"lon": str(AT_SEA.lon), "lat": str(AT_SEA.lat)}
    assert "Tidak ada tempat yang tercatat dalam 3 km" in fill_in(citra, OWN, to=f"{OWN}/dekat", status=200, **at_sea).text
    for wrong in ({}, {"lon": "x", "lat": "1"}, {"lon": "nan", "lat": "inf"}, {"lon": "0", "lat": "0"}):
        assert "tidak terbaca" in fill_in(citra, OWN, to=f"{OWN}/dekat", status=422, **wrong).text


def test_somebody_asks_is_confirmed_and_leaves(
    citra: PageClient, browser: Browser, session: Session, cast: Cast, officer: Account
) -> None:
    asking = {"to": f"{OWN}/minta", "site": str(cast.office.uuid)}
    assert fill_in(citra, OWN, **asking).location == OWN
    assert "Menunggu: Kantor Pos Melati" in citra.get(OWN).text
    fill_in(citra, OWN, to=f"{OWN}/batal")
    assert "Menunggu: Kantor Pos Melati" not in citra.get(OWN).text
    fill_in(citra, OWN, **asking)
    request = own_request(session, cast.citra.person_id)
    assert request is not None
    desk = sign_in(browser(), officer)
    text = desk.get("/anggota").text
    assert "Citra" in text
    citra.get(f"/anggota/{request.uuid}/tolak", status=404)
    fill_in(citra, OWN, to=f"/anggota/{request.uuid}/terima", status=404)
    fill_in(desk, "/anggota", to=f"/anggota/{request.uuid}/terima")
    assert "Tidak ada permintaan" in desk.get("/anggota").text
    assert "Anda terdaftar di" in citra.get(OWN).text
    assert "sudah terdaftar" in fill_in(citra, OWN, status=409, **asking).text
    fill_in(citra, OWN, to=f"{OWN}/keluar/{cast.office.uuid}")
    assert "sampai akhir hari ini" in citra.get(OWN).text


def test_a_refusal_is_read_with_its_reason(
    citra: PageClient, browser: Browser, session: Session, cast: Cast, officer: Account
) -> None:
    request = service.ask(session, cast.citra, cast.office.uuid, ends_others=False, now=NOW)
    session.commit()
    desk = sign_in(browser(), officer)
    fill_in(desk, f"/anggota/{request.uuid}/tolak", status=422, reason=" ")
    fill_in(desk, f"/anggota/{request.uuid}/tolak", reason="Bukan pegawai di sini")
    assert "Bukan pegawai di sini" in citra.get(OWN).text
    desk.get(f"/anggota/{request.uuid}/tolak", status=404)


def test_where_somebody_lives_is_chosen_from_the_list(citra: PageClient, session: Session, cast: Cast) -> None:
    fill_in(citra, OWN, to=f"{OWN}/kelurahan", residence=MELATI)
    session.refresh(cast.citra)
    assert queries.tenures(session, cast.citra.person_id) == ()
    assert cast.citra.residence_id == cast.city.areas[MELATI]
    fill_in(citra, OWN, to=f"{OWN}/kelurahan", status=422, residence="99.99")
    fill_in(citra, OWN, to=f"{OWN}/kelurahan", residence="")
    session.refresh(cast.citra)
    assert cast.citra.residence_id is None


def test_what_is_no_site_is_not_asked_for(citra: PageClient) -> None:
    for wrong in ("", "x", "00000000-0000-0000-0000-000000000000"):
        fill_in(citra, OWN, to=f"{OWN}/minta", status=404, site=wrong)


def test_an_officer_invites_a_volunteer_to_the_site(browser: Browser, session: Session, cast: Cast, officer: Account) -> None:
    desk = sign_in(browser(), officer)
    assert "/undang/volunteer" in desk.get("/anggota").text
    at = {"school": f"site:{cast.office.uuid}", "name": "Pak Joko"}
    assert "/undang/surat/" in fill_in(desk, "/undang/volunteer", **at).location
    fill_in(desk, "/undang/volunteer", status=422, school=f"site:{cast.school.uuid}", name="Pak Joko")


def test_the_poster_of_a_site_is_printed_by_whoever_answers_for_it(
    browser: Browser, session: Session, cast: Cast, officer: Account, clock: Clock
) -> None:
    desk = sign_in(browser(), officer)
    site = f"/admin/lokasi/{cast.office.uuid}"
    assert f"{site}/poster" in desk.get(site).text
    text = desk.get(f"{site}/poster").text
    code = f"{cast.office.uuid.hex[:4]}-{cast.office.uuid.hex[4:8]}".upper()
    assert f"/daftar?lokasi={code}" in text
    assert 'class="qr"' in text
    desk.get(f"/admin/lokasi/{cast.school.uuid}/poster", status=404)
    sign_in(browser(), with_password(session, cast.budi)).get(f"{site}/poster", status=403)
    cast.office.closed_at = NOW
    session.commit()
    desk.get(f"{site}/poster", status=409)
