"""Signing in, out and up on pages, as people and their browsers meet it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people import queries, service
from app.people.models import Tenure
from app.people.views.sessions import is_ours
from app.places import queries as places
from tests.factories.actions import NOW
from tests.factories.browsing import PASSWORD, fill_in, sign_in, with_password
from tests.factories.cast import Cast
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.people.browsing import Browser, audit_kinds, cookies, rows


def test_signing_in_leads_home_and_out_again(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    with_password(session, cast.budi)
    answer = fill_in(page, "/masuk", name=" Pak.Budi ", password=PASSWORD)
    assert answer.location == "/saya"
    assert "sabuk_remember" not in answer.headers.get("Set-Cookie", "")
    page.get("/saya/akun")
    assert page.get("/masuk", status=303).location == "/saya"
    assert fill_in(page, "/saya/akun", to="/keluar").location == "/"
    page.get("/saya/akun", status=303)
    assert audit_kinds(session)[-2:] == ["people.sign_in", "people.sign_out"]


def test_a_page_that_needs_somebody_leads_to_the_sign_in_and_back(
    page: PageClient, session: Session, cast: Cast, clock: Clock
) -> None:
    with_password(session, cast.lurah)
    to = page.get("/atur-ulang/kode?cari=budi", status=303).location
    assert to == "/masuk?next=/atur-ulang/kode?cari%3Dbudi"
    assert fill_in(page, to, name="pak.lurah", password=PASSWORD).location == "/atur-ulang/kode?cari=budi"
    page.get(to, status=303)


def test_a_wrong_password_says_the_same_as_a_wrong_name(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    with_password(session, cast.budi)
    for lang, told in (("id", "Nama pengguna atau kata sandi salah."), ("en", "The username or the password is wrong.")):
        pages = [
            fill_in(page, f"/masuk?lang={lang}", status=422, name=name, password="salah-sekali").text
            for name in ("pak.budi", "pak.bodi")
        ]
        plain = [re.sub(r'name="csrf_token"[^>]*>|pak\.b[ou]di', "", text) for text in pages]
        assert plain[0] == plain[1]
        assert told in plain[0]
        assert "salah-sekali" not in plain[0]


def test_tries_in_vain_are_paused_in_the_database(
    page: PageClient, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    with_password(session, cast.budi)
    for _ in range(5):
        fill_in(page, "/masuk", status=422, name="pak.budi", password="salah")
    answer = fill_in(browser(), "/masuk", status=429, name="pak.budi", password=PASSWORD)
    with page.cookie() as kept:
        assert not kept.get("_user_id")
    assert answer.headers["Retry-After"] == "30"
    assert "Tunggu 30 detik" in answer.text
    clock.pass_by(seconds=30)
    sign_in(page, cast.budi)


def test_a_browser_in_which_somebody_signed_in_keeps_their_way_in(
    page: PageClient, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    for account in (cast.lurah, cast.budi):
        with_password(session, account)
    desk = sign_in(browser(), cast.lurah)
    answer = fill_in(desk, "/saya/akun", to="/keluar")
    assert "sabuk_kenal" not in str(answer.headers)
    for _ in range(5):
        fill_in(page, "/masuk", status=422, name="pak.lurah", password="salah")
    fill_in(page, "/masuk", status=429, name="pak.lurah", password=PASSWORD)
    sign_in(desk, cast.lurah).get("/saya")
    known = desk.carried("sabuk_kenal")
    assert "lurah" not in known
    for forged in (known[:-1], known.replace(".", "x.", 1), known.partition(".")[0], ".", "é.é", known.partition(".")[0] + "."):
        page.set_cookie("sabuk_kenal", forged)
        fill_in(page, "/masuk", status=429, name="pak.lurah", password=PASSWORD)
    page.set_cookie("sabuk_kenal", known)
    fill_in(page, "/masuk", status=422, name="pak.lurah", password="salah")
    sign_in(page, cast.budi)
    assert page.carried("sabuk_kenal").count(".") == 2


@pytest.mark.parametrize(
    ("asked", "ours"),
    [
        ("/saya/akun", True),
        ("/daftar?usia=18&next=/masuk", True),
        ("/_components", True),
        ("//evil.example/saya", False),
        ("/\\evil.example", False),
        ("https://evil.example/saya", False),
        ("https:/saya", False),
        ("javascript:alert(1)", False),
        ("/\t/evil.example", False),
        ("\t//evil.example", False),
        ("/saya\\..\\x", False),
        ("/saya\r\nSet-Cookie: a=b", False),
        ("/keluar", False),
        ("/tidak-ada", False),
        ("saya", False),
        ("", False),
    ],
)
def test_only_a_page_of_ours_is_the_way_back(asked: str, ours: bool, app: Flask) -> None:
    with app.test_request_context():
        assert is_ours(asked) is ours


def test_an_open_redirect_is_none(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    with_password(session, cast.budi)
    answer = fill_in(page, "/masuk?next=//evil.example/", name="pak.budi", password=PASSWORD)
    assert answer.location == "/saya"
    assert page.get("/masuk?next=https://evil.example/", status=303).location == "/saya"


def test_a_form_without_its_token_does_nothing(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    with_password(session, cast.budi)
    before = rows(session)
    for path in ("/masuk", "/daftar", "/keluar", "/atur-ulang", "/saya/sandi", "/saya/akun", "/undang/cadre"):
        page.post(path, status=400, data={"name": "pak.budi", "password": PASSWORD, "usia": "18"})
    assert rows(session) == before


def test_a_remembered_device_stays_signed_in_and_its_cookies_are_guarded(
    page: PageClient, session: Session, cast: Cast, clock: Clock
) -> None:
    with_password(session, cast.budi)
    answer = fill_in(page, "/masuk", name="pak.budi", password=PASSWORD, remember="y")
    kept = cookies(answer.headers.getlist("Set-Cookie"))
    assert {"sabuk", "sabuk_remember"} <= set(kept)
    for name in ("sabuk", "sabuk_remember"):
        assert "HttpOnly" in kept[name]
        assert "SameSite=Lax" in kept[name]
    with page.cookie() as carried:
        carried.clear()
    page.get("/saya/akun")
    out = fill_in(page, "/saya/akun", to="/keluar")
    assert "sabuk_remember=;" in cookies(out.headers.getlist("Set-Cookie"))["sabuk_remember"]
    page.get("/saya/akun", status=303)


def test_a_session_ends_with_the_password_the_post_and_the_word(
    browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    for account in (cast.budi, cast.lurah):
        with_password(session, account)
    phone, desk, lurah = (
        sign_in(browser(), cast.budi, remember="y"),
        sign_in(browser(), cast.budi),
        sign_in(browser(), cast.lurah),
    )
    fill_in(desk, "/saya/sandi", current=PASSWORD, password="batu-hujan-padi", again="batu-hujan-padi")
    desk.get("/saya/akun")
    phone.get("/saya/akun", status=303)
    sign_in(phone, cast.budi, "batu-hujan-padi")
    fill_in(phone, "/saya/akun", to="/keluar/semua")
    desk.get("/saya/akun", status=303)
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == cast.lurah.person_id)).one()
    service.end(session, tenure, last_day=NOW.date(), ended_by=None, now=NOW)
    lurah.get("/saya/akun", status=303)


def test_a_session_says_nothing_after_the_account_is_closed(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    with_password(session, cast.budi)
    sign_in(page, cast.budi, remember="y")
    cast.budi.disabled_at = NOW
    page.get("/saya/akun", status=303)


NEW = {
    "usia": "18",
    "full_name": "Siti Rahayu",
    "name": "siti.rahayu",
    "shown": "ya",
    "password": "batu-hujan-padi",
    "again": "batu-hujan-padi",
}
SIGN_UP = "/daftar?usia=18"


def test_an_adult_signs_up_and_is_signed_in(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    page.get("/daftar")
    text = page.get(SIGN_UP).text
    assert ">Kata sandi<" in text, "there is no older one"
    assert "checked" not in text, "neither answer is chosen beforehand"
    assert "wajib" in fill_in(page, SIGN_UP, to="/daftar", status=422, **{**NEW, "shown": ""}).text
    answer = fill_in(page, SIGN_UP, to="/daftar", **{**NEW, "shown": "tidak"})
    assert answer.location == "/saya/lokasi?baru=ya"
    made = service.account(session, "siti.rahayu")
    assert (made.person.is_adult, made.person.shown, queries.tenures(session, made.person_id)) == (True, False, ())
    assert "Satu langkah lagi" in page.get(answer.location).text
    assert "people.sign_up" in audit_kinds(session)


def test_the_poster_of_a_site_leads_to_a_request_for_it(
    page: PageClient, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    code = places.site_code(cast.office.uuid)
    for path in (f"/daftar?lokasi={code}", f"{SIGN_UP}&lokasi={code}"):
        assert "Kantor Pos Melati" in page.get(path).text
    answer = fill_in(page, f"{SIGN_UP}&lokasi={code}", to="/daftar", lokasi=code, **NEW)
    assert "Menunggu: Kantor Pos Melati" in page.get(answer.location).text
    assert page.get(f"/daftar?lokasi={code}", status=303).location == f"/saya/lokasi?lokasi={code}"
    assert page.get("/daftar?lokasi=0000-0000", status=303).location == "/saya"
    other = browser()
    assert "wajib" not in other.get("/daftar?lokasi=%00").text
    fill_in(other, SIGN_UP, to="/daftar", lokasi="0000-0000", **{**NEW, "name": "tono"})


def test_a_password_with_which_nothing_is_wrong_is_typed_once(
    page: PageClient, session: Session, cast: Cast, clock: Clock
) -> None:
    def kept_in(text: str) -> str:
        return re.search(r'name="kept"[^>]*value="([^"]*)"', text)[1]  # type: ignore[index]

    taken = fill_in(page, SIGN_UP, to="/daftar", status=422, **{**NEW, "name": "pak.budi", "shown": ""})
    assert all(told in taken.text for told in ("sudah dipakai", "wajib", "masih kami ingat"))
    assert NEW["password"] not in taken.text
    empty = {**NEW, "password": "", "again": ""}
    for spoilt in ("", "x", kept_in(taken.text)[:-4] + "AAAA"):
        assert "wajib" in fill_in(page, SIGN_UP, to="/daftar", status=422, kept=spoilt, **empty).text
    clock.pass_by(minutes=16)
    assert "wajib" in fill_in(page, SIGN_UP, to="/daftar", status=422, kept=kept_in(taken.text), **empty).text
    again = fill_in(page, SIGN_UP, to="/daftar", status=422, **{**NEW, "full_name": ""})
    assert not kept_in(fill_in(page, SIGN_UP, to="/daftar", status=422, **{**NEW, "password": "sandi"}).text)
    fill_in(page, SIGN_UP, to="/daftar", kept=kept_in(again.text), **empty)
    assert service.recognise(session, "siti.rahayu", NEW["password"], now=NOW)


def test_who_is_not_yet_18_is_shown_the_way_and_nothing_is_stored(
    page: PageClient, session: Session, cast: Cast, clock: Clock
) -> None:
    session.commit()
    before = rows(session)
    for lang, told in (("id", "Ikut lewat sekolahmu"), ("en", "Join through your school")):
        answer = page.get(f"/daftar?usia=belum&lang={lang}")
        assert told in answer.text
        assert set(cookies(answer.headers.getlist("Set-Cookie"))) == {"sabuk_lang"}
    young = {**NEW, "usia": "belum"}
    answer = fill_in(page, SIGN_UP, to="/daftar", **young)
    assert urlsplit(answer.location).query == "usia=belum"
    assert rows(session) == before


@pytest.mark.parametrize("usia", ["", "17", "99", "<b>"])
def test_the_question_of_age_is_asked_until_it_is_answered(page: PageClient, usia: str) -> None:
    assert "Berapa usia Anda?" in page.get(f"/daftar?usia={usia}").text


def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    page: PageClient, session: Session, cast: Cast, clock: Clock
) -> None:
    wrong = [
        ({"name": "Siti Rahayu"}, ["Nama pengguna terdiri dari"]),
        ({"name": "pak.budi"}, ["sudah dipakai"]),
        ({"password": "sandi", "again": "sandi"}, ["paling pendek 8"]),
        ({"again": "batu-hujan-pad"}, ["tidak sama"]),
        ({"full_name": ""}, ["wajib diisi"]),
        (
            {"name": "pak.budi", "full_name": "Pak Lurah", "password": "budi2026", "again": "budi2026", "shown": ""},
            ["sudah dipakai", "hanya untuk yang memegang jabatan itu", "mudah ditebak", "wajib"],
        ),
    ]
    for change, told in wrong:
        answer = fill_in(page, SIGN_UP, to="/daftar", status=422, **{**NEW, **change})
        assert [words for words in told if words not in answer.text] == []
        assert 'aria-invalid="true"' in answer.text
        assert NEW["password"] not in answer.text
        if "name" not in change:
            assert 'value="siti.rahayu"' in answer.text
    assert queries.account_by_name(session, "siti.rahayu") is None


@pytest.mark.parametrize("path", ["/masuk", "/daftar?usia=18", "/atur-ulang"])
def test_a_name_that_no_database_keeps_is_asked_for_again(page: PageClient, path: str) -> None:
    fields = {"code": "7KQ4M-XH2WP", "password": PASSWORD, "again": PASSWORD, "full_name": "Budi", "usia": "18"}
    answer = fill_in(page, path, status=422, name="a\x00b", **fields)
    assert "Ada karakter kendali yang tidak dapat disimpan." in answer.text
