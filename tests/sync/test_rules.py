"""Whose action, at which site, in which area, as whom: from values alone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from app.actions.rules.words import Capacity
from app.core.geo import Point
from app.people.rules import ActiveTenure, Movement, Post
from app.sync.rules import capacity, may_record_for, own_areas, rw_of_post, site_for
from tests.actions import cases

HERE, THERE = 1, 2
"""Two schools."""
RW, KELURAHAN, ELSEWHERE = 30, 20, 99
ANCESTORS = (RW, KELURAHAN)


def held(post: Post, *, site: int | None = None, area: int | None = None, movement: Movement | None = None) -> ActiveTenure:
    return ActiveTenure(tenure_id=1, post=post, movement=movement, area_id=area, site_id=site, valid_from=None, valid_until=None)


TEACHER_HERE, TEACHER_THERE = held(Post.TEACHER, site=HERE), held(Post.TEACHER, site=THERE)
PRINCIPAL_HERE, VOLUNTEER_HERE = held(Post.PRINCIPAL, site=HERE), held(Post.VOLUNTEER, site=HERE)
CADRE, CADRE_ELSEWHERE = held(Post.CADRE, area=RW, movement=Movement.KB), held(Post.CADRE, area=ELSEWHERE)
CADRE_WITHOUT_MOVEMENT = held(Post.CADRE, area=KELURAHAN)
COORDINATOR = held(Post.COORDINATOR, area=KELURAHAN, movement=Movement.DASAWISMA)
LURAH = held(Post.LURAH, area=KELURAHAN)

AT_SITES = [
    # held, site, capacity, movement
    ((), HERE, Capacity.VOLUNTEER, None),
    ((VOLUNTEER_HERE,), HERE, Capacity.VOLUNTEER, None),
    ((LURAH,), HERE, Capacity.VOLUNTEER, None),
    ((TEACHER_HERE,), HERE, Capacity.TEACHER, None),
    ((PRINCIPAL_HERE,), HERE, Capacity.PRINCIPAL, None),
    ((TEACHER_HERE, PRINCIPAL_HERE), HERE, Capacity.PRINCIPAL, None),
    # a post at another school is none here, and at no site a post of a site is none
    ((TEACHER_THERE,), HERE, Capacity.VOLUNTEER, None),
    ((TEACHER_THERE, VOLUNTEER_HERE), HERE, Capacity.VOLUNTEER, None),
    ((held(Post.PRINCIPAL, site=THERE), TEACHER_HERE), HERE, Capacity.TEACHER, None),
    ((TEACHER_HERE,), None, Capacity.VOLUNTEER, None),
    ((held(Post.TEACHER, area=KELURAHAN),), None, Capacity.VOLUNTEER, None),
    # at a site its posts come first, then those of the area
    ((CADRE, TEACHER_HERE), HERE, Capacity.TEACHER, None),
    ((CADRE, TEACHER_THERE), HERE, Capacity.CADRE, Movement.KB),
    ((CADRE, TEACHER_HERE), None, Capacity.CADRE, Movement.KB),
    ((CADRE,), None, Capacity.CADRE, Movement.KB),
    ((CADRE_ELSEWHERE,), HERE, Capacity.VOLUNTEER, None),
    ((CADRE, COORDINATOR), HERE, Capacity.COORDINATOR, Movement.DASAWISMA),
    ((CADRE_WITHOUT_MOVEMENT,), HERE, Capacity.CADRE, Movement.PKK),
]
IN_AREAS = [
    ((CADRE, TEACHER_HERE), HERE, Capacity.CADRE, Movement.KB),
    ((CADRE, TEACHER_HERE), None, Capacity.CADRE, Movement.KB),
    ((TEACHER_HERE,), HERE, Capacity.TEACHER, None),
    ((TEACHER_THERE,), HERE, Capacity.VOLUNTEER, None),
    ((TEACHER_HERE,), None, Capacity.VOLUNTEER, None),
    ((COORDINATOR, PRINCIPAL_HERE), HERE, Capacity.COORDINATOR, Movement.DASAWISMA),
    ((CADRE_ELSEWHERE, TEACHER_HERE), HERE, Capacity.TEACHER, None),
    ((CADRE_ELSEWHERE,), None, Capacity.VOLUNTEER, None),
    ((CADRE_WITHOUT_MOVEMENT,), None, Capacity.CADRE, Movement.PKK),
]


@pytest.mark.parametrize(
    ("programme", "posts", "site", "expected", "movement"),
    [(cases.definition(), *case) for case in AT_SITES] + [(cases.biopori(), *case) for case in IN_AREAS],
)
def test_as_whom_an_adult_acts(programme, posts, site, expected, movement):
    found = capacity(iter(posts), is_adult=True, definition=programme, site_id=site, areas=ANCESTORS)
    assert found == (expected, movement)


@pytest.mark.parametrize("posts", [(), (TEACHER_HERE,), (CADRE,)])
@pytest.mark.parametrize("programme", [cases.definition(), cases.biopori()])
def test_a_minor_acts_as_a_pupil_whatever_they_hold(programme, posts):
    assert capacity(posts, is_adult=False, definition=programme, site_id=HERE, areas=ANCESTORS) == (Capacity.PUPIL, None)


@dataclass(frozen=True)
class Site:
    site_id: int
    uuid: UUID
    centre: Point
    radius_m: float | None = None


POINT = Point(107.6, -6.9)
NEAR = Site(7, UUID(int=7), Point(107.6001, -6.9))
FAR = Site(3, UUID(int=3), Point(107.61, -6.9))
BESIDE_NEAR = Site(8, UUID(int=8), NEAR.centre)


@pytest.mark.parametrize(
    ("sites", "asked", "found"),
    [
        ((), None, None),
        ((), NEAR.uuid, None),
        ((FAR,), None, FAR),
        ((FAR, NEAR), None, NEAR),
        ((NEAR, FAR), None, NEAR),
        ((BESIDE_NEAR, NEAR), None, NEAR),
        ((NEAR, FAR), FAR.uuid, FAR),
        ((NEAR,), FAR.uuid, None),
    ],
)
def test_the_site_asked_for_else_the_nearest(sites, asked, found):
    assert site_for(sites, asked, POINT) == found


GROUND = (Post.CADRE, Post.COORDINATOR, Post.RT, Post.RW, Post.VOLUNTEER, Post.LURAH, Post.OFFICER)


@pytest.mark.parametrize("post", list(Post))
def test_actions_belong_in_the_areas_of_posts_of_the_ground(post):
    assert own_areas([held(post, area=RW)]) == ((RW,) if post in GROUND else ())


@pytest.mark.parametrize(
    ("posts", "areas"),
    [
        ((), ()),
        ((VOLUNTEER_HERE,), ()),
        ((CADRE, COORDINATOR), (RW, KELURAHAN)),
        ((COORDINATOR, CADRE, held(Post.RW, area=RW)), (KELURAHAN, RW)),
    ],
)
def test_each_of_the_areas_is_told_once_in_the_order_of_the_posts(posts, areas):
    assert own_areas(posts) == areas


@pytest.mark.parametrize(
    ("posts", "rw"),
    [
        ((), None),
        ((CADRE,), RW),
        ((COORDINATOR,), None),
        ((CADRE, COORDINATOR), RW),
        ((CADRE, held(Post.RT, area=RW)), RW),
        ((CADRE, held(Post.RT, area=31)), None),
        ((held(Post.SPONSOR, area=RW),), None),
        ((VOLUNTEER_HERE,), None),
    ],
)
def test_the_rw_of_a_post_is_told_where_it_is_one(posts, rw):
    assert rw_of_post(posts, {RW, 31}) == rw


@pytest.mark.parametrize(
    ("recorder", "subject", "may"),
    [
        ((), (VOLUNTEER_HERE,), False),
        ((TEACHER_HERE,), (), False),
        ((TEACHER_HERE,), (VOLUNTEER_HERE,), True),
        ((TEACHER_THERE,), (VOLUNTEER_HERE,), False),
        ((TEACHER_THERE, TEACHER_HERE), (VOLUNTEER_HERE,), True),
        ((TEACHER_HERE,), (CADRE, VOLUNTEER_HERE), True),
        ((COORDINATOR,), (CADRE,), True),
        ((COORDINATOR,), (CADRE_ELSEWHERE,), False),
        ((COORDINATOR,), (CADRE_ELSEWHERE, CADRE), True),
        ((CADRE,), (COORDINATOR,), False),
        # neither has a site, or neither an area: that is nothing in common
        ((COORDINATOR,), (VOLUNTEER_HERE,), False),
        ((TEACHER_HERE,), (CADRE,), False),
        ((held(Post.COORDINATOR),), (held(Post.CADRE),), False),
        ((TEACHER_HERE,), (held(Post.VOLUNTEER, site=THERE),), False),
    ],
)
def test_who_may_record_for_whom(recorder, subject, may):
    ancestors = {RW: frozenset({RW, KELURAHAN}), KELURAHAN: frozenset({KELURAHAN}), ELSEWHERE: frozenset({ELSEWHERE})}
    assert may_record_for(recorder, subject, ancestors) is may
