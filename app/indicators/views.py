"""The numbers of the kelurahan, for programs. Each tells how it was counted, or why it is not known."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request
from flask_login import current_user
from sqlalchemy.orm import Session

from app.core.clock import local_day, local_time, utc_now
from app.core.errors import NotFound, invalid
from app.core.periods import Period
from app.core.text import Text
from app.database import db
from app.indicators import queries
from app.indicators.answers import Facts, IndicatorMap, IndicatorSheet, KelurahanList, KelurahanWithRw
from app.indicators.forms import (
    DEFAULT_PAGE_SIZE,
    MAX_PAGE_SIZE,
    facts_question,
    map_question,
    no_question,
    numbers_question,
)
from app.indicators.rules import ERROR_UNKNOWN, WHY, Reading, amount, is_decimal, told
from app.people.access import covers
from app.places import queries as places
from app.places.rules import AreaLevel
from app.programmes import queries as programmes
from app.programmes.rules.definition import Definition, Indicator
from app.tallies.rules import INSIDERS, the_public
from app.web.described import SignIn, count, described, period, string_param
from app.web.language import language, said
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("indicators", __name__, Surface.WIRE, url_prefix="/api/v1")

MAX_AGE_S = 60
"""Seconds for which whoever asked for places need not ask again."""
_OPEN: dict[str, Any] = {"sign_in": SignIn.NONE, "refuses": [422, 503]}
_PROGRAMME = string_param("programme", "the programme's code; every programme when left out", example="gps")
_PERIOD = period("all time")
STAMPED_ACTIONS = Text("aksi yang sudah dicap dan tidak dibatalkan")
TOO_RECENT = Text("Terlalu baru: sudah dihitung, tetapi baru masuk daftar 24 jam setelah harinya berakhir.")


@blueprint.get("/kelurahan")
@described({200: KelurahanList}, **_OPEN, is_kept=True)
def kelurahan_list() -> Response:
    """Every kelurahan with its people and households where they are known, by code."""
    no_question()
    index = places.areas(db.session())
    return _cacheable(jsonify(kelurahan=[_kelurahan_json(index, each) for each in index.of_level(AreaLevel.KELURAHAN)]))


@blueprint.get("/kelurahan/<code>")
@described({200: KelurahanWithRw}, **_OPEN, is_kept=True)
def kelurahan(code: str) -> Response:
    """One kelurahan with the RW below it."""
    no_question()
    index = places.areas(db.session())
    area = _find(index, code)
    body = _kelurahan_json(index, area) | {
        "timezone": area.timezone,
        "rw": [{"code": rw.code, "name": rw.name} for rw in index.children(area.id)],
        "indicators": f"/api/v1/kelurahan/{area.code}/indicators",
    }
    return _cacheable(jsonify(body))


@blueprint.get("/kelurahan/<code>/indicators")
@described({200: IndicatorSheet}, arguments=[_PROGRAMME, _PERIOD], sign_in=SignIn.WELCOME)
def indicators(code: str) -> Response:
    """The indicators of a `programme` (of all when left out) in a `period` (all time when left out).

    An officer whose post covers the kelurahan reads counts of fewer than 5 people, and what a child did at once; the public reads
    the first never and the second at the end of the next local day.
    """
    asked = numbers_question()
    session, now = db.session(), utc_now()
    area = _find(places.areas(session), code)
    today = local_day(now, area.timezone)
    covered = current_user.is_authenticated and covers(session, current_user.person_id, area.id, today)
    audience = INSIDERS if covered else the_public(now)
    sheets = [
        queries.sheet(session, each, area.id, asked.period, today=today, audience=audience)
        for each in _programmes(session, asked.programme, today)
    ]
    body = {
        "kelurahan": {"code": area.code, "name": area.name},
        "period": _period_json(asked.period),
        "indicators": [number_json(number, sheet, area, asked.period, now) for sheet in sheets for number in sheet.numbers],
    }
    return jsonify(body)


@blueprint.get("/kelurahan/<code>/facts")
@described(
    {200: Facts},
    arguments=[
        string_param("programme", "the programme's code", example="gps", required=True),
        _PERIOD,
        string_param("after", "the `next` of the page before"),
        count("limit", "how many facts", maximum=MAX_PAGE_SIZE, default=DEFAULT_PAGE_SIZE),
    ],
    **_OPEN,
)
def facts(code: str) -> Response:
    """The stamped facts behind a `programme`'s numbers in a `period`, the newest first; `after` is the `next` of the page before.

    They tell no person, no position and no hour, and appear 24 hours after their day has ended. Of a pupil's action only the
    school is told.
    """
    asked = facts_question()
    session, now = db.session(), utc_now()
    area = _find(places.areas(session), code)
    (current,) = _programmes(session, asked.programme, local_day(now, area.timezone))
    page = queries.facts(session, current.programme_id, area, asked.period, after=asked.after, limit=asked.limit, now=now)
    body = {
        "kelurahan": {"code": area.code, "name": area.name},
        "programme": current.definition.code,
        "period": _period_json(asked.period),
        "facts": [_fact_json(fact, current.definition) for fact in page.facts],
        "too_recent": {"count": page.too_recent, "reason": said(TOO_RECENT)},
        "next": str(page.following) if page.following else None,
    }
    return jsonify(body)


@blueprint.get("/kelurahan.geojson")
@described(
    {200: IndicatorMap},
    arguments=[
        string_param("indicator", "the indicator's code", example="actions", required=True),
        string_param("programme", "the programme's code, where several have the indicator", example="gps"),
        _PERIOD,
    ],
    media="application/geo+json",
    is_kept=True,
    **_OPEN,
)
def kelurahan_geojson() -> Response:
    """The outlines of all kelurahan with one `indicator`'s values in a `period`; `programme` where several have the indicator."""
    asked = map_question()
    session = db.session()
    index, now = places.areas(session), utc_now()
    today = places.day_at(session, now)
    current, indicator = _indicator(session, asked.indicator, asked.programme, today)
    kelurahan = index.of_level(AreaLevel.KELURAHAN)
    read = queries.readings(session, current, indicator, [area.id for area in kelurahan], asked.period, today=today, now=now)
    outlines = places.outline_geojson(session)
    features = [_feature(index, area, outlines.get(area.id, "null"), read[area.id]) for area in kelurahan]
    heading = json.dumps(
        {
            "programme": current.definition.code,
            "indicator": _indicator_json(indicator),
            "period": _period_json(asked.period),
            "reasons": {reason.value: said(text) for reason, text in WHY.items()},
        },
        ensure_ascii=False,
    )
    # Outlines are kept as text; only what is new is written anew.
    body = f'{{"type":"FeatureCollection",{heading[1:-1]},"features":[{",".join(features)}]}}'
    return _cacheable(Response(body, mimetype="application/geo+json"), seconds=0)


def _feature(index: places.AreaIndex, area: places.AreaEntry, outline: str, reading: Reading) -> str:
    properties = json.dumps(_named(index, area) | _reading_json(reading), ensure_ascii=False)
    return f'{{"type":"Feature","id":"{area.code}","geometry":{outline},"properties":{properties}}}'


def _find(index: places.AreaIndex, code: str) -> places.AreaEntry:
    area = index.by_code(code)
    if area is None or area.level is not AreaLevel.KELURAHAN:
        raise NotFound(Text("Kelurahan ini tidak ada."))
    return area


def _programmes(session: Session, code: str | None, today: date) -> tuple[programmes.Current, ...]:
    if code is None:
        return programmes.all_current(session, today)
    current = programmes.current(session, code, today)
    if current is None:
        known = ", ".join(each.definition.code for each in programmes.all_current(session, today))
        raise invalid("programme", "unknown", Text("Program ini tidak ada; yang ada: %(known)s.", known=known))
    return (current,)


def _indicator(session: Session, code: str, programme: str | None, today: date) -> tuple[programmes.Current, Indicator]:
    """The indicator of that code, and whose it is; told apart by its programme where several have one."""
    offered = [
        (current, indicator)
        for current in _programmes(session, programme, today)
        for indicator in current.definition.frame.indicators
    ]
    found = [(current, indicator) for current, indicator in offered if indicator.code == code]
    if not found:
        known = ", ".join(dict.fromkeys(indicator.code for _, indicator in offered))
        raise invalid("indicator", "unknown", Text("Indikator ini tidak ada; yang ada: %(known)s.", known=known))
    if len(found) > 1:
        which = ", ".join(current.definition.code for current, _ in found)
        raise invalid(
            "programme",
            "ambiguous",
            Text("Beberapa program punya indikator ini; pilih salah satu: %(which)s.", which=which),
        )
    return found[0]


def number_json(
    number: queries.IndicatorNumber, sheet: queries.Sheet, area: places.AreaEntry, period: Period, now: datetime
) -> dict[str, Any]:
    """One indicator as it goes over the wire."""
    indicator, reading = number.indicator, number.reading
    asked = urlencode({"programme": sheet.current.definition.code, "period": period.name})
    return {
        "programme": sheet.current.definition.code,
        **_indicator_json(indicator),
        **_reading_json(reading),
        "why": said(WHY[reading.reason]) if reading.reason else None,
        "baseline": _baseline_json(number.baseline, area.timezone) if number.baseline else None,
        "target": _target_json(number.target, area.timezone) if number.target else None,
        "estimate": indicator.is_estimate,
        "low": None,
        "middle": reading.value if indicator.is_estimate else None,
        "high": None,
        "range": said(ERROR_UNKNOWN) if indicator.is_estimate else None,
        "counted_from": {
            "facts": said(STAMPED_ACTIONS),
            "first": period.first.isoformat() if period.first else None,
            "last": period.last.isoformat() if period.last else None,
            "actions": sheet.actions,
            "since": sheet.since.isoformat() if sheet.since else None,
            "as_of": local_time(now, area.timezone).isoformat(timespec="seconds"),
            "href": f"/api/v1/kelurahan/{area.code}/facts?{asked}",
        },
    }


def _indicator_json(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "name": said(indicator.name.text),
        "definition": said(indicator.definition.text),
        "unit": said(indicator.unit.text),
        "method": said(indicator.method.text),
    }


def _reading_json(reading: Reading) -> dict[str, Any]:
    return {"value": reading.value, "reason": reading.reason.value if reading.reason else None}


def _baseline_json(before: queries.BaselineView, zone: str) -> dict[str, Any]:
    return {
        "value": _plain(before.value),
        "counted_on": before.counted_on.isoformat(),
        "source": before.source,
        "total": _plain(before.total) if before.total is not None else None,
        "others": [_other_json(other, "counted_on", zone) for other in before.others],
    }


def _target_json(aim: queries.TargetView, zone: str) -> dict[str, Any]:
    return {
        "value": _plain(aim.value),
        "due_on": aim.due_on.isoformat(),
        "source": aim.source,
        "others": [_other_json(other, "due_on", zone) for other in aim.others],
    }


def _other_json(other: queries.OtherVersion, day: str, zone: str) -> dict[str, Any]:
    return {
        "value": _plain(other.value),
        day: other.day.isoformat(),
        "source": other.source,
        "reason": other.reason or None,
        "recorded_on": local_day(other.recorded_at, zone).isoformat(),
    }


def _fact_json(fact: queries.Fact, definition: Definition) -> dict[str, Any]:
    return {
        "stamp": str(fact.stamp_id),
        "day": fact.observed_on.isoformat(),
        "credits": {
            measure: amount(definition, measure, raw, 3 if is_decimal(definition, measure) else 0)
            for measure, raw in told(fact.credits).items()
        },
        "stamped_by": fact.stamped_by.value,
        "rw": fact.rw,
        "school": {"npsn": fact.school[0], "name": fact.school[1]} if fact.school else None,
    }


def _kelurahan_json(index: places.AreaIndex, area: places.AreaEntry) -> dict[str, Any]:
    return _named(index, area) | {
        "population": area.population,
        "households": area.households,
        "area_km2": round(area.area_km2, 3) if area.area_km2 is not None else None,
        "is_demo": area.is_demo,
    }


def _named(index: places.AreaIndex, area: places.AreaEntry) -> dict[str, Any]:
    above = {entry.level: entry for entry in index.ancestors(area.id)}
    named: dict[str, Any] = {"code": area.code, "name": area.name}
    for level in (AreaLevel.KECAMATAN, AreaLevel.CITY):
        named[level.value] = {"code": above[level].code, "name": above[level].name} if level in above else None
    return named


def _period_json(period: Period) -> dict[str, Any]:
    return {
        "name": period.name,
        "first": period.first.isoformat() if period.first else None,
        "last": period.last.isoformat() if period.last else None,
    }


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _cacheable(response: Response, seconds: int = MAX_AGE_S) -> Response:
    """May be kept; asked again with the mark of what is kept, the answer is that nothing has changed."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}" if seconds else "no-cache"
    response.headers["Content-Language"] = language()
    response.vary.update(["Accept-Language", "Cookie"])
    response.add_etag(weak=True)
    return response.make_conditional(request)  # type: ignore[return-value]
