"""Cities by their own clocks: one in the middle of the archipelago, one in its east, both in one database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules.words import Status
from app.channels.addresses import PushAddress
from app.core.geo import Point
from app.jobs.models import Job
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.notices.service import PUSH, News
from app.people import queries as people
from app.people import service as people_service
from app.people.models import Account, Tenure
from app.people.rules import Post
from app.places import queries as places
from app.places import service as places_service
from app.places.service import ImportOptions
from app.programmes import service as programmes
from tests.factories.cast import Cast, make_account
from tests.factories.city import LONG_AGO, make_site
from tests.factories.fixtures import Clock
from tests.page_client import PageClient
from tests.places.drawing import collection, feature, square

SignedIn = Callable[[Account], PageClient]
WITA_CITY, WIT_CITY = "73.99", "91.99"
WITA, WIT = f"{WITA_CITY}.01.1001", f"{WIT_CITY}.01.1001"
IN_WITA, IN_WIT = Point(107.635, -6.945), Point(107.655, -6.945)
"""Side by side in tests; what counts is the code's province."""
NOT_HERE = {"lon": "", "lat": "", "accuracy_m": "", "fixed_at": ""}
FILLED = {"action_id": "5d1f0c5e-0000-4000-8000-00000000000b", "minutes": "15", "bags_large": "2"} | NOT_HERE


def two_cities(session: Session) -> None:
    drawn = collection(
        feature(WITA, "Tengah", square(3, 0), district="Kecamatan Tengah", regency="Kota Tengah"),
        feature(WIT, "Timur", square(5, 0), district="Kecamatan Timur", regency="Kota Timur"),
        source="invented for tests",
    )
    report = places_service.import_areas(session, drawn, ImportOptions(), now=LONG_AGO)
    assert report.is_applied, report
    programmes.apply_bundled(session, now=LONG_AGO)


@pytest.fixture
def cities(session: Session) -> Session:
    two_cities(session)
    return session


@pytest.mark.parametrize(
    ("column", "city", "code", "started", "shown"),
    [
        (3, WITA_CITY, WITA, "2026-11-16T16:20", "2026-11-16 16:25"),
        (5, WIT_CITY, WIT, "2026-11-16T17:20", "2026-11-16 17:25"),
    ],
)
def test_a_time_typed_without_script_is_by_the_clock_of_the_site(
    column: int, city: str, code: str, started: str, shown: str, cities: Session, signed_in: SignedIn
) -> None:
    office = make_site(cities, "Kantor Pos", {3: IN_WITA, 5: IN_WIT}[column])
    page = signed_in(make_account(cities, "pak.adi", f"volunteer@site:{office.uuid}"))
    form = page.get("/catat").text
    assert shown in form
    assert "jam di tempat aksi" in form
    page.submit("/catat", FILLED | {"started": started, "where": str(office.uuid)})
    action = cities.scalars(select(Action)).one()
    assert action.observed_at == datetime(2026, 11, 16, 8, 20, tzinfo=UTC)
    assert action.status is Status.WAITING


def test_the_place_chosen_decides_not_where_the_person_lives(cities: Session, signed_in: SignedIn) -> None:
    page = signed_in(make_account(cities, "pak.adi", f"volunteer@{WITA}"))
    there = {"where": "typed", "lon": f"{IN_WIT.lon}", "lat": f"{IN_WIT.lat}"}
    page.submit("/catat", FILLED | there | {"started": "2026-11-16T17:20"})
    at_sea = there | {"lat": "-7.9", "action_id": "5d1f0c5e-0000-4000-8000-00000000000c"}
    page.submit("/catat", FILLED | at_sea | {"started": "2026-11-16T15:40"})
    first, second = cities.scalars(select(Action).order_by(Action.id)).all()
    assert first.observed_at == datetime(2026, 11, 16, 8, 20, tzinfo=UTC)
    assert second.observed_at == datetime(2026, 11, 16, 7, 40, tzinfo=UTC), "outside all areas: as where the person lives"


def test_one_city_needs_no_word_about_whose_clock(cast: Cast, signed_in: SignedIn) -> None:
    assert "jam di tempat aksi" not in signed_in(cast.budi).get("/catat").text


def test_a_post_begins_and_ends_with_the_days_of_its_place(cities: Session) -> None:
    adi = make_account(cities, "pak.adi", f"officer@{WITA}", f"officer@{WIT}")
    for tenure in cities.scalars(select(Tenure)):
        tenure.valid_until = date(2026, 11, 16)
    cities.flush()

    def held(hour: int, minute: int = 0) -> int:
        return len(people.tenures_at(cities, adi.person_id, datetime(2026, 11, 16, hour, minute, tzinfo=UTC)))

    assert [held(14, 59), held(15), held(15, 59), held(16)] == [2, 1, 1, 0]


def test_a_given_post_begins_today_where_it_is_held(cities: Session) -> None:
    admin = make_account(cities, "bu.admin", f"administrator@{WITA_CITY}", f"administrator@{WIT_CITY}")
    adi = make_account(cities, "pak.adi")
    late = datetime(2026, 11, 16, 15, 30, tzinfo=UTC)
    given = [
        people_service.give_post(cities, adi.person.uuid, Post.LURAH, place, valid_from=None, by=admin, now=late)
        for place in (WITA, WIT)
    ]
    assert [tenure.valid_from for tenure in given] == [date(2026, 11, 16), date(2026, 11, 17)]


def test_the_log_tells_its_reader_the_time_where_they_live(cities: Session, signed_in: SignedIn, clock: Clock) -> None:
    admin = make_account(cities, "bu.admin", f"administrator@{WIT_CITY}")
    clock.now = datetime(2026, 11, 16, 22, 30, tzinfo=UTC)
    page = signed_in(admin)
    page.get("/admin/riwayat.csv?jenis=semua")  # is itself a line of the log
    shown = page.get("/admin/riwayat?jenis=semua&dari=2026-11-17&sampai=2026-11-17").text
    assert "17 Nov 2026, 07.30 WIT" in shown
    assert "2026-11-17T07:30:00+09:00" in page.get("/admin/riwayat.csv?jenis=semua").text
    assert "07.30 WIT" not in page.get("/admin/riwayat?jenis=semua&sampai=2026-11-16").text


@pytest.mark.parametrize(("place", "wakes"), [(WITA, None), (WIT, 21)])
def test_nothing_rings_at_night_where_the_person_lives(cities: Session, place: str, wakes: int | None) -> None:
    adi = make_account(cities, "pak.adi", f"volunteer@{place}")
    now = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)  # 20.30 in the middle, 21.30 in the east
    notices.subscribe(cities, adi, PushAddress("https://push.example/one", "key", "auth"), now=now)
    notices.tell(cities, [News(adi.person_id, NoticeKind.STAMPED, {"count": 1}, "/buku")], now=now)
    job = cities.scalars(select(Job).where(Job.kind == PUSH)).one()
    assert job.run_after == (now if wakes is None else datetime(2026, 11, 16, wakes, tzinfo=UTC))


def test_a_board_changes_its_month_by_the_clock_of_its_city(cities: Session, page: PageClient, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 30, 15, 30, tzinfo=UTC)

    def month(city: str) -> Any:
        return page.get(f"/api/v1/programmes/gps/leaderboard?scope=city:{city}").json["period"]["name"]

    assert [month(WITA_CITY), month(WIT_CITY)] == ["2026-11", "2026-12"]


def test_a_day_in_an_actions_page_and_on_the_desk_is_that_of_its_place(
    cities: Session, signed_in: SignedIn, clock: Clock
) -> None:
    office = make_site(cities, "Kantor Pos", IN_WIT)
    adi = make_account(cities, "pak.adi", f"volunteer@site:{office.uuid}")
    clock.now = datetime(2026, 11, 16, 22, 30, tzinfo=UTC)
    signed_in(adi).submit("/catat", FILLED | {"started": "2026-11-17T07:05", "where": str(office.uuid)})
    action = cities.scalars(select(Action)).one()
    assert "Selasa, 17 November 2026, 07.05 WIT" in signed_in(adi).get(f"/aksi/{action.id}").text
    desk = signed_in(make_account(cities, "pak.petugas", f"officer@{WIT}", f"officer@{WITA}")).get("/meja").text
    assert "17 Nov 2026" in desk
    assert "16 Nov 2026" not in desk


def test_what_has_no_place_is_told_by_the_clock_of_most_cities(session: Session, cast: Cast) -> None:
    two_cities(session)
    assert places.zone_at(session) == places.home_zone(session) == "Asia/Jakarta", "of equally many the lowest code"
    index = places.areas(session)
    assert [index.zone(area.id) for area in index.of_level(places.AreaLevel.CITY)] == [
        "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura",
    ]  # fmt: skip
    assert places.zone_at(session, site_id=cast.office.id) == "Asia/Jakarta"
