"""Reading the published numbers: tallies, baselines, targets. No action is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.core.periods import ALL_TIME, Period
from app.database import Base
from app.database.rows import rows
from app.indicators.models import AreaBaseline, AreaTarget, FigureVersion
from app.indicators.rules import MIN_PEOPLE, FigureKind, Reading, counts_people, deciding, public_people, read
from app.programmes import queries as programmes
from app.programmes.models import ProgrammeVersion
from app.programmes.rules.credits import TOLD_ZERO
from app.programmes.rules.definition import Indicator
from app.tallies.queries import Columns, counts_where, values
from app.tallies.rules import ACTIONS, PEOPLE, Audience, Subject, the_public


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """A baseline or target that was written down and is not the one shown."""

    value: Decimal
    day: date
    source: str
    reason: str
    """Why it replaced what was there; empty: nobody said."""
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class BaselineView:
    """The count before the programme."""

    value: Decimal
    counted_on: date
    source: str
    total: Decimal | None
    """With what was made since; None for other periods than all time, and where the count came after the first stamped action,
    some of which it may hold already."""
    others: tuple[OtherVersion, ...] = ()
    """What else was ever written down as the count before, the latest first."""


@dataclass(frozen=True, slots=True)
class TargetView:
    """What is to be reached by a day."""

    value: Decimal
    due_on: date
    source: str
    others: tuple[OtherVersion, ...] = ()
    """What else was ever aimed at, the latest first."""


@dataclass(frozen=True, slots=True)
class IndicatorNumber:
    """One indicator of one kelurahan and period."""

    indicator: Indicator
    reading: Reading
    baseline: BaselineView | None
    target: TargetView | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All numbers of a programme in one kelurahan and period, and the facts they were counted from."""

    current: programmes.Current
    numbers: tuple[IndicatorNumber, ...]
    actions: int
    since: date | None
    """The day of the first stamped action of the programme in the kelurahan."""


_VERSION = Base.metadata.tables[ProgrammeVersion.__tablename__].c
_ACTION = Base.metadata.tables[Action.__tablename__].c
_STAMP = Base.metadata.tables[Stamp.__tablename__].c
_BASELINE = Base.metadata.tables[AreaBaseline.__tablename__].c
_VERSION_OF = Base.metadata.tables[FigureVersion.__tablename__].c
_TARGET = Base.metadata.tables[AreaTarget.__tablename__].c

_BEGUN_ON = select(func.min(_VERSION.effective_from)).where(_VERSION.programme_id == bindparam("programme_id"))
_SINCE = (
    select(_ACTION.observed_on)
    .join_from(Action.__table__, Stamp.__table__, _STAMP.action_id == _ACTION.id)
    .where(
        _STAMP.voided_at.is_(None),
        or_(_STAMP.public_at.is_(None), _STAMP.public_at <= bindparam("until")),
        _ACTION.kelurahan_id == bindparam("area_id"),
        _ACTION.programme_id == bindparam("programme_id"),
    )
    .order_by(_ACTION.observed_on)
    .limit(1)
)


def _people_of_areas(told: Columns) -> tuple[ColumnElement[bool], ...]:
    return (
        told.programme_id == bindparam("programme_id"),
        told.subject == Subject.AREA,
        told.subject_id.in_(bindparam("area_ids", expanding=True)),
        told.measure == PEOPLE,
    )


def _people_then(told: Columns) -> tuple[ColumnElement[bool], ...]:
    return (*_people_of_areas(told), told.period.in_(bindparam("periods", expanding=True)))


_COUNTS, _COUNTS_THEN = counts_where(_people_of_areas).c, counts_where(_people_then).c
_PEOPLE = select(_COUNTS.subject_id, _COUNTS.period, _COUNTS.value)
_PEOPLE_THEN = select(_COUNTS_THEN.subject_id, _COUNTS_THEN.period, _COUNTS_THEN.value)
_BASELINES = (
    select(_BASELINE.indicator, _BASELINE.value, _BASELINE.counted_on, _BASELINE.source)
    .where(_BASELINE.programme_id == bindparam("programme_id"), _BASELINE.area_id == bindparam("area_id"))
    .order_by(_BASELINE.counted_on)
)
_TARGETS = (
    select(_TARGET.indicator, _TARGET.value, _TARGET.due_on, _TARGET.source)
    .where(_TARGET.programme_id == bindparam("programme_id"), _TARGET.area_id == bindparam("area_id"))
    .order_by(_TARGET.due_on)
)
_VERSIONS = (
    select(
        _VERSION_OF.kind,
        _VERSION_OF.indicator,
        _VERSION_OF.value,
        _VERSION_OF.day,
        _VERSION_OF.source,
        _VERSION_OF.reason,
        _VERSION_OF.recorded_at,
    )
    .where(_VERSION_OF.programme_id == bindparam("programme_id"), _VERSION_OF.area_id == bindparam("area_id"))
    .order_by(_VERSION_OF.id.desc())
)


def begun_on(session: Session, programme_id: int) -> date:
    """The first day on which the programme had rules."""
    begun: date = rows(session, _BEGUN_ON, {"programme_id": programme_id}).scalar_one()
    return begun


def sheet(
    session: Session,
    current: programmes.Current,
    kelurahan_id: int,
    period: Period,
    *,
    today: date,
    audience: Audience,
) -> Sheet:
    """The programme's indicators in the kelurahan and period."""
    programme_id, definition = current.programme_id, current.definition
    found = values(session, programme_id, Subject.AREA, [kelurahan_id], period.name, audience=audience)
    tally = {measure: value for (_, measure), value in found.items()}
    begun, since = begun_on(session, programme_id), _since(session, programme_id, kelurahan_id, audience)
    baselines = _baselines(session, programme_id, kelurahan_id)
    targets = _targets(session, programme_id, kelurahan_id, period.last or today)
    versions = _versions(session, programme_id, kelurahan_id)
    numbers = []
    for indicator in definition.frame.indicators:
        reading = read(indicator, definition, tally, period, today=today, begun_on=begun)
        if counts_people(indicator) and reading.value and audience.is_public:
            reading = _public(session, programme_id, {kelurahan_id: tally[PEOPLE]}, period, audience)[kelurahan_id]
        before = _before(baselines.get(indicator.code, ()), reading, period, since)
        aim = targets.get(indicator.code)
        if before is not None:
            before = replace(before, others=_others(versions, FigureKind.BASELINE, indicator, before.counted_on))
        if aim is not None:
            aim = replace(aim, others=_others(versions, FigureKind.TARGET, indicator, aim.due_on))
        numbers.append(IndicatorNumber(indicator, reading, before, aim))
    return Sheet(current, tuple(numbers), tally.get(ACTIONS, 0), since)


def readings(
    session: Session,
    current: programmes.Current,
    indicator: Indicator,
    kelurahan_ids: Sequence[int],
    period: Period,
    *,
    today: date,
    now: datetime,
) -> dict[int, Reading]:
    """One indicator of many kelurahan, as the public may read it at that instant."""
    audience = the_public(now)
    programme_id = current.programme_id
    measures = {indicator.measure, indicator.measure + TOLD_ZERO, ACTIONS}
    found = values(session, programme_id, Subject.AREA, kelurahan_ids, period.name, measures, audience=audience)
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
    peopled = {area_id: found[area_id, PEOPLE] for area_id, reading in read_values.items() if reading.value}
    return read_values | _public(session, programme_id, peopled, period, audience)


def _public(
    session: Session, programme_id: int, people: Mapping[int, int], period: Period, audience: Audience
) -> dict[int, Reading]:
    """The numbers of people, kelurahan -> how many, as the public may read them.

    Other periods are looked at where a large number could tell a small one.
    """
    counts = {area_id: {period.name: count} for area_id, count in people.items()}
    large = [area_id for area_id, count in people.items() if count >= MIN_PEOPLE]
    if large:
        beside, asked = deciding(period), {"programme_id": programme_id, "area_ids": large, "until": audience.until}
        found = rows(session, _PEOPLE, asked) if beside is None else rows(session, _PEOPLE_THEN, asked | {"periods": beside})
        for area_id, name, count in found:
            counts[area_id][name] = count
    return {area_id: public_people(count, period) for area_id, count in counts.items()}


def _since(session: Session, programme_id: int, kelurahan_id: int, audience: Audience) -> date | None:
    asked = {"programme_id": programme_id, "area_id": kelurahan_id, "until": audience.until}
    return rows(session, _SINCE, asked).scalar()


def _baselines(session: Session, programme_id: int, area_id: int) -> dict[str, list[BaselineView]]:
    """By indicator every count before the programme, the oldest first."""
    by_indicator: dict[str, list[BaselineView]] = {}
    for indicator, value, counted_on, source in rows(session, _BASELINES, {"programme_id": programme_id, "area_id": area_id}):
        by_indicator.setdefault(indicator, []).append(BaselineView(value, counted_on, source, total=None))
    return by_indicator


def _versions(session: Session, programme_id: int, area_id: int) -> dict[tuple[FigureKind, str], list[OtherVersion]]:
    """By kind and indicator everything that was ever written down, the latest first."""
    found: dict[tuple[FigureKind, str], list[OtherVersion]] = {}
    for kind, indicator, *version in rows(session, _VERSIONS, {"programme_id": programme_id, "area_id": area_id}):
        found.setdefault((kind, indicator), []).append(OtherVersion(*version))
    return found


def _others(
    versions: Mapping[tuple[FigureKind, str], list[OtherVersion]], kind: FigureKind, indicator: Indicator, day: date
) -> tuple[OtherVersion, ...]:
    """All but the one in force for that day, which is the latest of the day."""
    written = versions.get((kind, indicator.code), [])
    in_force = next((version for version in written if version.day == day), None)
    return tuple(version for version in written if version is not in_force)


def _before(baselines: Sequence[BaselineView], reading: Reading, period: Period, since: date | None) -> BaselineView | None:
    """The last count before the first stamped action; where every count came later, the first of them."""
    if not baselines:
        return None
    earlier = [baseline for baseline in baselines if since is None or baseline.counted_on < since]
    if not earlier or period != ALL_TIME or reading.value is None:
        return earlier[-1] if earlier else baselines[0]
    return replace(earlier[-1], total=earlier[-1].value + Decimal(str(reading.value)))


def _targets(session: Session, programme_id: int, area_id: int, day: date) -> Mapping[str, TargetView]:
    """By indicator the next target that is due on the day or later, else the last there was."""
    chosen: dict[str, TargetView] = {}
    for indicator, *aim in rows(session, _TARGETS, {"programme_id": programme_id, "area_id": area_id}):
        if indicator not in chosen or chosen[indicator].due_on < day:
            chosen[indicator] = TargetView(*aim)
    return chosen
