"""`/saya` for whoever holds a post: their work first, one tap away."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.duties.queries import duties
from app.people import service as people
from app.people.models import Account
from app.people.rules import Post
from tests import long
from tests.factories.actions import MONDAY, NOW, action_days, at, make_action
from tests.factories.cast import NPSN, Cast, grant, make_account
from tests.factories.city import CITY, IN_KENANGA, IN_MELATI, KENANGA, MELATI, WEST, make_site
from tests.factories.fixtures import Clock
from tests.page_client import PageClient

SignedIn = Callable[[Account], PageClient]

RECAP = f"/kelurahan/{MELATI}/rekap"
FIRST = {
    f"lurah@{MELATI}": RECAP,
    f"coordinator@{MELATI}": RECAP,
    f"coordinator@{MELATI}/05": RECAP,
    f"rw@{MELATI}/05": RECAP,
    f"rt@{MELATI}/05": RECAP,
    f"cadre@{MELATI}/05": "/catat",
    f"officer@{MELATI}": "/meja",
    f"officer@{CITY}": "/meja",
    f"teacher@npsn:{NPSN}": "/meja",
    f"principal@npsn:{NPSN}": "/meja",
    f"kecamatan@{WEST}": f"/peringkat?scope=kecamatan:{WEST}&subject=kelurahan",
    f"agency@{CITY}": f"/kota?kota={CITY}",
    f"expert@{CITY}": f"/kota?kota={CITY}",
    f"sponsor@{CITY}": f"/kota?kota={CITY}",
    f"administrator@{CITY}": "/admin",
}
"""Post -> the page that it finds first."""


def links(text: str) -> list[str]:
    """Where the post part of the page leads, in its order."""
    work = text.partition('id="tugas"')[2].partition("Aksi saya sendiri")[0]
    return [unescape(found) for found in re.findall(r'<a [^>]*href="([^"]+)"', work)]


@pytest.mark.parametrize("post", long.first(6, FIRST))
def test_each_post_finds_its_work_one_tap_away(signed_in: SignedIn, session: Session, cast: Cast, post: str) -> None:
    page = signed_in(make_account(session, "orang", post))
    text = page.get("/saya").text
    assert text.index('id="tugas"') < text.index("Aksi saya sendiri") < text.index("Sabuk putih datang")
    there = [link for link in links(text) if link != "/saya/akun"]
    listed = re.findall(r'<ul class="duties" role="list">(.*?)</ul>', text, re.S)
    assert unescape(re.findall(r'href="([^"]+)"', listed[0])[0]) == FIRST[post]
    for link in dict.fromkeys(there):
        page.get(link)


def test_what_waits_stands_above_with_its_number(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    lurah = signed_in(cast.lurah)
    assert "tidak ada yang menunggu Anda" in lurah.get("/saya").text
    assert links(lurah.get("/saya").text)[0] == RECAP, "what is useful meanwhile"
    for day in action_days(3):
        make_action(session, cast.budi, captured_at=at(day, 7, 5))
    make_site(session, "Koperasi", IN_MELATI, confirmed=False)
    make_site(session, "Koperasi lain", IN_KENANGA, confirmed=False)
    invited = people.invite(session, cast.lurah, Post.COORDINATOR, MELATI, name="Ibu Ketua", now=NOW)
    people.accept(session, invited.uuid, cast.citra, now=NOW)
    people.ask(session, make_account(session, "eko"), cast.office.uuid, ends_others=False, now=NOW)
    text = lurah.get("/saya").text
    assert links(text)[:4] == ["/undang", "/meja", "/anggota", "/admin/lokasi?keadaan=belum"]
    for said in (
        "3 aksi menunggu cap Anda.",
        "1 orang menerima undangan Anda.",
        "1 orang minta diterima di tempatnya.",
        "1 tempat menunggu dipastikan letaknya.",
    ):
        assert said in text
    assert "Jabatan ini belum berlaku" in signed_in(cast.citra).get("/saya").text
    assert "3 actions waiting for your stamp." in lurah.get("/saya?lang=en").text


def test_what_waits_for_more_than_a_week_comes_first(signed_in: SignedIn, session: Session, cast: Cast, clock: Clock) -> None:
    make_action(session, cast.budi)
    invited = people.invite(session, cast.lurah, Post.COORDINATOR, MELATI, name="Ibu Ketua", now=NOW)
    people.accept(session, invited.uuid, cast.citra, now=NOW)
    clock.pass_by(days=8)
    text = signed_in(cast.lurah).get("/saya").text
    assert links(text)[:2] == ["/meja", "/undang"]
    assert "1 di antaranya sudah lebih dari 7 hari." in text


def test_several_posts_stand_below_each_other_and_no_page_twice(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    grant(session, cast.lurah.person_id, "officer", KENANGA)
    grant(session, cast.lurah.person_id, "rw", f"{MELATI}/05")
    text = signed_in(cast.lurah).get("/saya").text
    titles = ["Lurah di Kelurahan Melati", "Petugas di Kelurahan Kenanga", "Ketua RW di RW 05 Melati"]
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    listed = re.findall(r'<ul class="duties" role="list">(.*?)</ul>', text, re.S)
    pages = [link for part in listed for link in re.findall(r'href="([^"]+)"', part)]
    assert len(pages) == len(set(pages))
    assert f"/kelurahan/{KENANGA}/rekap" in pages


def test_whoever_holds_no_post_or_only_held_one_sees_their_own_page_alone(
    signed_in: SignedIn, session: Session, cast: Cast
) -> None:
    ended = grant(session, cast.citra.person_id, "officer", MELATI)
    people.end(session, ended, last_day=date(2026, 11, 15), ended_by=None, now=NOW)
    make_action(session, cast.budi)
    for account in (cast.budi, cast.citra):
        text = signed_in(account).get("/saya").text
        assert "Menunggu Anda" not in text
        assert "Aksi saya sendiri" not in text
    later = make_account(session, "nanti")
    grant(session, later.person_id, "lurah", MELATI, since=date(2026, 11, 17))
    assert not duties(session, later, now=NOW).posts, MONDAY


def test_few_questions_tell_what_waits(session: Session, cast: Cast) -> None:
    for day in action_days(12):
        make_action(session, cast.budi, captured_at=at(day, 7, 5))
    session.flush()
    asked: list[str] = []

    def heard(*call: object) -> None:
        asked.append(str(call[2]))

    event.listen(session.connection(), "before_cursor_execute", heard)
    try:
        for account, most in ((cast.budi, 3), (cast.lurah, 20)):
            asked.clear()
            duties(session, account, now=NOW)
            assert len(asked) <= most, asked
    finally:
        event.remove(session.connection(), "before_cursor_execute", heard)


def test_who_asks_where_nobody_can_answer_is_told_to_the_administrator(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    """A kelurahan without an officer: otherwise the request waits for nobody."""
    admin = make_account(session, "pengelola", f"administrator@{CITY}")
    newcomer = make_account(session, "baru")
    kiosk = make_site(session, "Toko Kenanga", IN_KENANGA)
    people.ask(session, newcomer, kiosk.uuid, ends_others=False, now=NOW)
    told = signed_in(admin).get("/saya").text
    assert "1 orang minta diterima di tempat yang belum ada petugasnya" in told
    assert "Yang paling lama: Toko Kenanga." in told
    make_account(session, "lurah2", f"lurah@{KENANGA}")
    assert "belum ada petugasnya" not in signed_in(admin).get("/saya").text


def test_whoever_belongs_nowhere_is_led_to_a_place_until_they_ask(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    newcomer = make_account(session, "baru")
    assert 'href="/saya/lokasi">Cari sekolah' in signed_in(newcomer).get("/saya").text
    people.ask(session, newcomer, cast.office.uuid, ends_others=False, now=NOW)
    assert "Anda belum punya tempat" not in signed_in(newcomer).get("/saya").text
    assert "Anda belum punya tempat" not in signed_in(cast.budi).get("/saya").text
