"""For whom, where and when a stamped action counts."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app.tallies.rules import INSIDERS, RANKED, Audience, Counted, Stamped, Subject, entries, presences, public_from, the_public

MONDAY = date(2026, 11, 30)


def counted(**change):
    usual = {
        "programme_id": 1,
        "person_id": 7,
        "observed_on": MONDAY,
        "stamped_on": MONDAY,
        "site_id": 3,
        "area_ids": (11, 12, 13, 14),
        "credits": {"actions": 1, "minutes": 15},
    }
    return Counted(**(usual | change))


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Asia/Jakarta", datetime(2026, 12, 1, 17, tzinfo=UTC)),
        ("Asia/Makassar", datetime(2026, 12, 1, 16, tzinfo=UTC)),
        ("Asia/Jayapura", datetime(2026, 12, 1, 15, tzinfo=UTC)),
    ],
)
def test_of_a_childs_monday_the_public_learns_when_tuesday_ends(zone, moment):
    assert public_from(MONDAY, zone) == moment


def test_it_counts_in_its_week_month_year_and_in_all_time():
    assert {period for _, _, period, _, _ in entries(counted())} == {"2026-W49", "2026-11", "2026", "all"}


def test_a_week_belongs_to_the_year_of_its_thursday():
    assert "2026-W53" in {period for _, _, period, _, _ in entries(counted(observed_on=date(2027, 1, 1)))}


def test_it_counts_for_person_site_and_every_area():
    subjects = Counter((subject, subject_id) for subject, subject_id, _, measure, _ in entries(counted()) if measure == "minutes")
    areas = {(Subject.AREA, area): 4 for area in (11, 12, 13, 14)}
    assert subjects == {(Subject.PERSON, 7): 4, (Subject.SITE, 3): 4} | areas


def test_outside_all_areas_and_sites_it_counts_for_the_person_alone():
    alone = counted(site_id=None, area_ids=())
    assert {subject for subject, *_ in entries(alone)} == {Subject.PERSON}
    assert list(presences(alone)) == []


def test_each_credit_is_carried_with_its_amount():
    values = {(measure, value) for subject, _, _, measure, value in entries(counted()) if subject is Subject.PERSON}
    assert values == {("actions", 1), ("minutes", 15)}


@pytest.mark.parametrize(
    ("stamped_on", "ranked"),
    [
        (date(2026, 11, 30), {"2026-W49", "2026-11", "2026", "all"}),
        (date(2026, 12, 14), {"2026-W49", "2026-11", "2026", "all"}),
        # The month's last day is the 30th: the 14th day after it is 14 December, the next day the board is final.
        (date(2026, 12, 15), {"2026-W49", "2026", "all"}),
        (date(2026, 12, 20), {"2026-W49", "2026", "all"}),
        (date(2026, 12, 21), {"2026", "all"}),
        (date(2027, 1, 14), {"2026", "all"}),
        (date(2027, 1, 15), {"all"}),
        (date(2036, 1, 1), {"all"}),
    ],
)
def test_a_board_stands_from_the_fifteenth_day_after_its_period(stamped_on, ranked):
    late = counted(stamped_on=stamped_on)
    assert {period for _, _, period, measure, _ in entries(late) if measure == RANKED} == ranked
    assert {period for _, _, period, in_time in presences(late) if in_time} == ranked


def test_persons_have_no_board_of_their_own():
    assert not [entry for entry in entries(counted()) if entry[0] is Subject.PERSON and entry[3] == RANKED]


def test_an_action_moves_a_board_by_one():
    assert {value for _, _, _, measure, value in entries(counted()) if measure == RANKED} == {1}


NOON = datetime(2026, 11, 30, 5, tzinfo=UTC)


def stamped(*, site=None, kelurahan=None, at=NOON, number=1):
    return Stamped(UUID(int=number), at, MONDAY, site, kelurahan, {"actions": 1})


@pytest.mark.parametrize(
    ("site", "kelurahan", "place"),
    [
        (3, 12, (Subject.SITE, 3)),
        (3, None, (Subject.SITE, 3)),
        (None, 12, (Subject.AREA, 12)),
        (None, None, None),
    ],
)
def test_a_place_is_the_site_else_the_kelurahan(site, kelurahan, place):
    assert stamped(site=site, kelurahan=kelurahan).place() == place


def test_stamps_follow_by_their_instant_and_those_of_one_instant_by_their_number():
    late, second, first = stamped(at=NOON + timedelta(seconds=1)), stamped(number=2), stamped(number=1)
    assert sorted([late, second, first], key=Stamped.order) == [first, second, late]


def test_the_public_sees_what_is_due_now_and_those_accountable_see_everything():
    assert the_public(NOON) == Audience(until=NOON, is_public=True)
    assert Audience(until=datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), is_public=False) == INSIDERS
