"""The city page: a map, the table that says the same, and what changed this month."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.core.errors import NotFound
from app.core.periods import Period
from app.core.text import Text
from app.database import db
from app.indicators.rules import WHY
from app.places.queries import AreaEntry
from app.public.forms import CityQuestion, city_question
from app.public.queries.city import City, CityRow, chosen_city, city
from app.public.rules.spans import offered, usual
from app.public.views.blueprint import blueprint
from app.public.views.choices import Choice, capital, choice, kept_arguments, named_with_unit
from app.public.views.city_map import CityMap, map_of_readings
from app.web.language import said
from app.web.pages import here_with
from app.web.pages import period as period_words
from app.web.tables import csv_answer

MAX_FIRST_ROWS = 20
"""So many kelurahan stand in the table before all are asked for."""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column of the table."""

    label: str
    kind: str
    sort: str
    sorted: str


@dataclass(frozen=True, slots=True)
class CityPage:
    told: City
    map: CityMap | None
    columns: tuple[Column, ...]
    periods: Choice
    programmes: Choice
    indicators: Choice
    cities: Choice
    csv: str
    name: str
    """What is looked for among the kelurahan; empty: nothing."""
    rows: tuple[CityRow, ...]
    """Those that have it in their name or that of their kecamatan, the first of them until all are asked for."""
    found: int
    whole: str
    """Address of all of them; empty where all are there."""
    kept: tuple[tuple[str, str], ...]


@blueprint.get("/kota")
def city_page() -> ResponseReturnValue:
    """All kelurahan of the city by one number."""
    asked, session = city_question(), db.session()
    area = chosen_city(session, asked.city)
    if area is None:
        return render_template("public/city_none.html")
    told = _told(session, asked, area)
    return render_template("public/city.html", page=_page(session, told, asked))


@blueprint.get("/kota.csv")
def city_csv() -> Response:
    """The table of the city page as a file."""
    asked, session = city_question(), db.session()
    area = chosen_city(session, asked.city)
    if area is None:
        raise NotFound(Text("Belum ada kota yang tercatat."))
    told = _told(session, asked, area)
    head = [
        said(Text("Kode")),
        said(Text("Kelurahan")),
        said(Text("Kecamatan")),
        named_with_unit(said(told.indicator.name.text), said(told.indicator.unit.text)),
        said(Text("Per 1.000 penduduk")),
        said(Text("Perubahan dari periode sebelumnya")),
        said(Text("Keterangan")),
        said(Text("Periode")),
    ]
    rows = [
        [
            row.area.code,
            row.area.name,
            row.kecamatan,
            row.reading.value,
            row.per_thousand,
            row.change,
            said(WHY[row.reading.reason]) if row.reading.reason else "",
            told.period.name,
        ]
        for row in told.rows
    ]
    return csv_answer(f"kota-{told.current.definition.code}-{told.indicator.code}-{told.period.name}", head, rows)


def _told(session: Session, asked: CityQuestion, area: AreaEntry) -> City:
    return city(session, area, asked.programme, asked.indicator, asked.period, asked.sorting, now=utc_now())


def _page(session: Session, told: City, asked: CityQuestion) -> CityPage:
    name, unit = said(told.indicator.name.text), said(told.indicator.unit.text)
    found = tuple(row for row in told.rows if asked.name.casefold() in f"{row.area.name} {row.kecamatan}".casefold())
    is_cut = len(found) > MAX_FIRST_ROWS and not asked.is_whole
    title = said(
        Text("%(name)s per kelurahan, %(place)s, %(period)s", name=name, place=told.area.name, period=period_words(told.period))
    )
    readings = {row.area.id: row.reading for row in told.rows}
    drawn = map_of_readings(
        session, told.area, readings, title=title, unit=unit, period=told.period, decimals=told.indicator.decimals
    )
    return CityPage(
        told=told,
        map=drawn,
        columns=_columns(told, asked, named_with_unit(name, unit)),
        periods=choice(
            (here_with(period=_bare(each)), capital(period_words(each)), each == told.period)
            for each in offered(usual(told.today), told.period)
        ),
        programmes=choice(
            (
                here_with(programme=each.definition.code if each is not told.programmes[0] else "", indicator=""),
                said(each.definition.name.text),
                each is told.current,
            )
            for each in told.programmes
        ),
        indicators=choice(
            (here_with(indicator=each.code if place else ""), said(each.name.text), each is told.indicator)
            for place, each in enumerate(told.current.definition.frame.indicators)
        ),
        cities=choice((url_for("public.city_page", kota=each.code), each.name, each == told.area) for each in told.cities),
        csv=here_with().replace(url_for("public.city_page"), url_for("public.city_csv"), 1),
        name=asked.name,
        rows=found[:MAX_FIRST_ROWS] if is_cut else found,
        found=len(found),
        whole=f"{here_with(limit='all')}#tabel" if is_cut else "",
        kept=kept_arguments(),
    )


def _bare(period: Period) -> str:
    """All time is what a bare address means."""
    return "" if period.first is None else period.name


def _columns(told: City, asked: CityQuestion, number_name: str) -> tuple[Column, ...]:
    def column(key: str, label: str, kind: str = "", *, downwards_first: bool = False) -> Column:
        order = asked.sorting.toggled(key, downwards_first=downwards_first)
        return Column(label, kind, f"{here_with(urut=order)}#tabel", asked.sorting.direction(key))

    columns = [
        column("nama", said(Text("Kelurahan"))),
        column("kecamatan", said(Text("Kecamatan"))),
        column("nilai", number_name, "number", downwards_first=True),
    ]
    if told.knows_residents:
        columns.append(column("per-jiwa", said(Text("Per 1.000 penduduk")), "number", downwards_first=True))
    if told.period.first is not None:
        columns.append(column("perubahan", said(Text("Dari periode sebelumnya")), "number", downwards_first=True))
    return tuple(columns)
