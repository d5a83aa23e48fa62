"""What was in the demo city before, what its kelurahan aim at, how many learn in its schools: invented, and said to be."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from app.core.clock import local_day
from app.core.periods import ALL_TIME
from app.indicators import service as indicators
from app.places import queries as places_queries
from app.places.queries import AreaEntry, SiteKind
from app.programmes import queries as programmes
from app.sites.service import facts as site_facts
from app.tallies.queries import values
from app.tallies.rules import ACTIONS, INSIDERS, Subject

HOLES = "holes"
NOT_COUNTED_EVERY = 8
"""One kelurahan in so many has not counted its holes, one school in so many its pupils: pages say so."""
COUNTED_BY = "Hitungan kader PKK dari rumah ke rumah (rekaan)"
AGREED_AT = "Musyawarah kelurahan (rekaan)"
AGREED_IN_THE_CITY = "Rencana kerja kota (rekaan)"


def write_aims(session: Session, city: AreaEntry, kelurahan: Sequence[AreaEntry], *, seed: int, now: datetime) -> None:
    """Holes counted before the programme, and what each kelurahan and the city aim at, measured by what has been done."""
    chance = random.Random(f"aims {seed}")  # noqa: S311 - an invention needs no secret chance
    today = local_day(now, city.timezone)
    this_year, next_year = date(today.year, 12, 31), date(today.year + 1, 12, 31)
    done = _done(session, "gps", ACTIONS, [city, *kelurahan], today)
    dug = _done(session, "biopori", HOLES, kelurahan, today)
    for number, area in enumerate(kelurahan, start=1):
        before = round((area.households or 1000) * chance.uniform(0.02, 0.09))
        if number % NOT_COUNTED_EVERY:
            _count(session, area, before, date(today.year - 1, 1, 31), now)
        else:
            before = 0
        _aim(session, "biopori", area, HOLES, before + _beyond(dug.get(area.id, 0), chance, step=20), next_year, AGREED_AT, now)
        _aim(session, "gps", area, ACTIONS, _beyond(done.get(area.id, 0), chance, step=10), this_year, AGREED_AT, now)
    whole = _beyond(done.get(city.id, 0), chance, step=100)
    _aim(session, "gps", city, ACTIONS, whole, this_year, AGREED_IN_THE_CITY, now)


def count_pupils(session: Session, *, seed: int, now: datetime) -> None:
    """How many learn in each school."""
    chance = random.Random(f"pupils {seed}")  # noqa: S311 - an invention needs no secret chance
    schools = [site.site_id for site in places_queries.open_sites(session, now) if site.kind is SiteKind.SCHOOL]
    for number, site in enumerate(places_queries.sites_by_id(session, schools).values(), start=1):
        pupils = chance.randrange(90, 900)
        if number % NOT_COUNTED_EVERY:
            site_facts.count_pupils(session, site, pupils, by_account_id=None, now=now)


def _done(session: Session, programme: str, measure: str, areas: Sequence[AreaEntry], today: date) -> dict[int, int]:
    """Area -> what its stamped actions add up to."""
    current = programmes.current(session, programme, today)
    if current is None:
        raise RuntimeError(f"the programme {programme} is missing")
    ids = [area.id for area in areas]
    found = values(session, current.programme_id, Subject.AREA, ids, ALL_TIME.name, [measure], audience=INSIDERS)
    return {area_id: value for (area_id, _), value in found.items()}


def _beyond(done: int, chance: random.Random, *, step: int) -> int:
    """A round number: some have passed theirs, most are on the way."""
    return max(step, round(done * chance.uniform(0.95, 2.2) / step) * step)


def _count(session: Session, area: AreaEntry, value: int, day: date, now: datetime) -> None:
    indicators.set_baseline(
        session, "biopori", area.code, HOLES, Decimal(value), counted_on=day, source=COUNTED_BY, recorded_by=None, now=now
    )


def _aim(
    session: Session, programme: str, area: AreaEntry, indicator: str, value: int, day: date, source: str, now: datetime
) -> None:
    indicators.set_target(
        session, programme, area.code, indicator, Decimal(value), due_on=day, source=source, recorded_by=None, now=now
    )
