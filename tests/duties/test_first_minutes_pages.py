"""From the letter to the work: somebody takes a post and finds what it is for in one tap."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.people import service
from app.people.models import Account
from app.people.rules import InvitationState, Post
from app.people.views.invitations import token_of
from tests import long
from tests.factories.actions import NOW
from tests.factories.browsing import PASSWORD, fill_in
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import CITY, MELATI, WEST
from tests.factories.fixtures import Clock
from tests.page_client import PageClient

RECAP = f"/kelurahan/{MELATI}/rekap"
WALKS = [
    (Post.ADMINISTRATOR, Post.LURAH, MELATI, RECAP),
    (Post.LURAH, Post.COORDINATOR, MELATI, RECAP),
    (Post.LURAH, Post.RW, f"{MELATI}/05", RECAP),
    (Post.ADMINISTRATOR, Post.PRINCIPAL, f"npsn:{NPSN}", "/meja"),
    (Post.ADMINISTRATOR, Post.OFFICER, MELATI, "/meja"),
    (Post.ADMINISTRATOR, Post.KECAMATAN, WEST, f"/peringkat?scope=kecamatan:{WEST}&subject=kelurahan"),
    (Post.ADMINISTRATOR, Post.EXPERT, CITY, f"/kota?kota={CITY}"),
    (Post.ADMINISTRATOR, Post.AGENCY, CITY, f"/kota?kota={CITY}"),
    (Post.ADMINISTRATOR, Post.SPONSOR, CITY, f"/kota?kota={CITY}"),
    (Post.LURAH, Post.CADRE, f"{MELATI}/05", "/catat"),
]
"""Who invites, to which post, where, and the page that it finds first."""


@pytest.mark.parametrize(("above", "post", "place", "first"), long.first(4, WALKS))
def test_from_the_letter_to_the_work(
    app: Flask, page: PageClient, session: Session, cast: Cast, clock: Clock, above: Post, post: Post, place: str, first: str
) -> None:
    sender: Account = cast.lurah if above is Post.LURAH else make_account(session, "admin", f"administrator@{CITY}")
    offered = service.invite(session, sender, post, place, name="Ibu Siti", now=NOW)
    with app.app_context():
        path = f"/undangan/{token_of(offered.uuid)}"
    new = {"full_name": "Siti", "name": "siti.rahayu", "password": PASSWORD, "again": PASSWORD, "adult": "y", "shown": "tidak"}
    after = fill_in(page, path, **new).location
    if service.standing_of(session, offered, now=NOW) is InvitationState.WAITING:
        assert "Jabatan ini belum berlaku" in page.get(after).text
        assert "Jabatan ini belum berlaku" in page.get("/saya").text, "nothing of the post yet, and why"
        assert first not in unescape(page.get("/saya").text).partition("Catat aksi")[0]
        service.confirm(session, offered.uuid, sender, now=NOW)
    mine = page.get("/saya").text
    listed = re.findall(r'<ul class="duties" role="list">(.*?)</ul>', mine, re.S)
    assert unescape(re.findall(r'href="([^"]+)"', listed[0])[0]) == first
    page.get(first)
