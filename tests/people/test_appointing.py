"""Who appoints whom and who hands codes to whom: the chain written out a second time, and what nobody can climb."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.rules import (
    APPOINTS,
    PERMISSIONS_BY_POST,
    SEATS,
    ActiveTenure,
    Permission,
    Post,
    Seat,
    Spot,
    appointable,
    may_appoint,
    may_hand_code,
)

CITY, KECAMATAN, KELURAHAN, RW, OTHER = 1, 2, 3, 4, 9
SPOTS = {
    Seat.CITY: Spot(Seat.CITY, frozenset({CITY})),
    Seat.KECAMATAN: Spot(Seat.KECAMATAN, frozenset({CITY, KECAMATAN})),
    Seat.KELURAHAN: Spot(Seat.KELURAHAN, frozenset({CITY, KECAMATAN, KELURAHAN})),
    Seat.RW: Spot(Seat.RW, frozenset({CITY, KECAMATAN, KELURAHAN, RW})),
    Seat.SCHOOL: Spot(Seat.SCHOOL, frozenset({CITY, KECAMATAN, KELURAHAN}), site_id=7),
    Seat.WORKPLACE: Spot(Seat.WORKPLACE, frozenset({CITY, KECAMATAN, KELURAHAN}), site_id=8),
}


def held(post: Post, *, area: int | None = None, site: int | None = None) -> ActiveTenure:
    return ActiveTenure(tenure_id=1, post=post, movement=None, area_id=area, site_id=site, valid_from=None, valid_until=None)


MINE = {
    Post.ADMINISTRATOR: held(Post.ADMINISTRATOR, area=CITY),
    Post.KECAMATAN: held(Post.KECAMATAN, area=KECAMATAN),
    Post.LURAH: held(Post.LURAH, area=KELURAHAN),
    Post.COORDINATOR: held(Post.COORDINATOR, area=KELURAHAN),
    Post.PRINCIPAL: held(Post.PRINCIPAL, site=7),
    Post.OFFICER: held(Post.OFFICER, area=KELURAHAN),
    Post.TEACHER: held(Post.TEACHER, site=7),
    Post.CADRE: held(Post.CADRE, area=RW),
    Post.VOLUNTEER: held(Post.VOLUNTEER, site=7),
}

CHAIN = {
    "administrator": "lurah principal officer kecamatan agency expert sponsor",
    "kecamatan": "lurah",
    "lurah": "coordinator officer cadre rw rt volunteer",
    "coordinator": "cadre",
    "principal": "teacher",
    "officer": "volunteer",
}


@pytest.mark.parametrize("mine", list(MINE))
def test_a_post_appoints_those_of_its_row_in_its_place_and_nobody_else(mine: Post) -> None:
    wanted = set(CHAIN.get(mine, "").split())
    for post in Post:
        usual = SPOTS[SEATS[post][0]]
        assert may_appoint([MINE[mine]], post, usual) is (post in wanted), post
        elsewhere = Spot(usual.seat, frozenset({OTHER}), site_id=99)
        assert not may_appoint([MINE[mine]], post, elsewhere)


def test_those_who_appoint_are_those_entitled_to_it() -> None:
    assert set(APPOINTS) == {post for post, given in PERMISSIONS_BY_POST.items() if Permission.APPOINT in given}
    assert appointable([MINE[Post.PRINCIPAL], MINE[Post.COORDINATOR]]) == (Post.TEACHER, Post.VOLUNTEER, Post.CADRE)


def test_volunteers_of_a_school_are_appointed_from_within() -> None:
    assert may_appoint([MINE[Post.PRINCIPAL]], Post.VOLUNTEER, SPOTS[Seat.SCHOOL])
    assert not may_appoint([MINE[Post.OFFICER], MINE[Post.LURAH]], Post.VOLUNTEER, SPOTS[Seat.SCHOOL])
    assert may_appoint([held(Post.OFFICER, site=8)], Post.VOLUNTEER, SPOTS[Seat.WORKPLACE])


def test_a_post_is_offered_only_where_it_can_be_held() -> None:
    assert may_appoint([MINE[Post.LURAH]], Post.RW, SPOTS[Seat.RW])
    assert not may_appoint([MINE[Post.LURAH]], Post.RW, SPOTS[Seat.KELURAHAN])
    assert not may_appoint([MINE[Post.ADMINISTRATOR]], Post.LURAH, SPOTS[Seat.CITY])


@pytest.mark.parametrize(
    ("mine", "theirs", "may"),
    [
        (Post.OFFICER, [(Post.VOLUNTEER, Seat.SCHOOL)], True),
        (Post.OFFICER, [(Post.VOLUNTEER, Seat.WORKPLACE)], True),
        (Post.OFFICER, [(Post.CADRE, Seat.RW)], False),
        (Post.OFFICER, [(Post.OFFICER, Seat.KELURAHAN)], False),
        (Post.OFFICER, [(Post.VOLUNTEER, Seat.SCHOOL), (Post.ADMINISTRATOR, Seat.CITY)], False),
        (Post.PRINCIPAL, [(Post.TEACHER, Seat.SCHOOL)], True),
        (Post.PRINCIPAL, [(Post.TEACHER, Seat.SCHOOL), (Post.VOLUNTEER, Seat.SCHOOL)], True),
        (Post.PRINCIPAL, [(Post.VOLUNTEER, Seat.WORKPLACE)], False),
        (Post.COORDINATOR, [(Post.CADRE, Seat.RW)], True),
        (Post.COORDINATOR, [(Post.VOLUNTEER, Seat.SCHOOL)], False),
        (Post.LURAH, [(Post.COORDINATOR, Seat.KELURAHAN), (Post.VOLUNTEER, Seat.SCHOOL)], True),
        (Post.LURAH, [(Post.LURAH, Seat.KELURAHAN)], False),
        (Post.ADMINISTRATOR, [(Post.LURAH, Seat.KELURAHAN)], True),
        (Post.ADMINISTRATOR, [(Post.ADMINISTRATOR, Seat.CITY)], False),
        (Post.ADMINISTRATOR, [], True),
        (Post.LURAH, [], False),
        (Post.TEACHER, [(Post.VOLUNTEER, Seat.SCHOOL)], False),
        (Post.CADRE, [(Post.VOLUNTEER, Seat.WORKPLACE)], False),
    ],
)
def test_a_code_comes_from_above_every_post_of_its_holder(mine: Post, theirs: list[tuple[Post, Seat]], may: bool) -> None:
    assert may_hand_code([MINE[mine]], [(post, SPOTS[seat]) for post, seat in theirs]) is may


def test_one_of_several_posts_is_enough() -> None:
    several = [MINE[Post.CADRE], MINE[Post.PRINCIPAL], MINE[Post.COORDINATOR]]
    teacher, cadre = (Post.TEACHER, SPOTS[Seat.SCHOOL]), (Post.CADRE, SPOTS[Seat.RW])
    assert may_hand_code(several, [teacher])
    assert may_hand_code(several, [teacher, cadre])
    assert not may_hand_code(several, [teacher, (Post.LURAH, SPOTS[Seat.KELURAHAN])])
    assert may_appoint(several, *teacher)
    assert may_appoint(several, *cadre)


_posts = st.sampled_from(sorted(MINE))


@given(st.lists(_posts, min_size=1), st.lists(_posts, min_size=1))
def test_no_two_people_can_both_become_each_other(mine: list[Post], theirs: list[Post]) -> None:
    """The chain has a direction: whoever could take over somebody cannot be taken over by them."""

    def may(above: list[Post], below: list[Post]) -> bool:
        return may_hand_code([MINE[post] for post in above], [(post, SPOTS[SEATS[post][0]]) for post in below])

    assert not (may(mine, theirs) and may(theirs, mine))


@pytest.mark.parametrize(
    ("mine", "near", "may"),
    [
        (Post.OFFICER, [Seat.KELURAHAN], True),
        (Post.LURAH, [Seat.KELURAHAN], True),
        (Post.OFFICER, [Seat.WORKPLACE], True),
        (Post.PRINCIPAL, [Seat.SCHOOL], True),
        (Post.PRINCIPAL, [Seat.KELURAHAN], False),
        (Post.OFFICER, [], False),
        (Post.KECAMATAN, [Seat.KELURAHAN], False),
        (Post.TEACHER, [Seat.SCHOOL], False),
        (Post.CADRE, [Seat.KELURAHAN], False),
        (Post.ADMINISTRATOR, [], True),
    ],
)
def test_who_holds_no_post_is_handed_a_code_where_they_say_they_live_or_ask_to_be(
    mine: Post, near: list[Seat], may: bool
) -> None:
    assert may_hand_code([MINE[mine]], [], near=[SPOTS[seat] for seat in near]) is may
    assert not may_hand_code([MINE[mine]], [(Post.ADMINISTRATOR, SPOTS[Seat.CITY])], near=[SPOTS[seat] for seat in near])
