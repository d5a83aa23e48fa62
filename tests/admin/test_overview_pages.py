"""The frame of the administration: who finds which pages, and what waits there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.admin.rules import PAGES, pages_of
from app.jobs.models import Job
from app.people.rules import PERMISSIONS_BY_POST, Post
from app.reviews.models import Review
from tests.factories.actions import NOW, make_action
from tests.factories.cast import Cast, make_account
from tests.factories.city import CITY, IN_KENANGA, IN_MELATI, MELATI, make_site

# A column a page, in the order of PAGES: x opens, . does not.
#                overview people sites areas programmes reviews audit jobs state
OPENS = {
    Post.TEACHER: ".....x...",
    Post.PRINCIPAL: "x.x..x...",
    Post.OFFICER: "x.x..x...",
    Post.COORDINATOR: ".....x...",
    Post.LURAH: "x.x..x...",
    Post.KECAMATAN: ".....x...",
    Post.AGENCY: "x...x....",
    Post.ADMINISTRATOR: "xxxxxxxxx",
}


@pytest.mark.parametrize("post", list(Post))
def test_a_post_opens_its_row_of_pages(post: Post) -> None:
    wanted = OPENS.get(post, "." * len(PAGES))
    opened = tuple(page for page, mark in zip(PAGES, wanted, strict=True) if mark == "x")
    assert pages_of(PERMISSIONS_BY_POST[post], {page.address for page in PAGES}) == opened
    assert pages_of(PERMISSIONS_BY_POST[post], set()) == ()


def test_whoever_has_no_work_there_finds_no_administration(session: Session, cast: Cast, signed_in, page) -> None:
    for account in (cast.budi, cast.guru, cast.kader, cast.citra):
        signed_in(account).get("/admin", status=403)
        assert 'href="/admin"' not in signed_in(account).get("/saya").text
    assert page.get("/admin", status=303).location == "/masuk?next=/admin"


def test_a_lurah_finds_the_sites_of_the_kelurahan_alone(session: Session, cast: Cast, signed_in) -> None:
    make_site(session, "Pasar Melati", IN_MELATI, confirmed=False)
    make_site(session, "Pasar Kenanga", IN_KENANGA, confirmed=False)
    shown = signed_in(cast.lurah).get("/admin").text
    assert re.search(r'Menunggu dipastikan(</a>)?</h2>\s*<p class="number"><span class="value">1<', shown)
    assert 'href="/admin/orang"' not in shown
    assert 'href="/admin"' in signed_in(cast.lurah).get("/saya").text


def test_an_administrator_sees_what_waits_everywhere(session: Session, cast: Cast, signed_in) -> None:
    admin = make_account(session, "admin", f"administrator@{CITY}")
    waiting = make_action(session, cast.budi)
    session.add(Review(action_id=waiting.id, opened_at=NOW))
    session.add(Job(kind="media.derive", payload={}, created_at=NOW, run_after=NOW, dead_at=NOW))
    session.add(Job(kind="media.derive", payload={}, created_at=NOW, run_after=NOW - timedelta(hours=1)))
    cast.citra.disabled_at = NOW
    shown = " ".join(signed_in(admin).get("/admin").text.split())
    for said in (
        "Yang paling lama: sejak 16 Nov 2026, Melati.",
        "Ada pekerjaan yang menunggu sejak 16 Nov 2026: apakah pelaksananya berhenti?",
        "1 di antaranya ditutup.",
        "4 belum diketahui jumlah penduduknya.",
    ):
        assert said in shown
    assert MELATI not in shown


def test_an_administrator_is_told_for_a_day_that_the_server_s_clock_is_in_doubt(
    session: Session, cast: Cast, signed_in, clock
) -> None:
    admin = make_account(session, "admin", f"administrator@{CITY}")
    for number in range(5):
        assert "Jam server diragukan" not in signed_in(admin).get("/admin").text
        phone = make_account(session, f"warga{number}")
        make_action(session, phone, sent_at=(NOW + timedelta(hours=3)).isoformat(), now=NOW + timedelta(minutes=number))
    clock.pass_by(hours=23)
    shown = " ".join(signed_in(admin).get("/admin").text.split())
    assert "16 Nov 2026 15.44 WIB: HP mereka lebih cepat sekitar 178 menit." in shown
    clock.pass_by(hours=2)
    assert "Jam server diragukan" not in signed_in(admin).get("/admin").text
