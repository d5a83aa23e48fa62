"""RW made once, sites added, confirmed, moved with history, closed."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditLine
from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.errors import Conflict, Invalid, NotFound
from app.core.geo import Point
from app.database import db
from app.database.transaction import write_transaction
from app.places import queries, service
from app.places.models import Area, AreaCode, SiteCircle
from app.places.rules import SiteKind
from app.places.service import ImportOptions
from app.sites.service import facts
from tests.places.drawing import SIDE, SOUTH, WEST, collection, kelurahan

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
HERE = Point(WEST + SIDE / 2, SOUTH + SIDE / 2)
BESIDE = Point(WEST + SIDE * 1.5, SOUTH + SIDE / 2)
NOWHERE = Point(WEST - SIDE, SOUTH)
OFFICER = 7


@pytest.fixture
def ground(session):
    """Two kelurahan side by side, as areas by their code's last digit."""
    service.import_areas(session, collection(kelurahan(1, 0, 0), kelurahan(2, 1, 0)), ImportOptions(), now=NOW)
    return {number: queries.areas(session).by_code(f"32.99.01.100{number}").id for number in (1, 2)}


def add(session, **change):
    given = {"kind": SiteKind.SCHOOL, "name": "SDN Uji", "centre": HERE, "set_by": OFFICER, "now": NOW}
    return facts.add_site(session, **(given | change))


def test_an_rw_is_made_once_whatever_it_is_called(session, ground):
    made = service.rw(session, ground[1], "RW 5", now=NOW)
    assert (made.name, made.code, made.parent_id) == ("05", "32.99.01.1001/05", ground[1])
    assert service.rw(session, ground[1], "005", now=LATER).id == made.id
    assert service.rw(session, ground[2], "5", now=LATER).id != made.id
    assert session.scalar(select(func.count()).select_from(AreaCode).where(AreaCode.code.like("%/05"))) == 2


@pytest.mark.parametrize("name", ["", "0", "RW", "lima", "1234", "5/6"])
def test_what_is_no_rw_names_its_field(session, ground, name):
    with pytest.raises(Invalid) as caught:
        service.rw(session, ground[1], name, now=NOW)
    assert caught.value.errors[0].field == "rw"


def test_an_rw_lies_below_a_kelurahan(session, ground):
    kecamatan = queries.areas(session).by_code("32.99.01").id
    for number in (kecamatan, service.rw(session, ground[1], "1", now=NOW).id, 10**6):
        with pytest.raises(NotFound):
            service.rw(session, number, "2", now=NOW)


def test_sixteen_who_name_an_rw_at_once_make_one(live_app):
    with live_app.app_context(), write_transaction(db.session()) as session:
        service.import_areas(session, collection(kelurahan(1, 0, 0)), ImportOptions(), now=NOW)
        number = queries.areas(session).by_code("32.99.01.1001").id
    start = Barrier(16)

    def name_it(turn: int) -> int:
        with live_app.app_context():
            start.wait()
            with write_transaction(db.session()) as session:
                return service.rw(session, number, f"{'0' * (turn % 3)}5", now=NOW).id

    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(name_it, range(16)))
    assert len(made) == 1
    with live_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Area).where(Area.level == "rw")) == 1
        assert db.session.scalar(select(func.count()).select_from(AreaCode).where(AreaCode.code.like("%/05"))) == 1


def test_a_site_lies_in_the_kelurahan_of_its_centre_and_waits_to_be_confirmed(session, ground):
    site = add(session, npsn=" 12345678 ", rw="5", rt="RT 2", radius_m=150)
    assert (site.kelurahan_id, site.npsn, site.rt, site.confirmed_at) == (ground[1], "12345678", "02", None)
    assert session.get(Area, site.rw_id).code == "32.99.01.1001/05"
    (seen,) = queries.sites_at(session, [site.id], NOW)
    assert (seen.centre, seen.radius_m, seen.is_confirmed, seen.rw_id) == (HERE, 150, False, site.rw_id)
    line = session.scalars(select(AuditLine).where(AuditLine.kind == "site.add")).one()
    assert (line.account_id, line.subject) == (OFFICER, f"site:{site.uuid}")


def test_a_site_outside_all_kelurahan_is_kept_without_one(session, ground):
    assert add(session, centre=NOWHERE).kelurahan_id is None
    with pytest.raises(Invalid) as caught:
        add(session, centre=NOWHERE, rw="5")
    assert caught.value.errors[0].field == "rw"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"name": "a\nb\x00"}, "name"),
        ({"npsn": "1234567"}, "npsn"),
        ({"npsn": ""}, "npsn"),
        ({"npsn": "12345678", "kind": SiteKind.WORKPLACE}, "npsn"),
        ({"centre": Point(0, 0)}, "centre"),
        ({"centre": Point(181, 0)}, "centre"),
        ({"centre": Point(math.nan, 0)}, "centre"),
        ({"radius_m": 49.9}, "radius_m"),
        ({"radius_m": 300.1}, "radius_m"),
        ({"radius_m": math.nan}, "radius_m"),
        ({"rw": "x"}, "rw"),
        ({"rt": "0"}, "rt"),
    ],
)
def test_what_is_wrong_with_a_site_names_its_field(session, ground, change, field):
    with pytest.raises(Invalid) as caught:
        add(session, **change)
    assert [error.field for error in caught.value.errors] == [field]
    assert caught.value.errors[0].message.said(INDONESIAN) != caught.value.errors[0].message.said(ENGLISH)


def test_everything_wrong_is_told_at_once(session):
    with pytest.raises(Invalid) as caught:
        add(session, name="", npsn="1", centre=Point(0, 0), radius_m=1, rw="x", rt="x")
    assert {error.field for error in caught.value.errors} == {"name", "npsn", "centre", "radius_m", "rw", "rt"}


def test_an_npsn_is_one_schools(session, ground):
    add(session, npsn="12345678")
    with pytest.raises(Conflict):
        add(session, npsn="12345678", name="SDN Lain")
    assert add(session, npsn="12345679").id


def test_the_first_confirmation_stays(session, ground):
    site = add(session)
    facts.confirm_site(session, site, by_account_id=OFFICER, now=NOW)
    facts.confirm_site(session, site, by_account_id=8, now=LATER)
    assert (site.confirmed_by, site.confirmed_at) == (OFFICER, NOW)
    assert session.scalar(select(func.count()).select_from(AuditLine).where(AuditLine.kind == "site.confirm")) == 1


def test_a_site_moves_with_history_and_into_its_new_kelurahan(session, ground):
    site = add(session, rw="5", rt="1")
    facts.move_site(session, site, centre=BESIDE, radius_m=200, by_account_id=OFFICER, now=LATER)
    assert (site.kelurahan_id, site.rw_id, site.rt) == (ground[2], None, None)
    circles = session.scalars(select(SiteCircle).order_by(SiteCircle.id)).all()
    assert [(circle.point, circle.radius_m, circle.valid_from, circle.valid_until) for circle in circles] == [
        (HERE, None, NOW, LATER),
        (BESIDE, 200, LATER, None),
    ]
    assert circles[1].set_by == OFFICER


def test_a_site_that_stays_in_its_kelurahan_stays_in_its_rw(session, ground):
    site = add(session, rw="5", rt="1")
    nearby = Point(HERE.lon + 0.001, HERE.lat)
    facts.move_site(session, site, centre=nearby, radius_m=None, by_account_id=OFFICER, now=LATER)
    assert site.rw_id is not None
    assert site.rt == "01"


def test_moving_a_site_to_where_it_is_changes_nothing(session, ground):
    site = add(session, radius_m=100)
    facts.move_site(session, site, centre=HERE, radius_m=100, by_account_id=OFFICER, now=LATER)
    assert session.scalar(select(func.count()).select_from(SiteCircle)) == 1
    assert session.scalar(select(func.count()).select_from(AuditLine).where(AuditLine.kind == "site.move")) == 0


@pytest.mark.parametrize(("change", "field"), [({"centre": Point(0, 0)}, "centre"), ({"radius_m": 10}, "radius_m")])
def test_a_site_moves_to_places_on_earth_only(session, ground, change, field):
    given = {"centre": BESIDE, "radius_m": None}
    with pytest.raises(Invalid) as caught:
        facts.move_site(session, add(session), **(given | change), by_account_id=OFFICER, now=LATER)
    assert caught.value.errors[0].field == field


def test_a_closed_site_is_over(session, ground):
    site = add(session)
    facts.close_site(session, site, by_account_id=OFFICER, now=LATER)
    facts.close_site(session, site, by_account_id=8, now=LATER + timedelta(days=1))
    assert site.closed_at == LATER
    with pytest.raises(Conflict):
        facts.confirm_site(session, site, by_account_id=OFFICER, now=LATER)
    with pytest.raises(Conflict):
        facts.move_site(session, site, centre=BESIDE, radius_m=None, by_account_id=OFFICER, now=LATER)
    assert session.scalar(select(func.count()).select_from(AuditLine).where(AuditLine.kind == "site.close")) == 1
