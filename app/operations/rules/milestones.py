"""What an operator does from time to time, and when it is time again."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class Milestone(StrEnum):
    BACKUP = "backup"
    """A copy of database, photographs and secrets was finished."""
    DRILL = "drill"
    """Such a copy was restored somewhere else, and added up."""


MAX_AGE = {Milestone.BACKUP: timedelta(days=2), Milestone.DRILL: timedelta(days=100)}
"""A copy each day, of which one may fail; a drill each quarter."""


def is_due(milestone: Milestone, last: datetime | None, *, now: datetime) -> bool:
    """Whether it was never done, or too long ago."""
    return last is None or now - last > MAX_AGE[milestone]
