"""A kelurahan: each programme's numbers, their way through the months, and the same by RW."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.periods import Period
from app.core.text import Text
from app.indicators import queries as indicators
from app.indicators.queries import IndicatorNumber, Sheet
from app.indicators.rules import Reading, counts_people, read
from app.people.queries.offices import holder_name
from app.people.rules import Post
from app.places import queries as places
from app.places.queries import AreaEntry, AreaIndex, AreaLevel
from app.programmes import queries as programmes
from app.programmes.queries import Current
from app.programmes.rules.definition import Definition, Indicator
from app.public.rules.rest import rest_of
from app.public.rules.spans import months_until
from app.tallies.queries import counts_where, values
from app.tallies.rules import ACTIONS, Audience, Subject

MONTHS = 12


@dataclass(frozen=True, slots=True)
class KelurahanPlace:
    """A kelurahan with what lies above it; None where that is not recorded."""

    area: AreaEntry
    kecamatan: AreaEntry | None
    city: AreaEntry | None


@dataclass(frozen=True, slots=True)
class KelurahanMonth:
    period: Period
    reading: Reading


@dataclass(frozen=True, slots=True)
class ProgrammeNumbers:
    """One programme in one kelurahan and period."""

    sheet: Sheet
    months: tuple[KelurahanMonth, ...]
    """The leading number of the last twelve months, the latest last."""

    @property
    def leading(self) -> IndicatorNumber:
        """The number that the programme is about."""
        code = leading(self.sheet.current.definition).code
        return next(number for number in self.sheet.numbers if number.indicator.code == code)


@dataclass(frozen=True, slots=True)
class RwRow:
    """One RW; None: the rest, where no RW was named or none may be told."""

    name: str | None
    readings: tuple[Reading, ...]
    """In the order of the indicators."""


@dataclass(frozen=True, slots=True)
class RwTable:
    """A programme's numbers by RW. Numbers of people are not told below the kelurahan."""

    current: Current
    indicators: tuple[Indicator, ...]
    rows: tuple[RwRow, ...]
    total: RwRow
    rest_holds_rws: bool
    """The last row holds RWs too: in one of them were so few people that its numbers would point at them."""


@dataclass(frozen=True, slots=True)
class KelurahanView:
    of: KelurahanPlace
    period: Period
    programmes: tuple[ProgrammeNumbers, ...]
    by_rw: tuple[RwTable, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Recap:
    """What the heads of the kelurahan and of its PKK sign."""

    of: KelurahanPlace
    period: Period
    tables: tuple[RwTable, ...]
    today: date
    lurah: str = ""
    """Who signs; told to insiders alone."""
    coordinator: str = ""


def found(session: Session, code: str) -> KelurahanPlace:
    """The kelurahan of that code. Raises NotFound."""
    index = places.areas(session)
    area = index.by_code(code)
    if area is None or area.level is not AreaLevel.KELURAHAN:
        raise NotFound(Text("Kelurahan ini tidak ada."))
    above = {entry.level: entry for entry in index.ancestors(area.id)}
    return KelurahanPlace(area, above.get(AreaLevel.KECAMATAN), above.get(AreaLevel.CITY))


def kelurahan(session: Session, of: KelurahanPlace, period: Period, *, today: date, audience: Audience) -> KelurahanView:
    """Every programme's numbers of the kelurahan in the period, as the audience may know them."""
    in_force = programmes.all_current(session, today)
    months = _months(session, in_force, of.area.id, today, audience)
    return KelurahanView(
        of=of,
        period=period,
        programmes=tuple(
            ProgrammeNumbers(
                indicators.sheet(session, each, of.area.id, period, today=today, audience=audience),
                months[each.programme_id],
            )
            for each in in_force
        ),
        by_rw=_by_rw(session, in_force, of.area, period, today=today, limit=LEADING, audience=audience),
        today=today,
    )


LEADING = 2
"""How many of a programme's numbers stand side by side in the table by RW of the page; the sheet to sign has them all."""


def recap(session: Session, of: KelurahanPlace, period: Period, *, today: date, audience: Audience) -> Recap:
    """All numbers by RW, for signatures; to the public an RW with few people is told only in the rest."""
    in_force = programmes.all_current(session, today)
    tables = _by_rw(session, in_force, of.area, period, today=today, limit=None, audience=audience)
    if audience.is_public:
        return Recap(of, period, tables, today)
    lurah, coordinator = (holder_name(session, post, of.area.id, today) for post in (Post.LURAH, Post.COORDINATOR))
    return Recap(of, period, tables, today, lurah, coordinator)


def _months(
    session: Session, in_force: Sequence[Current], area_id: int, today: date, audience: Audience
) -> dict[int, tuple[KelurahanMonth, ...]]:
    """Programme -> its leading number in each of the last months, with one question for all."""
    spans = months_until(today, MONTHS)
    measures = {leading(each.definition).measure for each in in_force} | {ACTIONS}
    counts = counts_where(
        lambda told: (
            told.programme_id.in_([each.programme_id for each in in_force]),
            told.subject == Subject.AREA,
            told.subject_id == area_id,
            told.period.in_([span.name for span in spans]),
            told.measure.in_(measures),
        )
    ).c
    asked = select(counts.programme_id, counts.period, counts.measure, counts.value)
    tallies: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for programme_id, name, measure, value in session.execute(asked, {"until": audience.until}):
        tallies[programme_id, name][measure] = value
    told = {}
    for each in in_force:
        indicator, begun = leading(each.definition), indicators.begun_on(session, each.programme_id)
        told[each.programme_id] = tuple(
            KelurahanMonth(
                span, read(indicator, each.definition, tallies[each.programme_id, span.name], span, today=today, begun_on=begun)
            )
            for span in spans
            if not counts_people(indicator)
        )
    return told


def leading(definition: Definition) -> Indicator:
    """The number that a programme is about: the first of its frame that counts no people, who are not told by month."""
    offered = definition.frame.indicators
    return next((indicator for indicator in offered if not counts_people(indicator)), offered[0])


def _by_rw(
    session: Session,
    in_force: Sequence[Current],
    area: AreaEntry,
    period: Period,
    *,
    today: date,
    limit: int | None,
    audience: Audience,
) -> tuple[RwTable, ...]:
    return tuple(_rw_table(session, each, area, period, today, limit, audience) for each in in_force)


def _rw_table(
    session: Session, current: Current, area: AreaEntry, period: Period, today: date, limit: int | None, audience: Audience
) -> RwTable:
    index = places.areas(session)
    definition = current.definition
    told = tuple(indicator for indicator in definition.frame.indicators if not counts_people(indicator))[:limit]
    measures = {indicator.measure for indicator in told} | {ACTIONS}
    listed = _rw_of(index, area)
    told_rws = indicators.rws_told(session, current.programme_id, area.id, audience)
    rw = [entry for entry in listed if entry.id in told_rws]
    asked = [area.id, *(entry.id for entry in rw)]
    found = values(session, current.programme_id, Subject.AREA, asked, period.name, measures, audience=audience)
    begun = indicators.begun_on(session, current.programme_id)

    def row(name: str | None, tally: Mapping[str, int]) -> RwRow:
        readings = (read(indicator, definition, tally, period, today=today, begun_on=begun) for indicator in told)
        return RwRow(name, tuple(readings))

    def tally_of(area_id: int) -> dict[str, int]:
        return {measure: found.get((area_id, measure), 0) for measure in measures}

    whole = tally_of(area.id)
    named = [(entry.name, tally_of(entry.id)) for entry in rw]
    rows = [row(name, tally) for name, tally in named]
    holds_rws = len(rw) < len(listed)
    rest = rest_of(whole, [tally for _, tally in named], holds_rws=holds_rws)
    if rest is not None:
        rows.append(row(None, rest))
    return RwTable(current, told, tuple(rows), row("", whole), rest_holds_rws=holds_rws)


def _rw_of(index: AreaIndex, area: AreaEntry) -> list[AreaEntry]:
    return sorted((entry for entry in index.children(area.id) if entry.level is AreaLevel.RW), key=lambda entry: entry.name)
