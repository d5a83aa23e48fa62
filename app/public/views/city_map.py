"""The map of a city's kelurahan with its legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.core.periods import Period
from app.core.text import Text, number, period_name
from app.graphics import maps
from app.graphics.maps import FEW, UNKNOWN, MapArea, Shade
from app.indicators.rules import Reading, Reason
from app.places import queries as places
from app.places.queries import AreaEntry
from app.public.queries.outlines import city_ground
from app.web.language import language, said

SMALL_COUNTS = frozenset({Reason.FEWER_THAN_5, Reason.REVEALS_FEWER_THAN_5})


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One shade, what it stands for, and how many kelurahan have it."""

    step: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class CityMap:
    drawing: Markup
    legend: tuple[LegendItem, ...]
    title: str
    city: str
    """Code of the city whose outlines it is drawn on."""


def map_of_readings(
    session: Session, city: AreaEntry, readings: Mapping[int, Reading], *, title: str, unit: str, period: Period, decimals: int
) -> CityMap | None:
    """The city shaded by one number; None where no outline is known."""
    field = city_ground(session, city.id)
    if not field.paths:
        return None
    index = places.areas(session)
    known = [reading.value for reading in readings.values() if reading.value is not None]
    shades = maps.steps(known, whole=decimals == 0)
    drawn = [_place(index.by_id[area_id], reading, shades, unit, period, decimals) for area_id, reading in readings.items()]
    names = {group: index.by_id[group].name for group in field.labels if group in index.by_id and group != city.id}
    told = _summary(drawn, len(known), period, unit)
    svg = maps.drawn(field, drawn, title=title, told=told, names=names)
    return CityMap(Markup(svg), _legend(drawn, shades, decimals), title, city.code)  # noqa: S704 - maps escape their words


def map_of_actions(session: Session, city: AreaEntry, by_area: Mapping[int, int], period: Period) -> CityMap | None:
    """The city shaded by stamped actions of all programmes."""
    title = said(Text("Aksi yang dicap per kelurahan, %(period)s", period=_said(period)))
    readings = {area_id: Reading(value) for area_id, value in by_area.items()}
    return map_of_readings(session, city, readings, title=title, unit=said(Text("aksi")), period=period, decimals=0)


def value_said(reading: Reading, unit: str, decimals: int) -> str:
    """ "12 aksi", "kurang dari 5 orang", "belum diketahui"."""
    if reading.value is not None:
        return f"{number(reading.value, language(), decimals)} {unit}"
    if reading.reason is Reason.FEWER_THAN_5:
        return said(Text("kurang dari 5"))
    if reading.reason is Reason.REVEALS_FEWER_THAN_5:
        return said(Text("tidak ditampilkan"))
    return said(Text("belum diketahui"))


def _place(area: AreaEntry, reading: Reading, shades: Sequence[Shade], unit: str, period: Period, decimals: int) -> MapArea:
    if reading.value is not None:
        step = maps.step_of(reading.value, shades).name
    else:
        step = FEW if reading.reason in SMALL_COUNTS else UNKNOWN
    href = url_for("public.kelurahan_page", code=area.code, period=period.name)
    return MapArea(area.id, area.name, href, step, value_said(reading, unit, decimals))


def _summary(drawn: Iterable[MapArea], known: int, period: Period, unit: str) -> str:
    listed = list(drawn)
    none = sum(1 for place in listed if place.step == "0")
    return said(
        Text(
            "%(period)s: %(known)s dari %(total)s kelurahan punya angka, %(none)s di antaranya 0 %(unit)s. "
            "Angkanya ada di tabel di bawah peta.",
            period=_said(period),
            known=known,
            total=len(listed),
            none=none,
            unit=unit,
        )
    )


def _said(period: Period) -> str:
    return period_name(period, language())


def _legend(drawn: Sequence[MapArea], shades: Sequence[Shade], decimals: int) -> tuple[LegendItem, ...]:
    counts: dict[str, int] = {}
    for place in drawn:
        counts[place.step] = counts.get(place.step, 0) + 1
    items = [LegendItem(shade.name, _bounds(shade, decimals), counts.get(shade.name, 0)) for shade in shades]
    if FEW in counts:
        items.append(LegendItem(FEW, said(Text("kurang dari 5 orang, tidak ditampilkan")), counts[FEW]))
    if UNKNOWN in counts:
        items.append(LegendItem(UNKNOWN, said(Text("belum diketahui")), counts[UNKNOWN]))
    return tuple(items)


def _bounds(shade: Shade, decimals: int) -> str:
    """ "0", "1–10", "7"; of decimals "lebih dari 2 sampai 5"."""
    maximum = number(shade.maximum, language(), decimals)
    if shade.maximum == 0:
        return maximum
    if decimals == 0:
        minimum = shade.minimum()
        return maximum if minimum == shade.maximum else f"{number(minimum, language(), 0)}–{maximum}"
    above = number(shade.above, language(), decimals)
    return said(Text("lebih dari %(above)s sampai %(maximum)s", above=above, maximum=maximum))
