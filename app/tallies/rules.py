"""For whom, where and when a stamped action counts. Pure: what is stored and what is rebuilt both come from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.periods import periods_of

ACTIONS = "actions"
CREDIT = "credit"
"""What counts on the ladder."""
PEOPLE = "people"
"""How many different persons have a stamped action there: follows from the presences, not from one action."""
MIN_PEOPLE = 5
"""Fewer people than this, but not none, are not told to the public."""
RANKED = "ranked"
"""The actions stamped before the period's board was final."""


class Subject(StrEnum):
    """Of whom or what a tally speaks. Areas are RW, kelurahan, kecamatan and city alike."""

    PERSON = "person"
    SITE = "site"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Counted:
    """A stamped action, as far as counting has to know it."""

    programme_id: int
    person_id: int
    observed_on: date
    """The local day of the action."""
    stamped_on: date
    """The day of the stamp in the zone of the place."""
    site_id: int | None
    area_ids: tuple[int, ...]
    """RW, kelurahan, kecamatan and city, those that are known."""
    credits: Mapping[str, int]
    """Tally measure -> whole number, decimals in thousandths."""
    public_at: datetime | None = None
    """From when on the public sees what it adds to its places; None: at once."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A valid stamp with the action below it, as belts and badges read a person's booklet."""

    stamp_id: UUID
    stamped_at: datetime
    observed_on: date
    site_id: int | None
    kelurahan_id: int | None
    credits: Mapping[str, int]

    def order(self) -> tuple[datetime, UUID]:
        """Stamps follow each other by their instant, those of one instant by their number."""
        return self.stamped_at, self.stamp_id

    def place(self) -> tuple[Subject, int] | None:
        """Where it was: the site, else the kelurahan; None where neither is known."""
        if self.site_id is not None:
            return Subject.SITE, self.site_id
        return (Subject.AREA, self.kelurahan_id) if self.kelurahan_id is not None else None


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads counts of places."""

    until: datetime
    """What the public sees only later than this is left out."""
    is_public: bool
    """Small counts of people are not for the public."""


INSIDERS = Audience(until=datetime.max.replace(tzinfo=UTC), is_public=False)
"""Those who are accountable for the place: they see everything at once."""


def the_public(now: datetime) -> Audience:
    """Everybody, at that instant."""
    return Audience(until=now, is_public=True)


def public_from(day: date, zone: str) -> datetime:
    """The end of the day after that day, on the clocks of the place: before it nobody outside learns that a child was there."""
    return datetime.combine(day + timedelta(days=2), time(), ZoneInfo(zone)).astimezone(UTC)


Entry = tuple[Subject, int, str, str, int]
"""Subject, its id, name of the period, measure, value."""
Attendance = tuple[Subject, int, str, bool]
"""Scope, its id, name of the period, whether the board of that period was still open at the stamp."""


@lru_cache(maxsize=8192)
def _spans(day: date) -> tuple[tuple[str, date], ...]:
    """The periods of the day with the first day on which the board of each is final; that of all time never is."""
    return tuple((period.name, period.final_on() or date.max) for period in periods_of(day))


def spans(counted: Counted) -> tuple[tuple[str, bool], ...]:
    """The periods in which it counts, and whether it still moves the board of each."""
    return tuple((name, counted.stamped_on < final_on) for name, final_on in _spans(counted.observed_on))


def places(counted: Counted) -> tuple[tuple[Subject, int], ...]:
    """The site and the areas for which it counts."""
    areas = tuple((Subject.AREA, area_id) for area_id in counted.area_ids)
    return areas if counted.site_id is None else ((Subject.SITE, counted.site_id), *areas)


def entries(counted: Counted) -> Iterator[Entry]:
    """What it adds: to its person, its site and its areas, each in its week, month, year and in all time.

    A board is provisional until day 14 after its period's last day; a later stamp raises belts and tallies, but no longer the
    board: only stamps in time count as `ranked`.
    """
    for period, in_time in spans(counted):
        for measure, value in counted.credits.items():
            yield Subject.PERSON, counted.person_id, period, measure, value
        for subject, subject_id in places(counted):
            for measure, value in counted.credits.items():
                yield subject, subject_id, period, measure, value
            if in_time:
                yield subject, subject_id, period, RANKED, 1


def presences(counted: Counted) -> Iterator[Attendance]:
    """Where and when its person was there."""
    for period, in_time in spans(counted):
        for scope, scope_id in places(counted):
            yield scope, scope_id, period, in_time
