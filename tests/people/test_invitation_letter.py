"""The letter of an invitation: from an office, to an office, with a number and a day."""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.catalogue import INDONESIAN
from app.people import service
from app.people.models import Invitation, Tenure
from app.people.queries.offices import inviting_post, serial_of
from app.people.rules import APPOINTS, Post
from app.people.rules.letter_words import ASKED, addressee, letter_number
from tests.factories.actions import NOW
from tests.factories.browsing import sign_in, with_password
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import CITY, MELATI
from tests.factories.fixtures import Clock
from tests.people.browsing import Browser, invited, link


def test_letters_are_numbered_by_sender_and_year() -> None:
    assert letter_number(7, date(2026, 11, 16)) == "7/UND/XI/2026"
    assert letter_number(1, date(2027, 1, 2)) == "1/UND/I/2027"


def test_an_office_is_written_to_and_each_post_is_told_what_is_asked() -> None:
    to = addressee(Post.LURAH, "Citarum")
    assert to is not None
    assert to.said(INDONESIAN) == "Yth. Bapak/Ibu Lurah Citarum"
    assert addressee(Post.CADRE, "Citarum") is None, "no office before it is taken"
    assert set(ASKED) == {post for below in APPOINTS.values() for post in below}


def test_the_lurah_reads_who_writes_what_is_asked_and_until_when(
    app: Flask, browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    admin = make_account(session, "admin", f"administrator@{CITY}", full_name="Bu Admin")
    invited(session, cast, Post.LURAH, by=admin)
    uuid = session.scalars(select(Invitation.uuid)).one()
    above = sign_in(browser(), with_password(session, admin))
    letter = above.get(f"/undang/surat/{uuid}").text
    for said in (
        "<p>Sabuk Hijau</p>",
        "Pengelola Kota Contoh",
        "Nomor: 1/UND/XI/2026",
        "Kota Contoh, Senin, 16 November 2026",
        "Yth. Bapak/Ibu Lurah Melati",
        "Lurah di Kelurahan Melati",
        "memeriksa rekap bulanan kelurahan",
        "Senin, 30 November 2026",
        "memastikan orangnya",
        "Pengelola kota di Kota Contoh",
        "Bu Admin",
    ):
        assert said in letter, said
    assert "Pemerintah" not in letter, "who runs the software does not speak for the city"
    assert "To the Lurah of Melati" in above.get(f"/undang/surat/{uuid}?lang=en").text
    assert "Bu Admin (Pengelola kota di Kota Contoh) mengundang Anda" in browser().get(link(app, session)).text


def test_each_sender_writes_under_the_head_of_their_own_office(
    browser: Browser, session: Session, cast: Cast, clock: Clock
) -> None:
    principal = make_account(session, "kepsek", f"principal@npsn:{NPSN}", full_name="Bu Kepala")
    invited(session, cast)
    made = service.invite(session, principal, Post.TEACHER, f"npsn:{NPSN}", name="Pak Guru", now=NOW)
    of_school = sign_in(browser(), with_password(session, principal)).get(f"/undang/surat/{made.uuid}").text
    assert '<p class="office">SDN Teratai 1</p>' in of_school
    assert "Yth. Bapak/Ibu Guru SDN Teratai 1" in of_school
    uuid = session.scalars(select(Invitation.uuid).where(Invitation.invited_by == cast.lurah.id)).one()
    of_lurah = sign_in(browser(), with_password(session, cast.lurah)).get(f"/undang/surat/{uuid}").text
    assert "<p>Pemerintah Kota Contoh</p>" in of_lurah
    assert '<p class="office">Kelurahan Melati</p>' in of_lurah


def test_the_number_grows_with_each_of_the_sender_and_the_post_is_the_one_that_invites(session: Session, cast: Cast) -> None:
    other = make_account(session, "bu.lurah", f"lurah@{MELATI}")
    made = [
        service.invite(session, by, Post.CADRE, f"{MELATI}/05", name="Ibu", now=NOW) for by in (cast.lurah, other, cast.lurah)
    ]
    assert [serial_of(session, each) for each in made] == [1, 1, 2]
    tenure = inviting_post(session, made[0], NOW)
    assert tenure is not None
    assert tenure.post is Post.LURAH
    held = session.scalars(select(Tenure).where(Tenure.person_id == cast.lurah.person_id)).one()
    service.end(session, held, last_day=date(2026, 11, 15), ended_by=None, now=NOW)
    assert inviting_post(session, made[0], NOW) is None
