"""What the house can do later: handlers by kind, and what is done every day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.core.clock import DEFAULT_ZONE

MAX_ATTEMPTS = 10
MAX_ENDED = 3
"""A job that had to be ended by force is given up at its third try: it kept the others waiting each time."""
MAX_TROUBLED = 6
"""Of tries that failed because of the machine no more are counted: there will always be another, at most 6 minutes later."""
FIRST_DELAY = timedelta(seconds=5)
MAX_DELAY = timedelta(hours=1)

Run = Callable[[Mapping[str, Any], datetime], None]
"""Does the work of a payload, at that time, in transactions of its own. Doing it twice has the effect of doing it once."""


class RetryLater(Exception):
    """What the work needs is not there yet: no failure, try again a little later."""

    def __init__(self, after: timedelta) -> None:
        self.after = after
        super().__init__(f"not before {after}")


@dataclass(frozen=True, slots=True)
class JobLimits:
    """What one try may take; a try that takes more is ended."""

    time: timedelta = timedelta(minutes=10)
    """By the clock on the wall, waiting for the disk or for others included."""
    processor_s: int | None = None
    """Seconds of the processor, which do not depend on how busy the machine is."""
    memory: int | None = None
    """Bytes of memory beyond what the runner has itself."""


@dataclass(frozen=True, slots=True)
class Handler:
    run: Run
    give_up: Run | None = None
    """What is to be said when it was tried too often."""
    limits: JobLimits = JobLimits()
    prepare: Callable[[], object] | None = None
    """Loads what each try needs, once for all of them."""


class AttemptResult(StrEnum):
    """How a try ended."""

    DONE = "done"
    NOT_YET = "not_yet"
    """What it needs is not there yet."""
    FAILED = "failed"
    TROUBLED = "troubled"
    """The machine failed, not the work."""
    ENDED = "ended"
    """It took more than it may, or broke its process."""


@dataclass(frozen=True, slots=True)
class AttemptOutcome:
    result: AttemptResult
    error: str | None = None
    after: timedelta = timedelta()
    """When to try again, of what was too early."""


@dataclass(frozen=True, slots=True)
class Work:
    handlers: Mapping[str, Handler]
    daily: Mapping[str, time] = field(default_factory=dict)
    """Kind -> the time of day at which it is done, with an empty payload."""
    zone: Callable[[Session], str] = lambda _: DEFAULT_ZONE
    """By whose clocks."""
    tell_dead: Callable[[str, str], object] = lambda _kind, _why: None
    """Hears the kind of each job that was given up, and why."""

    def __post_init__(self) -> None:
        if unknown := self.daily.keys() - self.handlers.keys():
            raise ValueError(f"nobody handles the daily {', '.join(sorted(unknown))}")


def delay(attempts: int) -> timedelta:
    """How long to wait after that many tries have failed: 10 s, 20 s, 40 s, at most an hour."""
    doubled: int = 2 ** min(attempts, 20)
    return min(FIRST_DELAY * doubled, MAX_DELAY)


def next_time(at: time, after: datetime, zone: str) -> datetime:
    """The first instant after that one at which clocks in the zone show that time."""
    local = after.astimezone(ZoneInfo(zone))
    today = local.replace(hour=at.hour, minute=at.minute, second=at.second, microsecond=0)
    return today if today > local else today + timedelta(days=1)
