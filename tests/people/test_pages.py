"""Pages of signing in and up, of passwords and invitations, as people and their browsers meet them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.database import Base
from app.people import queries, service
from app.people.models import Account, Invitation, Person, ResetCode, Tenure
from app.people.rules import Post
from app.people.views.invitations import token_of
from app.people.views.sessions import is_ours
from tests.factories.browsing import PASSWORD, fill_in, sealed, sign_in, with_password
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import CITY, MELATI
from tests.factories.deeds import NOW
from tests.factories.fixtures import Clock
from tests.page_client import PageClient

Browser = Callable[[], PageClient]
BOTH = ("id", "en")


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    """A browser of its own: a new person, or the same one on another device."""
    return lambda: PageClient(app, session, app.extensions["watch"])


def deeds(session: Session) -> list[str]:
    return list(session.scalars(select(AuditLine.deed).order_by(AuditLine.id)))


def rows(session: Session) -> dict[str, int]:
    return {name: session.scalar(select(func.count()).select_from(table)) or 0 for name, table in Base.metadata.tables.items()}


# Signing in and out.


def test_signing_in_leads_home_and_out_again(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    with_password(session, cast.budi)
    answer = fill_in(page, "/masuk", name=" Pak.Budi ", password=PASSWORD)
    assert answer.location == "/saya"
    assert "sabuk_remember" not in answer.headers.get("Set-Cookie", "")
    page.get("/saya/akun")
    assert page.get("/masuk", status=303).location == "/saya"
    assert fill_in(page, "/saya/akun", to="/keluar").location == "/"
    page.get("/saya/akun", status=303)
    assert deeds(session)[-2:] == ["people.sign_in", "people.sign_out"]


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
    for lang, told in (("id", "Nama masuk atau kata sandi salah."), ("en", "The sign-in name or the password is wrong.")):
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
    assert answer.headers["Retry-After"] == "30"
    assert "Tunggu 30 detik" in answer.text
    clock.pass_by(seconds=30)
    sign_in(page, cast.budi)


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


def cookies(answer_headers: list[str]) -> dict[str, str]:
    return {cookie.partition("=")[0]: cookie for cookie in answer_headers}


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


# Signing up.

NEW = {
    "usia": "18",
    "full_name": "Siti Rahayu",
    "name": "siti.rahayu",
    "place": NPSN,
    "password": "batu-hujan-padi",
    "again": "batu-hujan-padi",
}
SIGN_UP = "/daftar?usia=18"


def test_an_adult_signs_up_and_is_signed_in(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    page.get("/daftar")
    answer = fill_in(page, SIGN_UP, to="/daftar", **NEW)
    assert answer.location == "/saya"
    made = service.account(session, "siti.rahayu")
    assert [(held.post, held.site_id) for held in queries.tenures(session, made.person_id)] == [(Post.VOLUNTEER, cast.school.id)]
    assert made.person.is_adult
    page.get("/saya/akun")
    assert "people.sign_up" in deeds(session)


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
        ({"name": "Siti Rahayu"}, "Nama masuk terdiri dari"),
        ({"name": "pak.budi"}, "sudah dipakai"),
        ({"password": "sandi", "again": "sandi"}, "paling pendek 8"),
        ({"password": "siti2026", "again": "siti2026", "place": "1"}, "mudah ditebak"),
        ({"again": "batu-hujan-pad"}, "tidak sama"),
        ({"place": "00000000"}, "Tidak ada sekolah atau tempat"),
        ({"full_name": ""}, "wajib diisi"),
    ]
    for change, told in wrong:
        answer = fill_in(page, SIGN_UP, to="/daftar", status=422, **{**NEW, **change})
        assert told in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert NEW["password"] not in answer.text
        if "place" in change:
            assert "Tidak ada sekolah atau tempat" in answer.text
        if "name" not in change:
            assert 'value="siti.rahayu"' in answer.text
    assert queries.account_by_name(session, "siti.rahayu") is None


# Passwords.


def test_a_password_is_changed_by_who_knows_it(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    with_password(session, cast.budi)
    sign_in(page, cast.budi)
    new = {"password": "batu-hujan-padi", "again": "batu-hujan-padi"}
    assert "Kata sandi sekarang salah." in fill_in(page, "/saya/sandi", status=422, current="salah", **new).text
    weak = {"password": "pak.budi1", "again": "pak.budi1"}
    assert "mudah ditebak" in fill_in(page, "/saya/sandi", status=422, current=PASSWORD, **weak).text
    fill_in(page, "/saya/sandi", current=PASSWORD, **new)
    assert service.matches(cast.budi.password_hash, "batu-hujan-padi")
    for _ in range(4):
        fill_in(page, "/saya/sandi", status=422, current="salah", **new)
    assert fill_in(page, "/saya/sandi", status=422, current="salah", **new)
    fill_in(page, "/saya/sandi", status=429, current="batu-hujan-padi", **new)


def test_a_post_that_signs_chooses_a_longer_password_before_anything_else(
    page: PageClient, session: Session, cast: Cast, clock: Clock
) -> None:
    with_password(session, cast.lurah, "makan-kucing")
    answer = fill_in(page, "/masuk?next=/undang", name="pak.lurah", password="makan-kucing", remember="y")
    assert "sabuk_remember" not in cookies(answer.headers.getlist("Set-Cookie"))
    for path in ("/saya/akun", "/undang", "/atur-ulang/kode"):
        assert page.get(path, status=303).location == "/saya/sandi"
    page.get("/api/v1/me", status=401)
    page.get("/healthz")
    short = {"password": "batu-hujan-pad", "again": "batu-hujan-pad"}
    assert "paling pendek 15" in fill_in(page, answer.location, status=422, current="makan-kucing", **short).text
    long = {"password": PASSWORD, "again": PASSWORD}
    assert fill_in(page, answer.location, current="makan-kucing", **long).location == "/undang"
    page.get("/saya/akun")


def test_a_lost_password_comes_back_by_a_code_from_above(browser: Browser, session: Session, cast: Cast, clock: Clock) -> None:
    lurah, budi = sign_in(browser(), with_password(session, cast.lurah)), browser()
    shown = lurah.get("/atur-ulang/kode")
    assert "Pak Budi" in shown.text
    assert "Bu Guru" not in shown.text
    handed = fill_in(lurah, "/atur-ulang/kode", to=f"/atur-ulang/kode/{cast.budi.person.uuid}", status=200)
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", handed.text)
    assert code
    assert code[0] not in str(session.scalars(select(ResetCode.code_hash)).all())
    new = {"name": "pak.budi", "password": "batu-hujan-padi", "again": "batu-hujan-padi"}
    wrong = fill_in(budi, "/atur-ulang", status=422, **new, code="22222-22222").text
    nobody = fill_in(budi, "/atur-ulang", status=422, **{**new, "name": "nobody"}, code=code[0]).text
    for text in (wrong, nobody):
        assert "tidak cocok" in text
    weak = {**new, "password": "pak.budi1", "again": "pak.budi1"}
    assert "mudah ditebak" in fill_in(budi, "/atur-ulang", status=422, **weak, code=code[0]).text
    assert fill_in(budi, "/atur-ulang", **new, code=code[0].lower()).location == "/saya"
    budi.get("/saya/akun")
    fill_in(budi, "/atur-ulang", status=422, **new, code=code[0])
    lines = session.scalars(select(AuditLine).where(AuditLine.deed == "people.reset_code")).all()
    assert [(line.account_id, line.subject) for line in lines] == [(cast.lurah.id, f"account:{cast.budi.id}")]


def test_codes_are_made_by_those_above_and_for_those_in_reach(
    browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    lurah = sign_in(browser(), with_password(session, cast.lurah))
    citra = sign_in(browser(), with_password(session, cast.citra))
    citra.get("/atur-ulang/kode", status=403)
    for uuid in (cast.guru.person.uuid, cast.ani.uuid, cast.citra.person.uuid, cast.lurah.person.uuid):
        fill_in(lurah, "/atur-ulang/kode", to=f"/atur-ulang/kode/{uuid}", status=404)
    assert "Tidak ada nama itu" in lurah.get("/atur-ulang/kode?cari=guru").text
    assert session.scalar(select(func.count()).select_from(ResetCode)) == 0


# Invitations.


def invited(session: Session, cast: Cast, post: Post = Post.COORDINATOR, by: Account | None = None, place: str = MELATI) -> str:
    made = service.invite(session, by or cast.lurah, post, place, name="Ibu Ketua", now=NOW)
    session.flush()
    return made.uuid.hex


def link(app: Flask, session: Session) -> str:
    with app.app_context():
        return f"/undangan/{token_of(session.scalars(select(Invitation.uuid).order_by(Invitation.id.desc())).first())}"  # type: ignore[arg-type]


def test_an_invitation_goes_from_the_lurah_to_somebody_new(
    app: Flask, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    lurah, guest = sign_in(browser(), with_password(session, cast.lurah)), browser()
    assert "Belum ada undangan" in lurah.get("/undang").text
    to = fill_in(lurah, "/undang/cadre", name="Ibu Nia", area=MELATI, rw="7", movement="dasawisma").location
    letter = lurah.get(to).text
    path = link(app, session)
    assert f"http://localhost{path}" in letter
    assert "https://wa.me/?text=Yth." in letter
    assert "Kader Dasawisma di RW 07 Melati" in letter
    assert "<svg" in letter
    offer = guest.get(path)
    assert offer.headers["Referrer-Policy"] == "same-origin"
    assert "Pak Lurah" in offer.text
    new = {"full_name": "Nia", "name": "ibu.nia", "password": "batu-hujan-padi", "again": "batu-hujan-padi"}
    fill_in(guest, path, status=422, **new)
    assert queries.account_by_name(session, "ibu.nia") is None
    assert fill_in(guest, path, **new, adult="y").location == "/saya"
    held = queries.tenures(session, service.account(session, "ibu.nia").person_id)
    assert [(each.post, each.movement) for each in held] == [(Post.CADRE, "dasawisma")]
    assert "sudah dipakai" in browser().get(path, status=410).text
    assert "Diterima" in lurah.get("/undang").text
    assert lurah.get(path, status=303).location == to
    assert {"people.invite", "people.accept", "people.grant"} <= set(deeds(session))


def test_somebody_with_an_account_takes_the_post_beside_the_others(
    app: Flask, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    invited(session, cast)
    kader, path = browser(), link(app, session)
    with_password(session, cast.kader, "makan-kucing")
    offer = kader.get(path)
    sign_in_at = re.search(r'href="(/masuk\?next=[^"]+)"', offer.text)
    assert sign_in_at
    assert fill_in(kader, sign_in_at[1], name="bu.kader", password="makan-kucing").location == path
    fill_in(kader, path)
    assert {held.post for held in queries.tenures(session, cast.kader.person_id)} == {Post.CADRE, Post.COORDINATOR}
    kader.get("/undang")


def test_a_post_that_signs_is_taken_with_a_long_password_only(
    app: Flask, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    invited(session, cast, Post.OFFICER)
    path = link(app, session)
    kader = sign_in(browser(), with_password(session, cast.kader, "makan-kucing"), "makan-kucing")
    assert "paling pendek 15" in fill_in(kader, path, status=422, current="makan-kucing").text
    assert "salah" in fill_in(kader, path, status=422, current="makan-kucin").text
    cast.kader.password_hash = sealed()
    fill_in(kader, path, current=PASSWORD)
    kader.get("/saya/akun")
    assert Post.OFFICER in {held.post for held in queries.tenures(session, cast.kader.person_id)}


def test_a_broken_late_or_revoked_link_opens_nothing(
    app: Flask, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    uuid = invited(session, cast)
    path, guest = link(app, session), browser()
    lurah = sign_in(browser(), with_password(session, cast.lurah))
    for broken in (path[:-1], path + "x", f"/undangan/{uuid}", "/undangan/x.y", path.replace("/undangan/", "/undangan/A")):
        guest.get(broken, status=404)
    clock.pass_by(days=14)
    assert "lewat masanya" in guest.get(path, status=410).text
    clock.pass_by(days=-1)
    guest.get(path)
    letter = lurah.get("/undang").text
    shown = re.search(r"/undang/surat/[0-9a-f-]+", letter)
    assert shown
    sign_in(citra := browser(), with_password(session, cast.citra))
    citra.get(shown[0], status=404)
    fill_in(citra, "/saya/akun", to=f"{shown[0]}/tarik", status=404)
    fill_in(lurah, shown[0], to=f"{shown[0]}/tarik")
    assert "ditarik" in guest.get(path, status=410).text
    assert "ditarik" in lurah.get(shown[0]).text


def test_who_may_invite_nobody_has_no_page_for_it(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    sign_in(page, with_password(session, cast.guru))
    page.get("/undang", status=403)
    page.get("/undang/cadre", status=403)
    page.get("/undang/nothing", status=404)


def test_each_post_is_asked_for_its_place(browser: Browser, session: Session, cast: Cast, clock: Clock) -> None:
    admin = sign_in(browser(), with_password(session, make_account(session, "admin", f"administrator@{CITY}")))
    principal = sign_in(browser(), with_password(session, make_account(session, "kepsek", f"principal@npsn:{NPSN}")))
    lurah = sign_in(browser(), with_password(session, cast.lurah))
    fill_in(admin, "/undang/principal", name="Kepala", site=NPSN)
    assert "Tidak ada sekolah" in fill_in(admin, "/undang/principal", status=422, name="Kepala", site="1").text
    fill_in(admin, "/undang/lurah", name="Bu Lurah", area=MELATI)
    fill_in(principal, "/undang/teacher", name="Guru", school=f"site:{cast.school.uuid}")
    fill_in(principal, "/undang/teacher", status=422, name="Guru", school=f"site:{cast.office.uuid}")
    assert "1 sampai 999" in fill_in(lurah, "/undang/rw", status=422, name="Ketua", area=MELATI, rw="xx").text
    fill_in(lurah, "/undang/rw", name="Ketua", area=MELATI, rw="5")
    fill_in(lurah, "/undang/coordinator", name="Ketua", area=MELATI)


# My account, and every page in both languages.


def test_my_account_is_mine_to_change(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    sign_in(page, with_password(session, cast.budi))
    answer = fill_in(page, "/saya/akun", full_name="Budi  Prakoso", shown="tidak", language="en")
    assert "Saved" in page.get(answer.location).text
    assert (cast.budi.person.name, cast.budi.person.shown, cast.budi.language) == ("Budi Prakoso", False, "en")
    assert set(deeds(session)) >= {"people.rename", "people.language", "leaderboard.visibility"}
    fill_in(page, "/saya/akun", status=422, full_name=" ", shown="ya", language="en")
    fill_in(page, "/saya/akun", status=422, full_name="Budi", shown="mungkin", language="fr")
    assert session.get_one(Person, cast.budi.person_id).name == "Budi Prakoso"


def test_the_house_speaks_the_language_of_who_signs_in(browser: Browser, session: Session, cast: Cast, clock: Clock) -> None:
    with_password(session, cast.budi).language = "en"
    page = sign_in(browser(), cast.budi)
    assert '<html lang="en"' in page.get("/saya/akun").text
    chosen = browser()
    chosen.get("/masuk?lang=id")
    assert '<html lang="id"' in sign_in(chosen, cast.budi).get("/saya/akun").text


def test_every_page_speaks_both_languages(app: Flask, browser: Browser, session: Session, cast: Cast, clock: Clock) -> None:
    invited(session, cast)
    lurah, guest = sign_in(browser(), with_password(session, cast.lurah)), browser()
    uuid = session.scalars(select(Invitation.uuid)).one()
    pages = [
        (guest, ["/masuk", "/daftar", "/daftar?usia=18", "/daftar?usia=belum", "/atur-ulang", link(app, session)]),
        (
            lurah,
            ["/saya/akun", "/saya/sandi", "/undang", "/undang/cadre", "/undang/rw", f"/undang/surat/{uuid}", "/atur-ulang/kode"],
        ),
    ]
    for who, paths in pages:
        for path in paths:
            titles = []
            for lang in BOTH:
                text = who.get(path + ("&" if "?" in path else "?") + f"lang={lang}").text
                assert f'<html lang="{lang}"' in text
                titles.append(re.search(r"<title>(.*?)</title>", text, re.S)[1])  # type: ignore[index]
            assert titles[0] != titles[1], path
    clock.pass_by(days=15)
    assert "This invitation has run out" in guest.get(link(app, session) + "?lang=en", status=410).text


def test_an_invitation_lasts_fourteen_days(session: Session, cast: Cast) -> None:
    invited(session, cast)
    made = session.scalars(select(Invitation)).one()
    assert made.expires_at - made.created_at == timedelta(days=14)
