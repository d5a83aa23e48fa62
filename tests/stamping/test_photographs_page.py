"""`/meja/foto`: photographs on their way to the public."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.people.models import Account
from app.photo_consent import queries
from app.photo_consent.rules import ConsentState
from tests.factories.actions import fix_at, stamp
from tests.factories.cast import Cast
from tests.factories.city import IN_TERATAI
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.photo_consent.steps import make_pair, released

SignedIn = Callable[[Account], PageClient]


def standing(session: Session, action_id: object) -> ConsentState:
    session.expire_all()
    (pair,) = queries.pairs_of(session, [action_id])[action_id]  # type: ignore[list-item, index]
    return pair.standing


def test_from_the_owners_leave_to_the_page_of_the_kelurahan(
    session: Session, cast: Cast, signed_in: SignedIn, page: PageClient, clock: Clock
) -> None:
    action = make_pair(session, cast.budi)
    stamp(session, cast.lurah, action)
    budi, lurah = signed_in(cast.budi), signed_in(cast.lurah)
    leave, look = f"/aksi/{action.id}/foto/1/izin", f"/meja/foto/{action.id}/1"
    budi.submit(f"/aksi/{action.id}", {"izin": "ya"}, to=leave)
    assert "Menunggu petugas" in budi.get(f"/aksi/{action.id}").text
    assert "1 pasang foto menunggu Anda periksa" in lurah.get("/meja").text
    lurah.submit("/meja/foto", {"kata": "bersih"}, to=look)
    assert "Boleh dilihat umum" in budi.get(f"/aksi/{action.id}").text
    clock.pass_by(days=1)
    for address in ("/kelurahan/32.99.01.1001", "/program/gps", "/"):
        shown = page.get(address).text
        assert shown.count('src="/foto/') == 2
        assert str(action.id) not in shown
        assert cast.budi.person.name not in shown
    assert 'src="/foto/' not in page.get("/kelurahan/32.99.02.1001").text
    assert 'src="/foto/' not in page.get("/program/biopori").text
    budi.submit(f"/aksi/{action.id}", {"izin": "tidak"}, to=leave)
    assert standing(session, action.id) is ConsentState.PRIVATE
    assert 'src="/foto/' not in page.get("/kelurahan/32.99.01.1001").text


def test_a_no_needs_a_reason_which_the_owner_reads(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    action = released(session, cast)
    budi, lurah, look = signed_in(cast.budi), signed_in(cast.lurah), f"/meja/foto/{action.id}/1"
    assert "Tulis alasannya." in lurah.submit("/meja/foto", {"kata": "jangan", "alasan": " "}, to=look, status=422).text
    assert standing(session, action.id) is ConsentState.CLEARED
    lurah.submit("/meja/foto", {"kata": "jangan", "alasan": "Ada nomor motor."}, to=look)
    assert "Ada nomor motor." in budi.get(f"/aksi/{action.id}").text
    assert "Ada nomor motor." in lurah.get("/meja/foto").text
    lurah.submit("/meja/foto", {"kata": "bersih"}, to=look)
    assert standing(session, action.id) is ConsentState.CLEARED


def test_who_has_no_post_there_has_no_word(session: Session, cast: Cast, signed_in: SignedIn, page: PageClient) -> None:
    action = released(session, cast)
    for somebody in (cast.budi, cast.citra):
        signed_in(somebody).get("/meja/foto", status=403)
    assert str(action.id) not in signed_in(cast.guru).get("/meja/foto").text
    page.get("/meja/foto", status=303)
    signed_in(cast.lurah).get("/aksi/x/foto/1/izin", status=404)


@pytest.mark.parametrize("language", ["id", "en"])
def test_where_nothing_waits_it_says_when_something_will(cast: Cast, signed_in: SignedIn, language: str) -> None:
    words = {"id": "Tidak ada foto yang menunggu", "en": "No photographs are waiting"}[language]
    assert words in signed_in(cast.lurah).get(f"/meja/foto?lang={language}").text


def test_a_childs_page_says_that_its_photographs_stay_where_they_are(session: Session, cast: Cast, signed_in: SignedIn) -> None:
    action = make_pair(session, cast.guru, on_behalf_of=str(cast.ani.uuid), fix=fix_at(IN_TERATAI))
    shown = signed_in(cast.guru).get(f"/aksi/{action.id}").text
    assert "Foto aksi anak tidak pernah ditampilkan ke umum." in shown
    assert "/izin" not in shown
