"""What is told elsewhere of an error, and how often: its kind, place and class, never a value, a message or a trace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

PERIOD = timedelta(minutes=10)
"""The same error is told once in it, with how many there were since."""
RETRY = timedelta(minutes=1)
"""How long until an error that nobody took is told when it comes again."""
MAX_IN_PERIOD = 20
"""Different errors told in a period; beyond it they are counted, and told when they come again later."""
MAX_KNOWN = 500
_CLASS = re.compile(r"(?:\w+\.)*([A-Za-z_]\w*)(?=:|$)")


class AlertKind(StrEnum):
    REQUEST = "request"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Alert:
    kind: AlertKind
    place: str
    """The pattern of the address, or the kind of job."""
    error: str
    """The name of its class; "ended" where a job's process did not live to tell."""

    @property
    def key(self) -> str:
        return f"{self.kind.value} {self.place} {self.error}"


@dataclass(frozen=True, slots=True)
class Told:
    """When an error was last told, and how many came since."""

    at: datetime
    held: int = 0


def admit(known: Mapping[str, Told], key: str, now: datetime) -> tuple[dict[str, Told], int]:
    """What is known with this error in it, and how many of them to tell now; 0: none yet."""
    before = known.get(key, Told(datetime.min.replace(tzinfo=now.tzinfo)))
    recent = sum(1 for told in known.values() if now - told.at < PERIOD)
    if now - before.at < PERIOD or recent >= MAX_IN_PERIOD:
        return _bounded({**known, key: replace(before, held=before.held + 1)}), 0
    return _bounded({**known, key: Told(now)}), before.held + 1


def not_taken(known: Mapping[str, Told], key: str, count: int, now: datetime) -> dict[str, Told]:
    """What is known after those could not be told."""
    held = known[key].held if key in known else 0
    return {**known, key: Told(now - PERIOD + RETRY, held + count)}


def _bounded(known: dict[str, Told]) -> dict[str, Told]:
    """The latest of them: a version of the program knows only so many places."""
    latest = sorted(known.items(), key=lambda each: each[1].at, reverse=True)
    return dict(latest[:MAX_KNOWN])


def error_class(words: str) -> str:
    """The class in what is kept of a failed job ("ValueError: ..."); never more of it, which may hold a value."""
    found = _CLASS.match(words)
    return found[1] if found else "ended"
