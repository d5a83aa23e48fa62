"""Passwords on pages: changed by who knows them, chosen anew by a code from above."""

from __future__ import annotations

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.people import service
from app.people.models import ResetCode
from tests.factories.browsing import PASSWORD, fill_in, sign_in, with_password
from tests.factories.cast import Cast
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.people.browsing import Browser, cookies


def test_a_password_is_changed_by_who_knows_it(page: PageClient, session: Session, cast: Cast, clock: Clock) -> None:
    with_password(session, cast.budi)
    sign_in(page, cast.budi)
    assert ">Kata sandi baru<" in page.get("/saya/sandi").text
    new = {"password": "batu-hujan-padi", "again": "batu-hujan-padi"}
    assert "Kata sandi sekarang salah." in fill_in(page, "/saya/sandi", status=422, current="salah", **new).text
    weak = {"password": "pak.budi1", "again": "pak.budi1"}
    assert "mudah ditebak" in fill_in(page, "/saya/sandi", status=422, current=PASSWORD, **weak).text
    fill_in(page, "/saya/sandi", current=PASSWORD, **new)
    assert service.verify_password(cast.budi.password_hash, "batu-hujan-padi")
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
    lines = session.scalars(select(AuditLine).where(AuditLine.kind == "people.reset_code")).all()
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
    assert "Tidak ada nama itu" in lurah.get("/atur-ulang/kode?cari=guru%00").text
    assert session.scalar(select(func.count()).select_from(ResetCode)) == 0
