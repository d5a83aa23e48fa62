"""Which office speaks, as the head of its letters says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from app.core.catalogue import INDONESIAN
from app.people.queries.offices import holder_name
from app.people.rules import APPOINTS, Post
from app.people.rules.letterheads import OfficePlace, government, letterhead
from tests.factories.cast import Cast, grant, make_account
from tests.factories.city import MELATI

PLACE = OfficePlace("Kota Contoh", "Barat", "Melati", "SDN Teratai 1")
CITY, KECAMATAN = OfficePlace("Kota Contoh"), OfficePlace("Kota Contoh", "Barat")
TODAY = date(2026, 11, 16)


def said(lines: tuple) -> list[str]:
    return [line.said(INDONESIAN) for line in lines]


@pytest.mark.parametrize(
    ("post", "place", "lines"),
    [
        (Post.LURAH, PLACE, ["Pemerintah Kota Contoh", "Kecamatan Barat", "Kelurahan Melati"]),
        (Post.KECAMATAN, KECAMATAN, ["Pemerintah Kota Contoh", "Kecamatan Barat"]),
        (Post.COORDINATOR, PLACE, ["Kota Contoh", "Kecamatan Barat", "Tim Penggerak PKK Kelurahan Melati"]),
        (Post.PRINCIPAL, PLACE, ["Kota Contoh", "Kecamatan Barat", "SDN Teratai 1"]),
        (Post.ADMINISTRATOR, CITY, ["Sabuk Hijau", "Pengelola Kota Contoh"]),
    ],
)
def test_an_office_speaks_below_what_it_lies_in(post: Post, place: OfficePlace, lines: list[str]) -> None:
    assert said(letterhead(post, place)) == lines


def test_every_post_that_invites_has_a_head_of_its_own() -> None:
    assert all(letterhead(post, PLACE) for post in APPOINTS)
    assert government(OfficePlace(kelurahan="Melati"))[0].said(INDONESIAN) == "Kelurahan Melati", "the city may not be recorded"


def test_a_sheet_is_signed_by_whoever_holds_the_post_today(session: Session, cast: Cast) -> None:
    area = cast.city.areas[MELATI]
    assert holder_name(session, Post.LURAH, area, TODAY) == "Pak Lurah"
    assert holder_name(session, Post.COORDINATOR, area, TODAY) == ""
    grant(session, make_account(session, "bu.rw", full_name="Bu RW").person_id, "coordinator", f"{MELATI}/05")
    assert holder_name(session, Post.COORDINATOR, area, TODAY) == "", "of an RW, not of the kelurahan"
    make_account(session, "bu.lurah", f"lurah@{MELATI}", full_name="Bu Lurah")
    assert holder_name(session, Post.LURAH, area, TODAY) == "Bu Lurah", "the latest"
    cast.lurah.person.name_hidden_at = datetime(2026, 11, 1, tzinfo=UTC)
    grant(session, cast.lurah.person_id, "coordinator", MELATI)
    session.flush()
    assert holder_name(session, Post.COORDINATOR, area, TODAY) == "", "a hidden name stays hidden"
