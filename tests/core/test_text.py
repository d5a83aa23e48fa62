"""app/core/text: both languages write their own numbers, days and hours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.core.text import Language, Text, clock_time, column_number, day, number, says_something

ID, EN = Language.INDONESIAN, Language.ENGLISH


def test_a_sentence_is_said_in_the_language_asked_for():
    sentence = Text("Sampah dipungut.", "Litter was picked.")
    assert sentence.said(ID) == "Sampah dipungut."
    assert sentence.said(EN) == "Litter was picked."


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (12, 1, "12", "12"),
        (Decimal("3.50"), 2, "3,5", "3.5"),
        (2591763, 0, "2.591.763", "2,591,763"),
        (0.04, 1, "0", "0"),
        (-7.25, 2, "-7,25", "-7.25"),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(value, decimals, indonesian, english):
    assert number(value, ID, decimals) == indonesian
    assert number(value, EN, decimals) == english


def test_days_carry_their_names():
    assert day(date(2026, 11, 23), ID) == "Senin, 23 November 2026"
    assert day(date(2026, 11, 23), EN) == "Monday, 23 November 2026"


@pytest.mark.parametrize(("zone", "name"), [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")])
def test_the_hour_names_its_zone(zone, name):
    hour = datetime(2026, 11, 23, 7, 5, tzinfo=ZoneInfo(zone))
    assert clock_time(hour, ID) == f"07.05 {name}"
    assert clock_time(hour, EN) == f"07:05 {name}"


def test_a_zone_elsewhere_keeps_its_own_name():
    assert clock_time(datetime(2026, 11, 23, 7, 5, tzinfo=UTC), EN) == "07:05 UTC"


@pytest.mark.parametrize(("value", "indonesian", "english"), [(0.8, "0,80", "0.80"), (1234, "1.234,00", "1,234.00")])
def test_numbers_below_each_other_have_the_same_decimals(value, indonesian, english):
    assert (column_number(value, ID, 2), column_number(value, EN, 2)) == (indonesian, english)


@pytest.mark.parametrize("text", ["Saya lihat.", "ok", "7", "看", "…ya"])
def test_what_can_be_read_says_something(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\u2060\ufeff", "\u00ad", "\u3164", "\u2800", "\u115f\u1160", "...", "-"])
def test_what_no_eye_sees_and_marks_alone_say_nothing(text: str) -> None:
    assert not says_something(text)
