"""The city: one number of all its kelurahan, and what changed this month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.core.clock import local_day
from app.core.errors import NotFound, invalid
from app.core.periods import Period, month_of
from app.core.text import Text
from app.indicators import queries as indicators
from app.indicators.rules import Reading
from app.places import queries as places
from app.places.queries import AreaEntry, AreaIndex, AreaLevel
from app.programmes import queries as programmes
from app.programmes.queries import Current
from app.programmes.rules.definition import Indicator
from app.public.rules.sorting import Sorting, ordered
from app.public.rules.spans import previous
from app.tallies.queries import values
from app.tallies.rules import ACTIONS, Audience, Subject, the_public

MAX_RISEN = 5
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class CityRow:
    """One kelurahan of the city."""

    area: AreaEntry
    kecamatan: str
    reading: Reading
    per_thousand: float | None
    """Of its residents; None where they or the value are not known."""
    change: int | float | None
    """Against the period before; None where one of the two is not known, and for all time."""


@dataclass(frozen=True, slots=True)
class Risen:
    """A kelurahan with more stamped actions than in the month before."""

    area: AreaEntry
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class CityMonth:
    """What this month has brought so far, beside the whole month before."""

    period: Period
    earlier: Period | None
    actions: int
    actions_before: int
    active: int
    """Kelurahan with a stamped action."""
    active_before: int
    risen: tuple[Risen, ...]
    without: tuple[AreaEntry, ...]
    """Kelurahan without any stamped action in the month."""


@dataclass(frozen=True, slots=True)
class City:
    """All kelurahan of a city by one indicator in one period."""

    area: AreaEntry
    cities: tuple[AreaEntry, ...]
    programmes: tuple[Current, ...]
    current: Current
    indicator: Indicator
    period: Period
    rows: tuple[CityRow, ...]
    month: CityMonth
    today: date

    @property
    def knows_residents(self) -> bool:
        return any(row.area.population for row in self.rows)


def cities(session: Session) -> tuple[AreaEntry, ...]:
    """Every city, by code."""
    return places.areas(session).of_level(AreaLevel.CITY)


def chosen_city(session: Session, code: str | None) -> AreaEntry | None:
    """The city of that code, the first one where none is named; None where no city is recorded yet.

    Raises NotFound for a code that no city has.
    """
    listed = cities(session)
    if code is None:
        return listed[0] if listed else None
    found = next((city for city in listed if city.code == code), None)
    if found is None:
        raise NotFound(Text("Tidak ada kota dengan kode %(code)s.", code=code))
    return found


def chosen_programme(session: Session, code: str | None, today: date) -> tuple[tuple[Current, ...], Current]:
    """All programmes and the one of that code, GPS where none is named, else the first.

    Raises NotFound without any, Invalid (field `programme`) for a code that none has.
    """
    in_force = in_order(programmes.all_current(session, today))
    if not in_force:
        raise NotFound(Text("Belum ada program yang tercatat."))
    if code is None:
        return in_force, in_force[0]
    found = next((each for each in in_force if each.definition.code == code), None)
    if found is None:
        known = ", ".join(each.definition.code for each in in_force)
        raise invalid("programme", "unknown", Text("Program ini tidak ada; yang ada: %(known)s.", known=known))
    return in_force, found


FIRST_SHOWN = "gps"
"""The programme in which anybody can act: what boards and maps open with."""


def in_order(in_force: Iterable[Current]) -> tuple[Current, ...]:
    """The programmes as visitors meet them."""
    return tuple(sorted(in_force, key=lambda each: each.definition.code != FIRST_SHOWN))


def chosen_indicator(current: Current, code: str | None) -> Indicator:
    """The programme's indicator of that code, its first where none is named. Raises Invalid (field `indicator`)."""
    offered = current.definition.frame.indicators
    if code is None:
        return offered[0]
    found = next((indicator for indicator in offered if indicator.code == code), None)
    if found is None:
        known = ", ".join(indicator.code for indicator in offered)
        raise invalid("indicator", "unknown", Text("Angka ini tidak ada; yang ada: %(known)s.", known=known))
    return found


def city(
    session: Session, area: AreaEntry, programme: str | None, indicator: str | None, period: Period, by: Sorting, *, now: datetime
) -> City:
    """The city's kelurahan by an indicator of a programme in the period, sorted."""
    today = local_day(now, area.timezone)
    in_force, current = chosen_programme(session, programme, today)
    chosen = chosen_indicator(current, indicator)
    index = places.areas(session)
    kelurahan = kelurahan_of(index, area)
    ids = [entry.id for entry in kelurahan]
    read = indicators.readings(session, current, chosen, ids, period, today=today, now=now)
    earlier = previous(period)
    before = indicators.readings(session, current, chosen, ids, earlier, today=today, now=now) if earlier else {}
    rows = [_row(index, entry, read[entry.id], before.get(entry.id)) for entry in kelurahan]
    return City(
        area=area,
        cities=index.of_level(AreaLevel.CITY),
        programmes=in_force,
        current=current,
        indicator=chosen,
        period=period,
        rows=tuple(_sorted(rows, by)),
        month=month(session, current, kelurahan, today, the_public(now)),
        today=today,
    )


def kelurahan_of(index: AreaIndex, area: AreaEntry) -> tuple[AreaEntry, ...]:
    """The open kelurahan of the city, by code."""
    within = index.kelurahan_within(area.id)
    return tuple(entry for entry in index.of_level(AreaLevel.KELURAHAN) if entry.id in within)


def _row(index: AreaIndex, area: AreaEntry, reading: Reading, before: Reading | None) -> CityRow:
    above = index.by_id[area.parent_id] if area.parent_id is not None else None
    change = None
    if before is not None and before.value is not None and reading.value is not None:
        change = round(reading.value - before.value, 3)
    return CityRow(
        area=area,
        kecamatan=above.name if above is not None and above.level is AreaLevel.KECAMATAN else "",
        reading=reading,
        per_thousand=per_thousand(reading.value, area.population),
        change=change,
    )


def per_thousand(value: int | float | None, residents: int | None) -> float | None:
    """For each 1,000 residents, to two decimals; None where one of the two is not known."""
    return round(value * THOUSAND / residents, 2) if value is not None and residents else None


def _sorted(rows: Sequence[CityRow], by: Sorting) -> list[CityRow]:
    keys = {
        "nama": lambda row: row.area.name,
        "kecamatan": lambda row: row.kecamatan,
        "nilai": lambda row: row.reading.value,
        "per-jiwa": lambda row: row.per_thousand,
        "perubahan": lambda row: row.change,
    }
    return ordered(rows, keys[by.column], lambda row: row.area.name, downwards=by.downwards)


def month(session: Session, current: Current, kelurahan: Sequence[AreaEntry], today: date, audience: Audience) -> CityMonth:
    """Stamped actions of the month that the day is in, beside the month before."""
    this = month_of(today)
    earlier = previous(this)
    now = _actions(session, current, kelurahan, this, audience)
    then = _actions(session, current, kelurahan, earlier, audience) if earlier else {}
    risen = [
        Risen(area, now.get(area.id, 0), then.get(area.id, 0)) for area in kelurahan if now.get(area.id, 0) > then.get(area.id, 0)
    ]
    risen.sort(key=lambda each: (each.before - each.now, each.area.name))
    return CityMonth(
        period=this,
        earlier=earlier,
        actions=sum(now.values()),
        actions_before=sum(then.values()),
        active=len(now),
        active_before=len(then),
        risen=tuple(risen[:MAX_RISEN]),
        without=tuple(sorted((area for area in kelurahan if area.id not in now), key=lambda area: area.name)),
    )


def _actions(
    session: Session, current: Current, kelurahan: Sequence[AreaEntry], period: Period, audience: Audience
) -> Mapping[int, int]:
    """Kelurahan -> stamped actions, those that have any."""
    ids = [area.id for area in kelurahan]
    found = values(session, current.programme_id, Subject.AREA, ids, period.name, [ACTIONS], audience=audience)
    return {area_id: value for (area_id, _), value in found.items()}
