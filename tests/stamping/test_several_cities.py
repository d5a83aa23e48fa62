"""Two cities in one database: who stamps and reads what lies outside all outlines has a place in common with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.geo import Point
from app.people import queries as people
from app.people.models import Account
from app.people.queries.reach import sites_within
from app.people.rules import Permission, Post, may_end, reach_of
from app.places import service as places
from app.places.models import Site
from app.places.service import ImportOptions
from app.reviews.models import Review
from app.sites import service as sites
from app.stamping import queries
from tests.factories.actions import NOW, body, fix_at, make_action, record, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import AT_SEA, CITY, IN_MELATI, LONG_AGO, make_site
from tests.page_client import PageClient
from tests.photo_consent.steps import make_pair
from tests.places.drawing import collection, feature, polygon
from tests.stamping.counting import problems

SignedIn = Callable[[Account], PageClient]
OTHER_CITY = "33.74"
AT_THE_OTHERS_SEA = Point(110.405, -6.0)


@pytest.fixture
def ours(session: Session, cast: Cast) -> Account:
    return make_account(session, "petugas", f"officer@{CITY}", f"administrator@{CITY}")


@pytest.fixture
def theirs(session: Session, cast: Cast) -> Account:
    """An officer and administrator of a city 300 km away."""
    outline = polygon((110.40, -6.99), (110.41, -6.99), (110.41, -6.98), (110.40, -6.98), (110.40, -6.99))
    drawn = collection(feature(f"{OTHER_CITY}.01.1001", "Randu", outline, district="Tengah", regency="Kota Lain"), source="drawn")
    assert places.import_areas(session, drawn, ImportOptions(), now=LONG_AGO).is_applied
    return make_account(session, "petugas.lain", f"officer@{OTHER_CITY}", f"administrator@{OTHER_CITY}")


def reaches(session: Session, account: Account, action: object) -> bool:
    return queries.is_officer_of(session, action, account.person_id, now=NOW)  # type: ignore[arg-type]


def test_what_lies_outside_is_its_doer_s_city_s(
    session: Session, cast: Cast, ours: Account, theirs: Account, signed_in: SignedIn
) -> None:
    action = make_action(session, cast.budi, fix=fix_at(AT_SEA))
    assert action.kelurahan_id is None
    by_post = record(session, cast.kader, body(fix=fix_at(AT_THE_OTHERS_SEA)))
    for each in (action, by_post):
        assert (reaches(session, ours, each), reaches(session, theirs, each)) == (True, False)
        assert problems(stamp(session, theirs, each, note="x")) == ["not_found"]
        signed_in(theirs).get(f"/aksi/{each.id}", status=404)
        signed_in(theirs).get(f"/api/v1/actions/{each.id}", status=404)
    assert queries.queue(session, theirs.person_id, limit=5, after=None, now=NOW) == ([], None)
    assert len(queries.queue(session, ours.person_id, limit=5, after=None, now=NOW)[0]) == 2
    assert problems(stamp(session, ours, action, by_post, note="x")) == [None, None]


def test_photographs_and_reviews_of_it_go_the_same_way(
    session: Session, cast: Cast, ours: Account, theirs: Account, signed_in: SignedIn
) -> None:
    action = make_pair(session, cast.budi, fix=fix_at(AT_SEA))
    stamp(session, ours, action, note="x")
    session.add(Review(action_id=action.id, opened_at=NOW))
    session.flush()
    for account, seen, status in ((ours, 1, 200), (theirs, 0, 404)):
        assert len(queries.reviews(session, account.person_id, after=None, limit=5, now=NOW)[0]) == seen
        signed_in(account).get(f"/aksi/{action.id}/foto/1", status=status)


def test_whoever_holds_no_post_belongs_where_they_acted_before(
    session: Session, cast: Cast, ours: Account, theirs: Account
) -> None:
    action = record(session, cast.citra, body(fix=fix_at(AT_SEA)))
    assert not reaches(session, ours, action)
    assert not reaches(session, theirs, action)
    record(session, cast.citra, body(fix=fix_at(IN_MELATI)))
    assert reaches(session, ours, action)
    assert not reaches(session, theirs, action)


def test_where_there_is_one_city_it_is_its(session: Session, cast: Cast, ours: Account) -> None:
    assert reaches(session, ours, record(session, cast.citra, body(fix=fix_at(AT_SEA))))


def test_a_site_outside_is_the_nearest_city_s(session: Session, cast: Cast, ours: Account, theirs: Account) -> None:
    island = make_site(session, "Pulau", AT_SEA, confirmed=False)
    assert island.kelurahan_id is None
    guard = make_account(session, "penjaga", f"volunteer@site:{island.uuid}")
    (post,) = people.tenures(session, guard.person_id)
    spot = people.spot(session, None, island.id)
    for account, is_theirs in ((ours, True), (theirs, False)):
        held = people.tenures(session, account.person_id)
        assert sites.may_touch(session, island, Permission.CONFIRM_SITE, by=account, now=NOW) is is_theirs
        assert may_end(held, Post.VOLUNTEER, spot) is is_theirs
        listed = session.scalars(select(Site.id).where(sites_within(session, reach_of(held)))).all()
        assert (island.id in listed) is is_theirs
        handed = {each.id for each, _ in people.in_reach(session, account, NOW) if each.id == guard.id}
        assert bool(handed) is is_theirs
    assert post.site_id == island.id
