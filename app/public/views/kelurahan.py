"""The kelurahan page, and the sheet to sign below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.clock import local_day, utc_now
from app.core.periods import ALL_TIME, Period
from app.core.text import Text, short_day
from app.database import db
from app.database.transaction import write_transaction
from app.graphics.charts import ChartPoint, Progress, TimeSeries
from app.indicators.queries import IndicatorNumber
from app.indicators.rules import WHY
from app.people.access import covers, may_set_target, me
from app.people.rules.letterheads import OfficePlace, government
from app.photo_consent.queries import PublicPair, public_pairs
from app.public.forms import month_asked, period_asked
from app.public.queries.kelurahan import KelurahanPlace, KelurahanView, ProgrammeNumbers, Recap, RwTable, found, kelurahan, recap
from app.public.rules.spans import following, offered, previous, told_month, usual
from app.public.views.blueprint import blueprint
from app.public.views.choices import Choice, capital, choice
from app.public.views.programmes import MoneyTold, money_told
from app.tallies.rules import INSIDERS, Audience, the_public
from app.web.language import language, said
from app.web.pages import here_with
from app.web.pages import period as period_words
from app.web.tables import csv_answer

PAIRS = 4


@dataclass(frozen=True, slots=True)
class ProgrammePart:
    """One programme's part of the page: its numbers, drawn."""

    told: ProgrammeNumbers
    progress: Progress | None
    """Before, now, target: counts from the beginning, so only of all time; None where only the present is known."""
    trend: TimeSeries | None
    facts: str
    """Where the stamped facts behind the numbers are listed."""
    table: RwTable
    costs: tuple[MoneyTold, ...]
    savings: tuple[MoneyTold, ...]


@dataclass(frozen=True, slots=True)
class KelurahanPage:
    told: KelurahanView
    shown: tuple[ProgrammePart, ...]
    periods: Choice
    sees_small_counts: bool
    may_set_target: bool
    pairs: tuple[PublicPair, ...]
    """Photographs before and after that were released last."""


@dataclass(frozen=True, slots=True)
class RecapPage:
    told: Recap
    letterhead: tuple[Text, ...]
    printed_at: datetime
    sees_small_counts: bool
    earlier: tuple[str, str]
    """Address and words of the period before; empty where there is none."""
    later: tuple[str, str]


@blueprint.get("/kelurahan/<code>")
def kelurahan_page(code: str) -> ResponseReturnValue:
    """Each programme's numbers in the kelurahan: before, now, target; month by month; by RW."""
    period, session = period_asked(), db.session()
    of = found(session, code)
    now = utc_now()
    today = local_day(now, of.area.timezone)
    audience = _audience(session, of, now)
    told = kelurahan(session, of, period, today=today, audience=audience)
    page = KelurahanPage(
        told=told,
        shown=tuple(_shown(told, each, table) for each, table in zip(told.programmes, told.by_rw, strict=True)),
        periods=choice(
            (here_with(period=_bare(each)), capital(period_words(each)), each == period) for each in offered(usual(today), period)
        ),
        sees_small_counts=not audience.is_public,
        may_set_target=may_set_target(session, of.area.id),
        pairs=public_pairs(session, kelurahan_id=of.area.id, limit=PAIRS, now=now),
    )
    return render_template("public/kelurahan.html", page=page)


@blueprint.get("/kelurahan/<code>/angka.csv")
def kelurahan_csv(code: str) -> Response:
    """Every number of the kelurahan page as a file. Small counts of people are left out for everybody."""
    period, session = period_asked(), db.session()
    of = found(session, code)
    now = utc_now()
    told = kelurahan(session, of, period, today=local_day(now, of.area.timezone), audience=the_public(now))
    head = [
        said(Text("Program")),
        said(Text("Kode angka")),
        said(Text("Angka")),
        said(Text("Nilai")),
        said(Text("Satuan")),
        said(Text("Sebelum program")),
        said(Text("Dihitung pada")),
        said(Text("Target")),
        said(Text("Jatuh tempo")),
        said(Text("Keterangan")),
        said(Text("Periode")),
    ]
    rows = [_line(each, number, period) for each in told.programmes for number in each.sheet.numbers]
    return csv_answer(f"kelurahan-{of.area.code}-{period.name}", head, rows)


@blueprint.get("/kelurahan/<code>/bulan.csv")
def months_csv(code: str) -> Response:
    """Each programme's leading number of the last twelve months as a file, as the public may know it."""
    session, now = db.session(), utc_now()
    of = found(session, code)
    told = kelurahan(session, of, ALL_TIME, today=local_day(now, of.area.timezone), audience=the_public(now))
    head = [said(Text("Program")), said(Text("Periode")), said(Text("Angka")), said(Text("Nilai")), said(Text("Satuan"))]
    rows = [
        [
            each.sheet.current.definition.code,
            month.period.name,
            said(each.leading.indicator.name.text),
            month.reading.value,
            said(each.leading.indicator.unit.text),
        ]
        for each in told.programmes
        for month in each.months
    ]
    return csv_answer(f"bulan-{of.area.code}", head, rows)


@blueprint.get("/kelurahan/<code>/rekap")
def recap_page(code: str) -> ResponseReturnValue:
    """The sheet by RW that Ketua TP PKK and Lurah sign; the month that pages tell where none is asked for."""
    session, now = db.session(), utc_now()
    of = found(session, code)
    today = local_day(now, of.area.timezone)
    period = month_asked() or told_month(today)
    earlier, later = previous(period), following(period, today)
    audience = _audience(session, of, now)
    place = OfficePlace(of.city.name if of.city else "", of.kecamatan.name if of.kecamatan else "", of.area.name)
    page = RecapPage(
        told=recap(session, of, period, today=today, audience=audience),
        letterhead=government(place),
        printed_at=now,
        sees_small_counts=not audience.is_public,
        earlier=(here_with(period=earlier.name), period_words(earlier)) if earlier else ("", ""),
        later=(here_with(period=later.name), period_words(later)) if later else ("", ""),
    )
    return render_template("public/recap.html", page=page)


@blueprint.get("/kelurahan/<code>/rekap.csv")
def recap_csv(code: str) -> Response:
    """The sheet's rows as a file: one line for each RW and number."""
    session, now = db.session(), utc_now()
    of = found(session, code)
    today = local_day(now, of.area.timezone)
    period = month_asked() or told_month(today)
    audience = _audience(session, of, now)
    told = recap(session, of, period, today=today, audience=audience)
    head = [
        said(Text("Program")),
        said(Text("RW")),
        said(Text("Angka")),
        said(Text("Nilai")),
        said(Text("Satuan")),
        said(Text("Periode")),
    ]
    rows = [
        [
            table.current.definition.code,
            said(Text("RW %(number)s", number=row.name)) if row.name is not None else _rest_said(table),
            said(indicator.name.text),
            reading.value,
            said(indicator.unit.text),
            period.name,
        ]
        for table in told.tables
        for row in table.rows
        for indicator, reading in zip(table.indicators, row.readings, strict=True)
    ]
    name = f"rekap-{of.area.code}-{period.name}"
    if audience.is_public:
        return csv_answer(name, head, rows)
    # It tells of RWs of which the public is told nothing: who took it away is written down.
    chosen = {"wilayah": of.area.code, "periode": period.name}
    with write_transaction(session):
        audit.note(session, "recap.export", f"export:{name}", account_id=me().id, now=now, filter=chosen, rows=len(rows))
    response = csv_answer(name, head, rows)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _audience(session: Session, of: KelurahanPlace, now: datetime) -> Audience:
    """Whoever holds a post that sees more of the kelurahan than the public does is an insider there."""
    today = local_day(now, of.area.timezone)
    covered = current_user.is_authenticated and covers(session, current_user.person_id, of.area.id, today)
    return INSIDERS if covered else the_public(now)


def _rest_said(table: RwTable) -> str:
    return said(Text("RW lain atau tanpa RW")) if table.rest_holds_rws else said(Text("tanpa RW"))


def _bare(period: Period) -> str:
    """All time is what a bare address means."""
    return "" if period == ALL_TIME else period.name


def _line(each: ProgrammeNumbers, number: IndicatorNumber, period: Period) -> list[str | int | float | None]:
    indicator, reading, before, aim = number.indicator, number.reading, number.baseline, number.target
    return [
        each.sheet.current.definition.code,
        indicator.code,
        said(indicator.name.text),
        reading.value,
        said(indicator.unit.text),
        float(before.value) if before else None,
        before.counted_on.isoformat() if before else "",
        float(aim.value) if aim else None,
        aim.due_on.isoformat() if aim else "",
        said(WHY[reading.reason]) if reading.reason else "",
        period.name,
    ]


def _shown(told: KelurahanView, each: ProgrammeNumbers, table: RwTable) -> ProgrammePart:
    code = each.sheet.current.definition.code
    return ProgrammePart(
        told=each,
        progress=_progress(each.leading) if told.period == ALL_TIME else None,
        trend=_trend(each),
        facts=url_for("public.facts_page", code=told.of.area.code, programme=code, period=told.period.name),
        table=table,
        costs=money_told(each.sheet.current.definition.frame.costs),
        savings=money_told(each.sheet.current.definition.frame.savings),
    )


def _progress(number: IndicatorNumber) -> Progress | None:
    """The three numbers as bars. With a count from before that adds up, now is that and what was made since."""
    before, aim, reading = number.baseline, number.target, number.reading
    if before is None and aim is None:
        return None
    now = float(before.total) if before is not None and before.total is not None else reading.value
    indicator = number.indicator
    counted = short_day(before.counted_on, language()) if before is not None else ""
    return Progress(
        title=said(indicator.name.text),
        unit=said(indicator.unit.text),
        before=_before(number),
        now=float(now) if now is not None else None,
        target=float(aim.value) if aim is not None else None,
        before_label=said(Text("Sebelum, %(day)s", day=counted)) if counted else "",
    )


def _before(number: IndicatorNumber) -> float | None:
    """Nothing where the programme began from nothing; None where nobody has counted yet."""
    if number.baseline is not None:
        return float(number.baseline.value)
    return None if number.indicator.has_baseline else 0.0


def _trend(each: ProgrammeNumbers) -> TimeSeries | None:
    """Month by month; None where months are not told or nothing is known of any."""
    if all(month.reading.value is None for month in each.months):
        return None
    indicator = each.leading.indicator
    return TimeSeries(
        title=said(Text("%(name)s per bulan", name=indicator.name.text)),
        unit=said(indicator.unit.text),
        points=tuple(ChartPoint(period_words(month.period), month.reading.value) for month in each.months),
    )
