"""My account, and every page of people in both languages."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import Invitation, Person
from tests.factories.browsing import fill_in, sign_in, with_password
from tests.factories.cast import Cast
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.people.browsing import BOTH, Browser, audit_kinds, invited, link


def test_my_account_is_mine_to_change(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    sign_in(page, with_password(session, cast.budi))
    answer = fill_in(page, "/saya/akun", full_name="Budi  Prakoso", shown="tidak", language="en")
    assert "Saved" in page.get(answer.location).text
    assert (cast.budi.person.name, cast.budi.person.shown, cast.budi.language) == ("Budi Prakoso", False, "en")
    assert set(audit_kinds(session)) >= {"people.rename", "people.language", "leaderboard.visibility"}
    fill_in(page, "/saya/akun", status=422, full_name=" ", shown="ya", language="en")
    fill_in(page, "/saya/akun", status=422, full_name="Budi", shown="mungkin", language="fr")
    assert session.get_one(Person, cast.budi.person_id).name == "Budi Prakoso"


def test_signing_in_keeps_the_language_of_the_browser(browser: Browser, session: Session, cast: Cast, clock: Clock) -> None:
    with_password(session, cast.budi).language = "en"
    page = sign_in(browser(), cast.budi)
    assert '<html lang="id"' in page.get("/saya/akun").text
    chosen = browser()
    chosen.get("/masuk?lang=en")
    cast.budi.language = "id"
    session.commit()
    assert '<html lang="en"' in sign_in(chosen, cast.budi).get("/saya/akun").text


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
    assert "This invitation has expired" in guest.get(link(app, session) + "?lang=en", status=410).text


def test_an_invitation_lasts_fourteen_days(session: Session, cast: Cast) -> None:
    invited(session, cast)
    made = session.scalars(select(Invitation)).one()
    assert made.expires_at - made.created_at == timedelta(days=14)
