"""Reading the published numbers: tallies, baselines, targets. No action is looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.core.periods import ALL_TIME, Period
from app.indicators.models import Baseline, Target
from app.indicators.rules import FEWEST, Reading, counts_people, deciding, public_people, read
from app.programmes import queries as programmes
from app.programmes.models import ProgrammeVersion
from app.programmes.rules.credits import TOLD_ZERO
from app.programmes.rules.definition import Indicator
from app.tallies.models import Tally
from app.tallies.queries import values
from app.tallies.rules import ACTIONS, PEOPLE, Subject


@dataclass(frozen=True, slots=True)
class Before:
    """The count before the programme."""

    value: Decimal
    counted_on: date
    source: str
    total: Decimal | None
    """With what was made since; None for other periods than all time, and where the count came after the first stamped action,
    some of which it may hold already."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached by a day."""

    value: Decimal
    due_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Number:
    """One indicator of one kelurahan and period."""

    indicator: Indicator
    reading: Reading
    baseline: Before | None
    target: Aim | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All numbers of a programme in one kelurahan and period, and the facts they were counted from."""

    current: programmes.Current
    numbers: tuple[Number, ...]
    actions: int
    since: date | None
    """The day of the first stamped action of the programme in the kelurahan."""


def begun_on(session: Session, programme_id: int) -> date:
    """The first day on which the programme had rules."""
    first = select(func.min(ProgrammeVersion.effective_from)).where(ProgrammeVersion.programme_id == programme_id)
    begun: date = session.scalars(first).one()
    return begun


def sheet(
    session: Session,
    current: programmes.Current,
    kelurahan_id: int,
    period: Period,
    *,
    today: date,
    sees_small_counts: bool,
) -> Sheet:
    """The programme's indicators in the kelurahan and period."""
    programme_id, definition = current.programme_id, current.definition
    found = values(session, programme_id, Subject.AREA, [kelurahan_id], period.name)
    tally = {measure: value for (_, measure), value in found.items()}
    begun, since = begun_on(session, programme_id), _since(session, programme_id, kelurahan_id)
    baselines = _baselines(session, programme_id, kelurahan_id)
    targets = _targets(session, programme_id, kelurahan_id, period.last or today)
    numbers = []
    for indicator in definition.frame.indicators:
        reading = read(indicator, definition, tally, period, today=today, begun_on=begun)
        if counts_people(indicator) and reading.value and not sees_small_counts:
            reading = _public(session, programme_id, [kelurahan_id], period)[kelurahan_id]
        before = _before(baselines.get(indicator.code, ()), reading, period, since)
        numbers.append(Number(indicator, reading, before, targets.get(indicator.code)))
    return Sheet(current, tuple(numbers), tally.get(ACTIONS, 0), since)


def readings(
    session: Session,
    current: programmes.Current,
    indicator: Indicator,
    kelurahan_ids: Sequence[int],
    period: Period,
    *,
    today: date,
) -> dict[int, Reading]:
    """One indicator of many kelurahan, as the public may read it."""
    programme_id = current.programme_id
    measures = {indicator.measure, indicator.measure + TOLD_ZERO, ACTIONS}
    found = values(session, programme_id, Subject.AREA, kelurahan_ids, period.name, measures)
    begun = begun_on(session, programme_id)
    read_values = {
        area_id: read(
            indicator,
            current.definition,
            {measure: found.get((area_id, measure), 0) for measure in measures},
            period,
            today=today,
            begun_on=begun,
        )
        for area_id in kelurahan_ids
    }
    if not counts_people(indicator):
        return read_values
    peopled = [area_id for area_id, reading in read_values.items() if reading.value]
    return read_values | _public(session, programme_id, peopled, period)


def _public(session: Session, programme_id: int, kelurahan_ids: Collection[int], period: Period) -> dict[int, Reading]:
    """The numbers of people as the public may read them; other periods are looked at where small numbers could be revealed."""
    own = values(session, programme_id, Subject.AREA, kelurahan_ids, period.name, {PEOPLE})
    counts: dict[int, dict[str, int]] = {area_id: {period.name: own.get((area_id, PEOPLE), 0)} for area_id in kelurahan_ids}
    large = [area_id for area_id, count in counts.items() if count[period.name] >= FEWEST]
    if large:
        asked = select(Tally.subject_id, Tally.period, Tally.value).where(
            Tally.programme_id == programme_id,
            Tally.subject == Subject.AREA,
            Tally.subject_id.in_(large),
            Tally.measure == PEOPLE,
            Tally.value != 0,
        )
        beside = deciding(period)
        if beside is not None:
            asked = asked.where(Tally.period.in_(beside))
        for area_id, name, count in session.execute(asked):
            counts[area_id][name] = count
    return {area_id: public_people(count, period) for area_id, count in counts.items()}


def _since(session: Session, programme_id: int, kelurahan_id: int) -> date | None:
    first = (
        select(Action.observed_on)
        .join(Stamp, (Stamp.action_id == Action.id) & Stamp.voided_at.is_(None))
        .where(Action.kelurahan_id == kelurahan_id, Action.programme_id == programme_id)
        .order_by(Action.observed_on)
        .limit(1)
    )
    return session.scalars(first).one_or_none()


def _baselines(session: Session, programme_id: int, area_id: int) -> dict[str, list[Baseline]]:
    asked = select(Baseline).where(Baseline.programme_id == programme_id, Baseline.area_id == area_id)
    by_indicator: dict[str, list[Baseline]] = {}
    for baseline in session.scalars(asked.order_by(Baseline.counted_on)):
        by_indicator.setdefault(baseline.indicator, []).append(baseline)
    return by_indicator


def _before(baselines: Sequence[Baseline], reading: Reading, period: Period, since: date | None) -> Before | None:
    """The last count before the first stamped action; where every count came later, the first of them."""
    if not baselines:
        return None
    earlier = [baseline for baseline in baselines if since is None or baseline.counted_on < since]
    chosen = earlier[-1] if earlier else baselines[0]
    adds_up = bool(earlier) and period == ALL_TIME and reading.value is not None
    total = chosen.value + Decimal(str(reading.value)) if adds_up else None
    return Before(chosen.value, chosen.counted_on, chosen.source, total)


def _targets(session: Session, programme_id: int, area_id: int, day: date) -> Mapping[str, Aim]:
    """By indicator the next target that is due on the day or later, else the last there was."""
    asked = select(Target).where(Target.programme_id == programme_id, Target.area_id == area_id).order_by(Target.due_on)
    chosen: dict[str, Aim] = {}
    for target in session.scalars(asked):
        if target.indicator not in chosen or chosen[target.indicator].due_on < day:
            chosen[target.indicator] = Aim(target.value, target.due_on, target.source)
    return chosen
