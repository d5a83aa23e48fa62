"""Periods by their names."""

from __future__ import annotations

import pytest

from app.core.periods import ALL_TIME, parse_period


@pytest.mark.parametrize("name", ["2026", "2026-11", "2026-W48", "2028-02", "2026-W53", "1000", "9998-12"])
def test_a_period_is_called_as_it_is_asked_for(name: str) -> None:
    found = parse_period(name)
    assert found is not None
    assert found.name == name
    assert found.final_on() is not None


@pytest.mark.parametrize(
    "name", ["", "0000", "2026-13", "2026-00", "2027-W53", "2026-W00", "9999", "9999-12", "9999-W52", "26", "2026-1"]
)
def test_what_no_calendar_has_is_no_period(name: str) -> None:
    assert parse_period(name) is None


def test_all_time_has_no_end() -> None:
    assert parse_period("all") is ALL_TIME
