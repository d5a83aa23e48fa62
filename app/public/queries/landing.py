"""What the city has done so far, for whoever comes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.core.periods import ALL_TIME, Period
from app.indicators.queries import begun_on
from app.indicators.rules import Reading, read
from app.places import queries as places
from app.places.queries import AreaEntry
from app.programmes import queries as programmes
from app.programmes.queries import Current
from app.programmes.rules.definition import Indicator
from app.public.queries.city import chosen_city, in_order, kelurahan_of
from app.public.queries.kelurahan import leading
from app.public.rules.spans import told_month
from app.tallies.queries import values
from app.tallies.rules import ACTIONS, Audience, Subject, the_public

MAX_ACTIVE = 5


@dataclass(frozen=True, slots=True)
class Living:
    """One programme's leading number of the whole city."""

    current: Current
    indicator: Indicator
    period: Period
    of_month: Reading
    all_time: Reading


@dataclass(frozen=True, slots=True)
class Active:
    """A kelurahan with its stamped actions of the month in all programmes."""

    area: AreaEntry
    actions: int


@dataclass(frozen=True, slots=True)
class Landing:
    city: AreaEntry | None
    """None: no city is recorded yet."""
    programmes: tuple[Current, ...]
    living: tuple[Living, ...]
    active: tuple[Active, ...]
    """The kelurahan with the most stamped actions of the month."""
    by_area: dict[int, int]
    """Every kelurahan of the city with its stamped actions of the month."""
    month: Period
    """This one, or in its first week the one before."""
    today: date

    @property
    def kelurahan_active(self) -> int:
        return sum(1 for actions in self.by_area.values() if actions)


def landing(session: Session, *, now: datetime) -> Landing:
    """The city's living numbers."""
    city, today, audience = chosen_city(session, None), places.day_at(session, now), the_public(now)
    in_force = in_order(programmes.all_current(session, today))
    told = told_month(today)
    if city is None:
        return Landing(None, in_force, (), (), {}, told, today)
    kelurahan = kelurahan_of(places.areas(session), city)
    by_area = {area.id: 0 for area in kelurahan}
    for each in in_force:
        found = values(session, each.programme_id, Subject.AREA, list(by_area), told.name, [ACTIONS], audience=audience)
        for (area_id, _), value in found.items():
            by_area[area_id] += value
    return Landing(
        city=city,
        programmes=in_force,
        living=tuple(_living(session, each, city, told, today, audience) for each in in_force),
        active=_most_active(kelurahan, by_area),
        by_area=by_area,
        month=told,
        today=today,
    )


def _living(session: Session, current: Current, city: AreaEntry, month: Period, today: date, audience: Audience) -> Living:
    indicator = leading(current.definition)
    begun = begun_on(session, current.programme_id)

    def reading(period: Period) -> Reading:
        measures = {indicator.measure, ACTIONS}
        found = values(session, current.programme_id, Subject.AREA, [city.id], period.name, measures, audience=audience)
        tally = {measure: found.get((city.id, measure), 0) for measure in measures}
        return read(indicator, current.definition, tally, period, today=today, begun_on=begun)

    return Living(current, indicator, month, reading(month), reading(ALL_TIME))


def _most_active(kelurahan: Sequence[AreaEntry], by_area: dict[int, int]) -> tuple[Active, ...]:
    active = [Active(area, by_area[area.id]) for area in kelurahan if by_area[area.id]]
    active.sort(key=lambda each: (-each.actions, each.area.name))
    return tuple(active[:MAX_ACTIVE])
