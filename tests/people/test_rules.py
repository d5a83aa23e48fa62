"""Posts and permissions: the whole matrix, written out a second time."""

from __future__ import annotations

from datetime import date

import pytest

from app.people.rules import (
    PERMISSIONS_BY_POST,
    ActiveTenure,
    Permission,
    Post,
    active_on,
    is_sign_in_name,
    may_touch_circle,
    with_permission,
)

# A column a permission, in the order of `Permission`: x given, . not.
#                for-others stamp see confirm move target appoint places programme audit people
MATRIX = {
    Post.VOLUNTEER: "...........",
    Post.CADRE: "x..........",
    Post.RT: "..x........",
    Post.RW: "..x........",
    Post.TEACHER: "xxx........",
    Post.PRINCIPAL: "xxxx..x....",
    Post.OFFICER: ".xxxx.x....",
    Post.EXPERT: "..x........",
    Post.COORDINATOR: "xxx...x....",
    Post.LURAH: ".xxxxxx....",
    Post.KECAMATAN: ".xx..xx....",
    Post.AGENCY: "..x..x..x..",
    Post.SPONSOR: "...........",
    Post.ADMINISTRATOR: "....xxxxxxx",
}


@pytest.mark.parametrize("post", list(Post))
def test_a_post_entitles_to_its_row_of_the_matrix(post: Post) -> None:
    given = {permission for permission, mark in zip(Permission, MATRIX[post], strict=True) if mark == "x"}
    assert given == PERMISSIONS_BY_POST[post]


def held(
    post: Post, *, area: int | None = None, site: int | None = None, since: date | None = None, until: date | None = None
) -> ActiveTenure:
    return ActiveTenure(tenure_id=1, post=post, movement=None, area_id=area, site_id=site, valid_from=since, valid_until=until)


FIRST, LAST = date(2026, 7, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("since", "until", "day", "is_held"),
    [
        (None, None, date(1999, 1, 1), True),
        (FIRST, None, date(2026, 6, 30), False),
        (FIRST, None, FIRST, True),
        (FIRST, LAST, LAST, True),
        (FIRST, LAST, date(2027, 1, 1), False),
        (None, LAST, date(2020, 1, 1), True),
    ],
)
def test_a_post_is_held_from_its_first_to_its_last_day(since: date | None, until: date | None, day: date, is_held: bool) -> None:
    assert bool(active_on([held(Post.OFFICER, area=1, since=since, until=until)], day)) is is_held


def test_only_posts_that_entitle_are_found() -> None:
    officer = held(Post.OFFICER, area=1)
    assert with_permission([held(Post.VOLUNTEER, site=1), officer], Permission.STAMP) == (officer,)


@pytest.mark.parametrize(
    ("tenures", "may"),
    [
        ([held(Post.OFFICER, area=10)], True),
        ([held(Post.OFFICER, area=99)], False),
        ([held(Post.OFFICER, site=1)], True),
        ([held(Post.OFFICER, site=2)], False),
        ([held(Post.PRINCIPAL, site=1)], True),
        ([held(Post.TEACHER, site=1)], False),
        ([held(Post.VOLUNTEER, site=1)], False),
        ([held(Post.OFFICER, area=10), held(Post.VOLUNTEER, site=1)], False),
        ([held(Post.ADMINISTRATOR, area=10)], False),
        ([], False),
    ],
)
def test_no_volunteer_confirms_the_circle_in_which_his_own_actions_count(tenures: list[ActiveTenure], may: bool) -> None:
    assert may_touch_circle(tenures, Permission.CONFIRM_SITE, site_id=1, site_areas={10, 11}) is may


@pytest.mark.parametrize(
    ("name", "is_name"),
    [
        ("budi", True),
        ("pak.budi_2-a", True),
        ("b", False),
        ("b" * 41, False),
        ("Budi", False),
        ("bu di", False),
        ("", False),
        ("budi\n", False),
    ],
)
def test_sign_in_names(name: str, is_name: bool) -> None:
    assert is_sign_in_name(name) is is_name
