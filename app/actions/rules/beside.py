"""What the other actions of the same person say of an action: caps of a day, spacing, overlap, travel that nobody can make.

Waiting and stamped actions stand; held ones use up nothing. Pure: the same neighbours give the same verdict, at the first
judgement and whenever one of them is withdrawn, refused, released or voided.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from app.actions.rules.findings import TRAVEL, Finding, Level, name_kept
from app.actions.rules.words import Capacity
from app.core.geo import Point, distance_m
from app.programmes.rules.definition import Definition

TRAVEL_FROM_M, GROUND_KMH = 2_000.0, 120.0
FLIGHT_FROM_M, FLIGHT_KMH = 50_000.0, 950.0
TRAVEL_WITHIN = timedelta(hours=24)
"""After that long a flight can have reached any place on the Earth."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An action, as far as others of the same person can stand against it."""

    id: UUID
    definition: Definition
    """The rules of its day."""
    capacity: Capacity
    started_at: datetime
    observed_on: date
    minutes: int | None
    place: Hashable
    """What counts as one place for the caps: the site, else the kelurahan, else the cell."""
    measures: Mapping[str, object]
    recorded_by: int
    """The account whose phone tells where and when."""
    point: Point
    accuracy_m: float | None
    received_at: datetime
    waits: bool
    """Whether it waits for its stamp until now: what waits keeps its place before what is held."""
    is_stamped: bool
    """Then it stands, whatever others say."""
    is_judged: bool
    """Whether it is among those to be judged; else it stands as it does, and the others are held against it."""
    holds_itself: bool
    """Whether something is found that needs no other action: then it stands for nobody until it is released."""
    beside: tuple[Finding, ...] = ()
    """What was found of it here the last time."""

    @property
    def is_open(self) -> bool:
        return self.is_judged and not self.is_stamped

    @property
    def ends_at(self) -> datetime:
        """An action takes at least a minute."""
        return self.started_at + timedelta(minutes=max(self.minutes or 1, 1))


def judge(neighbours: Sequence[Neighbour]) -> dict[UUID, tuple[Finding, ...]]:
    """Neighbour -> what is found of it beside the others, of each that is to be judged; of stamped ones only impossible travel.

    What waits keeps its place, and of the rest whatever came first has it; so a second judgement finds what the first found.
    Of two that cannot both be, the one observed later is held.
    """
    standing = _standing(neighbours)
    verdicts: dict[UUID, tuple[Finding, ...]] = {}
    for mine in neighbours:
        if mine.is_judged:
            others = [other for other in standing if other.id != mine.id]
            verdicts[mine.id] = tuple(_travel(mine, others) if mine.is_stamped else _beside(mine, others))
    return verdicts


def _standing(neighbours: Sequence[Neighbour]) -> list[Neighbour]:
    """Those that use up caps, time and the person: stamped ones, and of the open ones those that nothing holds."""
    candidates = sorted((mine for mine in neighbours if mine.is_open), key=lambda mine: (not mine.waits, *_arrival(mine)))
    held = {mine.id for mine in candidates if mine.holds_itself}
    while True:
        standing = [mine for mine in neighbours if not mine.is_open]
        for mine in candidates:
            if mine.id in held or any(_beside(mine, standing)):
                continue
            # What came first but was observed later gives way to the one that cannot have been elsewhere before.
            if given_way := {other.id for other in standing if other.is_open and any(_travel(other, [mine]))}:
                held |= given_way
                break
            standing.append(mine)
        else:
            return standing


def _arrival(mine: Neighbour) -> tuple[datetime, UUID]:
    return mine.received_at, mine.id


def _beside(mine: Neighbour, others: Sequence[Neighbour]) -> Iterator[Finding]:
    yield from _caps(mine, others)
    yield from _spacing(mine, others)
    yield from _overlap(mine, others)
    yield from _travel(mine, others)


def _caps(mine: Neighbour, others: Sequence[Neighbour]) -> Iterator[Finding]:
    caps, code = mine.definition.caps, mine.definition.code
    today = [other for other in others if other.definition.code == code and other.observed_on == mine.observed_on]
    here = sum(1 for other in today if other.place == mine.place)
    if caps.actions_per_day is not None and len(today) >= caps.actions_per_day:
        yield Finding("cap_day", Level.HOLD, {"cap": caps.actions_per_day, "sort": "day"})
    elif caps.actions_per_place_and_day is not None and here >= caps.actions_per_place_and_day:
        yield Finding("cap_day", Level.HOLD, {"cap": caps.actions_per_place_and_day, "sort": "place"})
    if mine.capacity.value not in caps.exempt:
        yield from _amounts(mine, today)


def _amounts(mine: Neighbour, today: Sequence[Neighbour]) -> Iterator[Finding]:
    for measure, cap in mine.definition.caps.amount_per_day.items():
        amount = sum((_amount(other.measures, measure) for other in today), _amount(mine.measures, measure))
        if amount > cap:
            name = name_kept(mine.definition.measures[measure].name.by_language())
            values = {"cap": cap, "sort": "amount", "amount": str(amount), **name}
            yield Finding("cap_day", Level.HOLD, values)


def _amount(measures: Mapping[str, object], name: str) -> Decimal:
    return Decimal(str(measures.get(name) or 0))


def _spacing(mine: Neighbour, others: Iterable[Neighbour]) -> Iterator[Finding]:
    """Actions of one programme lie apart; those at the same time are told as an overlap."""
    apart = mine.definition.caps.minutes_apart
    gaps = [
        max(mine.started_at - other.ends_at, other.started_at - mine.ends_at)
        for other in others
        if other.definition.code == mine.definition.code
    ]
    short = [gap for gap in gaps if timedelta(0) <= gap < timedelta(minutes=apart)]
    if short:
        yield Finding("spacing_short", Level.HOLD, {"minutes": int(min(short).total_seconds() // 60), "apart": apart})


def _overlap(mine: Neighbour, others: Iterable[Neighbour]) -> Iterator[Finding]:
    """Only programmes that ask for minutes know when an action ends: an hour at which a hole is written down overlaps nothing."""
    if mine.definition.minutes is None:
        return
    for other in others:
        is_timed = other.definition.minutes is not None
        if is_timed and mine.started_at < other.ends_at and other.started_at < mine.ends_at:
            yield Finding("overlap", Level.HOLD, {"programme": other.definition.code})
            return


def _travel(mine: Neighbour, others: Iterable[Neighbour]) -> Iterator[Finding]:
    """Whether nobody could have come there from where the person was observed before by the same phone's holder.

    Where somebody else recorded it the position is of their phone, and theirs is the hour at which it was written down.
    """
    seen = [other for other in others if other.recorded_by == mine.recorded_by]
    before = [other for other in seen if (other.started_at, _arrival(other)) < (mine.started_at, _arrival(mine))]
    for other in sorted(before, key=lambda other: (other.started_at, _arrival(other)), reverse=True):
        span = mine.started_at - other.started_at
        if span < TRAVEL_WITHIN and is_impossible(metres := _metres_between(mine, other), span):
            yield Finding(TRAVEL, Level.HOLD, {"km": round(metres / 1000), "minutes": round(span.total_seconds() / 60)})
            return


def _metres_between(mine: Neighbour, other: Neighbour) -> float:
    """What lies between the two at least: the distance less what the fixes cannot tell."""
    return distance_m(mine.point, other.point) - (mine.accuracy_m or 0.0) - (other.accuracy_m or 0.0)


def is_impossible(metres: float, span: timedelta) -> bool:
    """Whether that is too far for that time: above 120 km/h from 2 km on, above 950 km/h from 50 km on."""
    if metres < TRAVEL_FROM_M:
        return False
    limit = FLIGHT_KMH if metres >= FLIGHT_FROM_M else GROUND_KMH
    return metres / 1000 > limit * span.total_seconds() / 3600
