"""Invitations on pages, from the post above to whoever takes the post."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy.orm import Session

from app.people import queries, service
from app.people.rules import Post
from tests.factories.actions import NOW
from tests.factories.browsing import PASSWORD, fill_in, make_hash, sign_in, with_password
from tests.factories.cast import NPSN, Cast, make_account, make_token
from tests.factories.city import CITY, MELATI
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.people.browsing import Browser, audit_kinds, invited, link


def test_an_invitation_goes_from_the_lurah_to_somebody_new(
    app: Flask, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    lurah, guest = sign_in(browser(), with_password(session, cast.lurah)), browser()
    assert "Belum ada undangan" in lurah.get("/undang").text
    to = fill_in(lurah, "/undang/cadre", name="Ibu Nia", area=MELATI, rw="7", movement="dasawisma").location
    letter = lurah.get(to).text
    path = link(app, session)
    assert f"http://127.0.0.1:8000{path}" in letter
    assert "localhost" not in letter
    forged = lurah.as_bearer(make_token(session, cast.lurah)).get(to, headers={"Host": "evil.example"}).text
    assert (f"http://127.0.0.1:8000{path}" in forged, "evil.example" in forged) == (True, False)
    assert "https://wa.me/?text=Yth." in letter
    assert "Kader Dasawisma di RW 07 Melati" in letter
    assert "<svg" in letter
    offer = guest.get(path)
    assert offer.headers["Referrer-Policy"] == "same-origin"
    assert "Pak Lurah" in offer.text
    assert ">Kata sandi<" in offer.text, "there is no older one"
    new = {"full_name": "Nia", "name": "ibu.nia", "password": "batu-hujan-padi", "again": "batu-hujan-padi"}
    fill_in(guest, path, status=422, **new)
    assert queries.account_by_name(session, "ibu.nia") is None
    assert fill_in(guest, path, **new, adult="y", shown="ya").location == "/saya"
    held = queries.tenures(session, service.account(session, "ibu.nia").person_id)
    assert [(each.post, each.movement) for each in held] == [(Post.CADRE, "dasawisma")]
    assert "sudah dipakai" in browser().get(path, status=410).text
    assert "Diterima" in lurah.get("/undang").text
    assert lurah.get(path, status=303).location == to
    assert {"people.invite", "people.accept", "people.grant"} <= set(audit_kinds(session))


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
    assert fill_in(kader, path).location == path
    waits = kader.get(path).text
    number = re.search(r'one-time-code figures">(\d{4})<', waits)
    assert number
    assert "Jabatan ini belum berlaku" in waits
    assert f"sebutkan angka pencocok {number[1]}." in kader.get("/saya/akun").text
    kader.get("/undang", status=403)
    assert "sudah dipakai" in browser().get(path, status=410).text
    lurah = sign_in(browser(), with_password(session, cast.lurah))
    listed = lurah.get("/undang").text
    for said in ("Perlu Anda pastikan", "Benar ini", "Bu Kader", "bu.kader", number[1]):
        assert said in listed
    confirm = re.search(r'action="(/undang/surat/[^"]+/benar)"', listed)
    assert confirm
    fill_in(kader, "/saya/akun", to=confirm[1], status=404)
    fill_in(lurah, "/undang", to=confirm[1])
    assert "Jabatan berlaku mulai sekarang." in lurah.get("/undang").text
    assert {held.post for held in queries.tenures(session, cast.kader.person_id)} == {Post.CADRE, Post.COORDINATOR}
    kader.get("/undang")
    assert "sudah dipakai" in kader.get(path, status=410).text


def test_whoever_holds_a_forwarded_link_is_declined(
    app: Flask, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    admin = make_account(session, "admin", f"administrator@{CITY}")
    invited(session, cast, Post.LURAH, by=admin)
    path, stranger = link(app, session), browser()
    new = {"full_name": "Ibu Ketua", "name": "orang.lain", "password": PASSWORD, "again": PASSWORD, "adult": "y", "shown": "ya"}
    assert fill_in(stranger, path, **new).location == path
    for closed in ("/meja", "/undang", "/admin"):
        stranger.get(closed, status=403)
    above = sign_in(browser(), with_password(session, admin))
    decline = re.search(r'action="(/undang/surat/[^"]+/bukan)"', above.get("/undang").text)
    assert decline
    fill_in(above, "/undang", to=decline[1])
    assert "Bukan orangnya" in above.get("/undang").text
    assert "dipakai orang lain" in stranger.get(path, status=410).text
    assert queries.tenures(session, service.account(session, "orang.lain").person_id) == ()


def test_a_post_that_signs_is_taken_with_a_long_password_only(
    app: Flask, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    invited(session, cast, Post.OFFICER)
    path = link(app, session)
    kader = sign_in(browser(), with_password(session, cast.kader, "makan-kucing"), "makan-kucing")
    assert "paling pendek 15" in fill_in(kader, path, status=422, current="makan-kucing").text
    assert "salah" in fill_in(kader, path, status=422, current="makan-kucin").text
    cast.kader.password_hash = make_hash()
    fill_in(kader, path, current=PASSWORD)
    kader.get("/saya/akun")
    assert [waits.post for waits in queries.waiting_for(session, cast.kader.person_id, NOW)] == [Post.OFFICER]


def test_a_broken_late_or_revoked_link_opens_nothing(
    app: Flask, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    uuid = invited(session, cast)
    path, guest = link(app, session), browser()
    lurah = sign_in(browser(), with_password(session, cast.lurah))
    for broken in (path[:-1], path + "x", f"/undangan/{uuid}", "/undangan/x.y", path.replace("/undangan/", "/undangan/A")):
        guest.get(broken, status=404)
    clock.pass_by(days=14)
    assert "kedaluwarsa" in guest.get(path, status=410).text
    clock.pass_by(days=-1)
    guest.get(path)
    letter = lurah.get("/undang").text
    shown = re.search(r"/undang/surat/[0-9a-f-]+", letter)
    assert shown
    sign_in(citra := browser(), with_password(session, cast.citra))
    citra.get(shown[0], status=404)
    fill_in(citra, "/saya/akun", to=f"{shown[0]}/tarik", status=404)
    fill_in(lurah, shown[0], to=f"{shown[0]}/tarik")
    assert "dibatalkan" in guest.get(path, status=410).text
    assert "dibatalkan" in lurah.get(shown[0]).text


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
