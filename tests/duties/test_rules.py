"""Which pages each post has, and what comes first."""

from __future__ import annotations

import pytest

from app.core.catalogue import INDONESIAN
from app.duties.rules import (
    ADDRESSES,
    NAMES,
    PAGES_BY_POST,
    DutyPage,
    Waiting,
    WaitingKind,
    duties_of,
    most_pressing_first,
)
from app.people.rules import APPOINTS, PERMISSIONS_BY_POST, Permission, Post
from app.people.rules.appointing import HANDS_CODES

EVERYWHERE = {"city": "32.99", "kecamatan": "32.99.01", "kelurahan": "32.99.01.1001", "site": "x", "npsn": "20219345"}


def test_every_post_and_every_page_has_its_place_in_the_tables() -> None:
    assert set(PAGES_BY_POST) == set(Post)
    assert set(ADDRESSES) == set(NAMES) == set(DutyPage)


@pytest.mark.parametrize("post", [post for post in Post if post is not Post.VOLUNTEER])
def test_what_a_post_may_do_is_among_its_pages(post: Post) -> None:
    pages = PAGES_BY_POST[post]
    assert len(pages) == len(set(pages)) <= 8
    assert (DutyPage.DESK in pages) == (Permission.STAMP in PERMISSIONS_BY_POST[post])
    assert (DutyPage.INVITE in pages) == (post in APPOINTS)
    assert (DutyPage.CODES in pages) == (post in HANDS_CODES)


def test_a_page_whose_place_is_not_known_is_left_out() -> None:
    assert next(duty.href for duty in duties_of(Post.COORDINATOR, EVERYWHERE)) == "/kelurahan/32.99.01.1001/rekap"
    in_the_city = duties_of(Post.OFFICER, {"city": "32.99"})
    assert [duty.page for duty in in_the_city] == [DutyPage.DESK, DutyPage.SITES, DutyPage.INVITE, DutyPage.CODES]
    assert all("{" not in duty.href for post in Post for duty in duties_of(post, EVERYWHERE))


def test_what_waits_too_long_comes_first_then_whoever_cannot_begin_and_nothing_is_left_out() -> None:
    takers, stamps, sites = Waiting(WaitingKind.TAKERS, 1), Waiting(WaitingKind.STAMPS, 63), Waiting(WaitingKind.SITES, 2)
    assert most_pressing_first([stamps, Waiting(WaitingKind.REVIEWS, 0), sites, takers]) == (takers, stamps, sites)
    late = Waiting(WaitingKind.STAMPS, 63, late=1)
    assert most_pressing_first([takers, late]) == (late, takers)


def test_what_waits_is_said_with_its_number() -> None:
    assert Waiting(WaitingKind.STAMPS, 63).sentence.said(INDONESIAN) == "63 aksi menunggu cap Anda."
    assert Waiting(WaitingKind.STAMPS, 99, is_more=True).sentence.said(INDONESIAN) == "Lebih dari 99 aksi menunggu cap Anda."
    assert all(Waiting(kind, 2).sentence.said(INDONESIAN).startswith("2 ") and Waiting(kind, 2).href for kind in WaitingKind)
