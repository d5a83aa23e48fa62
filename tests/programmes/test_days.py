"""Which days are the programme's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.programmes.rules.days import DayKind, day_kind, is_holiday
from tests.programmes.files import make_definition

GPS, BIOPORI = make_definition("gps"), make_definition("biopori")
YEAR_2026 = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 23), DayKind.PROGRAMME),  # a Monday
        (date(2026, 11, 24), DayKind.OTHER),
        (date(2026, 11, 25), DayKind.PROGRAMME),
        (date(2026, 11, 27), DayKind.PROGRAMME),
        (date(2026, 11, 29), DayKind.OTHER),
        (date(2026, 8, 17), DayKind.HOLIDAY),  # Independence Day, a Monday
        (date(2026, 3, 18), DayKind.HOLIDAY),  # joint leave before Nyepi, a Wednesday
        (date(2026, 1, 1), DayKind.OTHER),  # a holiday, and no programme day
    ],
)
def test_gps_counts_on_mondays_wednesdays_and_fridays(day, kind):
    assert day_kind(GPS, day) is kind


def test_2026_has_156_days_of_gps_144_of_them_working_days():
    kinds = [day_kind(GPS, day) for day in YEAR_2026]
    assert (len(kinds) - kinds.count(DayKind.OTHER), kinds.count(DayKind.PROGRAMME)) == (156, 144)


def test_2026_has_17_public_holidays_and_8_days_of_joint_leave():
    public = make_definition(calendar__categories=["public"]).calendar
    joint_leave = make_definition(calendar__categories=["government"]).calendar
    assert sum(is_holiday(public, day) for day in YEAR_2026) == 17
    assert sum(is_holiday(joint_leave, day) for day in YEAR_2026) == 8


def test_holes_may_be_dug_on_every_day():
    assert not [day for day in YEAR_2026 if day_kind(BIOPORI, day) is DayKind.OTHER]


def test_operators_put_the_calendar_right():
    eve = {"date": "2028-12-22", "name": {"id": "Cuti bersama Natal", "en": "Joint leave before Christmas"}}
    amended = make_definition(calendar__added=[eve], calendar__removed=["2026-08-17"])
    assert day_kind(amended, date(2028, 12, 22)) is DayKind.HOLIDAY
    assert day_kind(GPS, date(2028, 12, 22)) is DayKind.PROGRAMME
    assert day_kind(amended, date(2026, 8, 17)) is DayKind.PROGRAMME
