"""Where posts reach: asked of one place, and of all sites and tenures at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people import queries
from app.people.models import Tenure
from app.people.queries.reach import cities_within, kelurahan_within, sites_within, tenures_within
from app.people.rules import ActiveTenure, Post, Reach, reach_of
from app.places import queries as places
from app.places.models import Site
from tests.factories.cast import NPSN, Cast, make_account
from tests.factories.city import AT_SEA, CITY, IN_KENANGA, IN_SEROJA, KENANGA, MELATI, TERATAI, WEST, make_site

SCHOOL, OTHER_SCHOOL = 1, 2
KELURAHAN, KECAMATAN, ELSEWHERE = 20, 10, 99
ANCESTORS = {KELURAHAN, KECAMATAN}


def tenure(post: Post, *, area: int | None = None, site: int | None = None) -> ActiveTenure:
    return ActiveTenure(1, post, None, area, site, None, None)


AT_SCHOOL, AT_OTHER = tenure(Post.PRINCIPAL, site=SCHOOL), tenure(Post.PRINCIPAL, site=OTHER_SCHOOL)
IN_KELURAHAN, ABOVE, BESIDE = (tenure(Post.OFFICER, area=area) for area in (KELURAHAN, KECAMATAN, ELSEWHERE))

REACHED = [
    # posts, the school's, the kelurahan's, what lies there without a site
    ((), False, False),
    ((AT_SCHOOL,), True, False),
    ((AT_OTHER,), False, False),
    ((IN_KELURAHAN,), True, True),
    ((ABOVE,), True, True),
    ((BESIDE,), False, False),
    ((BESIDE, AT_SCHOOL), True, False),
    ((BESIDE, ABOVE), True, True),
]


@pytest.mark.parametrize(("tenures", "school", "kelurahan"), REACHED)
def test_a_post_reaches_its_site_and_everything_in_its_area(tenures, school, kelurahan):
    reach = reach_of(tenures)
    assert reach.has_site(SCHOOL, ANCESTORS) is school
    assert reach.has_area(ANCESTORS) is kelurahan
    assert reach.has_site(None, ANCESTORS) is kelurahan
    assert reach.has_area(()) is False


def test_posts_reach_together_what_each_reaches():
    assert reach_of([AT_SCHOOL, IN_KELURAHAN, ABOVE]) == Reach(frozenset({SCHOOL}), frozenset({KELURAHAN, KECAMATAN}))


PLACES = [CITY, WEST, MELATI, KENANGA, f"npsn:{NPSN}"]


@pytest.fixture
def reach_at(session: Session, cast: Cast) -> Callable[[str], Reach]:
    """The reach of somebody who holds one post there."""

    def made(place: str) -> Reach:
        post = {CITY: "agency", WEST: "kecamatan", f"npsn:{NPSN}": "principal"}.get(place, "officer")
        account = make_account(session, f"orang{PLACES.index(place)}", f"{post}@{place}")
        return reach_of(queries.tenures(session, account.person_id))

    return made


@pytest.mark.parametrize("place", PLACES)
def test_sites_asked_all_at_once_are_those_asked_one_by_one(
    session: Session, cast: Cast, reach_at: Callable[[str], Reach], place: str
) -> None:
    for name, point in (("Balai Kenanga", IN_KENANGA), ("Balai Seroja", IN_SEROJA), ("Pulau", AT_SEA)):
        make_site(session, name, point)
    reach = reach_at(place)
    all_at_once = set(session.scalars(select(Site.id).where(sites_within(session, reach))))
    sites = session.scalars(select(Site)).all()
    assert all_at_once == {site.id for site in sites if reach.has_site(site.id, places.ancestors_of_site(session, site))}
    assert len(all_at_once) == {CITY: 5, WEST: 2, MELATI: 1, KENANGA: 1, f"npsn:{NPSN}": 1}[place]


@pytest.mark.parametrize("place", PLACES)
def test_tenures_asked_all_at_once_are_those_asked_one_by_one(
    session: Session, cast: Cast, reach_at: Callable[[str], Reach], place: str
) -> None:
    reach = reach_at(place)

    def is_within(each: Tenure) -> bool:
        spot = queries.spot(session, each.area_id, each.site_id)
        return reach.has_site(spot.site_id, spot.area_ids)

    all_at_once = set(session.scalars(select(Tenure.id).where(tenures_within(session, reach))))
    assert all_at_once == {each.id for each in session.scalars(select(Tenure)) if is_within(each)}
    assert all_at_once


def test_an_area_reaches_the_kelurahan_in_it_and_a_city_what_lies_outside(
    session: Session, cast: Cast, reach_at: Callable[[str], Reach]
) -> None:
    areas, city, west, one = cast.city.areas, reach_at(CITY), reach_at(WEST), reach_at(MELATI)
    assert kelurahan_within(session, west) == {areas[MELATI], areas[KENANGA]}
    assert kelurahan_within(session, one) == {areas[MELATI]}
    assert areas[TERATAI] in kelurahan_within(session, city)
    assert cities_within(session, city) == {areas[CITY]}
    assert cities_within(session, west) == cities_within(session, one) == frozenset()
