"""`/meja/hari-pengganti`: declared by a school or a lurah, read by everybody there on their own page."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests.factories.actions import at, make_action
from tests.factories.cast import Cast
from tests.stamping.test_replacement_days import THURSDAY, WEDNESDAY
from tests.sync.wire import Sign

PAGE = "/meja/hari-pengganti"


def test_a_lurah_declares_and_the_volunteers_strip_follows(session: Session, cast: Cast, signed_in: Sign) -> None:
    make_action(session, cast.budi, captured_at=at(THURSDAY, 7))
    desk = signed_in(cast.lurah)
    assert "Kelurahan Melati" in desk.get(PAGE).text
    place = desk.get(PAGE).text.split('<option value="a', 1)[1].split('"', 1)[0]
    sent = {"place": f"a{place}", "moved": WEDNESDAY.isoformat(), "day": THURSDAY.isoformat(), "reason": "hujan deras"}
    desk.submit(PAGE, sent)
    after = desk.get(PAGE).text
    assert "1 aksi yang sudah dicatat pada hari itu ikut dihitung" in after
    assert "hujan deras" in after
    assert "Untuk hari itu sudah ada hari pengganti." in desk.submit(PAGE, sent, status=422).text
    assert "Kamis, 12 November: menunggu cap" in signed_in(cast.budi).get("/saya").text


def test_volunteers_have_no_such_page(cast: Cast, signed_in: Sign) -> None:
    signed_in(cast.budi).get(PAGE, status=403)
    signed_in(cast.citra).get(PAGE, status=403)
