"""Instants and local days. Rules are handed `now`; only the edges ask this module for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Jakarta"


def utc_now() -> datetime:
    """The instant by the machine's clock, in UTC."""
    return datetime.now(UTC)


def local_time(instant: datetime, zone: str) -> datetime:
    """The same instant on the clocks of the zone ("Asia/Jakarta"). Raises ZoneInfoNotFoundError for a zone that nobody knows."""
    return instant.astimezone(ZoneInfo(zone))


def local_day(instant: datetime, zone: str) -> date:
    """The day on the calendar of those who live in the zone."""
    return local_time(instant, zone).date()
