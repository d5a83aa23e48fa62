"""Words, numbers and days as pages say them, and what every page knows of its reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask, Response, current_app, g, request, url_for
from markupsafe import Markup, escape
from sqlalchemy.exc import SQLAlchemyError

from app.core import text
from app.core.catalogue import Language, languages, translated
from app.core.check_codes import check_code, grouped
from app.core.clock import DEFAULT_ZONE, local_day, local_time
from app.core.periods import Period, parse_period
from app.core.text import Number, Text, Value
from app.graphics import charts, drawings
from app.settings import Settings
from app.web.language import COOKIE, language
from app.web.language import said as said_text
from app.web.shells import MARK

THEME_COOKIE = "sabuk_tema"
THEMES = {"terang": "light", "gelap": "dark", "perangkat": ""}
"""What `?tema=` may say -> the theme of the page; empty: as the device has it."""
A_YEAR_S = 365 * 24 * 3600
READER_ZONE = "sabuk_reader_zone"
"""Under which the application keeps how to ask for it."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in, as far as every page needs to know."""

    name: str
    account: str = ""
    """The `id` of GET /api/v1/me."""
    stamps: bool = False
    """Has a desk."""
    administers: bool = False
    """Finds work below /admin."""
    in_area: bool = False
    """Acts in the area of their post, and belongs to no site."""


def said(words: Text | str | None) -> str:
    """A Text in the language of the request; plain words and nothing as they are."""
    return said_text(words) if isinstance(words, Text) else words or ""


@dataclass(frozen=True, slots=True)
class StrongNumber(Number):
    """A number among the values of a page's sentence, printed strong: `_("Tinggal %(n)s lagi.", n=strong(3))`."""

    def said(self, language: Language) -> str:
        return Markup('<strong class="figures">{}</strong>').format(text.number(self.value, language, self.decimals))


def gettext(message: str, /, **values: Value) -> str:
    """The sentence in the language of the request: `_("%(n)s aksi dicap", n=7)`.

    Its values are escaped; markup among them is kept.
    """
    return _sentence(message, "", values)


def pgettext(context: str, message: str, /, **values: Value) -> str:
    """A sentence whose meaning hangs on where it stands: `pgettext("stamp", "Batal")`."""
    return _sentence(message, context, values)


def _sentence(message: str, context: str, values: Mapping[str, Value]) -> str:
    words = translated(message, language(), context=context, count=text.counted(values))
    if not values:
        return words
    return Markup(escape(words)) % {name: text.value_said(value, language()) for name, value in values.items()}  # noqa: S704


def number(value: int | float | Decimal, decimals: int = 1) -> str:
    return text.number(value, language(), decimals)


def column_number(value: int | float | Decimal, decimals: int = 2) -> str:
    """With all its decimals, as numbers stand below each other."""
    return text.column_number(value, language(), decimals)


def source_url() -> str:
    """Where the source of what runs is found; empty where the operator says nothing."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.source_url


def day(value: date | datetime, zone: str | None = None) -> str:
    """ "Senin, 23 November 2026"; of an instant, the day in the zone, else where the reader is."""
    return text.day(_local(value, zone), language())


def short_day(value: date | datetime, zone: str | None = None) -> str:
    """ "23 Nov 2026"."""
    return text.short_day(_local(value, zone), language())


def near_day(value: date) -> str:
    """ "Rabu, 2 Desember"."""
    return text.near_day(value, language())


def weekday(value: date) -> str:
    """ "Rab"."""
    return text.weekday(value, language())


def clock(value: datetime, zone: str | None = None) -> str:
    """ "07.05 WIB"."""
    return text.clock_time(local_time(value, zone or reader_zone()), language())


def moment(value: datetime, zone: str | None = None) -> str:
    """ "Senin, 23 November 2026, 07.05 WIB"."""
    return f"{day(value, zone)}, {clock(value, zone)}"


def period(value: Period | str) -> str:
    """ "November 2026", "Minggu 48, 2026", "2026", "semua waktu"."""
    known = value if isinstance(value, Period) else parse_period(value)
    return text.period_name(known, language()) if known else str(value)


def reader_zone() -> str:
    """The zone of whoever reads this page: that of what has no place of its own."""
    if "reader_zone" not in g:
        try:
            g.reader_zone = current_app.extensions[READER_ZONE]()
        except SQLAlchemyError:  # as with who reads it
            g.reader_zone = DEFAULT_ZONE
    zone: str = g.reader_zone
    return zone


def initials(name: str) -> str:
    """The first letters of the first two words: "BP" for Budi Prakoso."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def _local(value: date | datetime, zone: str | None) -> date:
    return local_day(value, zone or reader_zone()) if isinstance(value, datetime) else value


def here_with(**changes: str) -> str:
    """This page's address with these arguments changed; an empty one is left out. That of a shell is its page's."""
    arguments = {name: values for name, values in request.args.lists() if name not in {MARK, *changes}}
    arguments |= {name: [word] for name, word in changes.items() if word}
    return request.path + ("?" + urlencode(arguments, doseq=True) if arguments else "")


@dataclass(frozen=True, slots=True)
class Paging:
    """Addresses around one page of a list that goes on after a mark; empty where there is none."""

    first: str
    next: str


def paging(*, is_further: bool, more: object | None) -> Paging:
    """`is_further`: this is not the first page. `more`: the mark after which the next one begins."""
    return Paging(here_with(after="") if is_further else "", here_with(after=str(more)) if more else "")


def here_as_file(endpoint: str) -> str:
    """The address at which all that this page lists is one file."""
    return here_with(after="").replace(request.path, url_for(endpoint, **(request.view_args or {})), 1)


def here_path() -> str:
    return request.path


def theme() -> str:
    """The theme that the reader chose: "light", "dark", or empty for the device's own."""
    return THEMES.get(request.args.get("tema") or request.cookies.get(THEME_COOKIE, ""), "")


def belt_drawing(colour: str, stripes: int, label: str, **options: Any) -> Markup:  # noqa: ANN401 - handed on as they are
    return Markup(drawings.belt(colour, stripes, label, **options))  # noqa: S704 - drawings escape their words


def knot_drawing(colour: str, stripes: int, label: str) -> Markup:
    return Markup(drawings.knot(colour, stripes, label))  # noqa: S704 - drawings escape their words


def stamp_drawing(**given: Any) -> Markup:  # noqa: ANN401 - handed on as they are
    """The stamp with its day as the reader writes days; words stand as they are."""
    given["day"] = given["day"] if isinstance(given["day"], str) else short_day(given["day"])
    given["label"] = given["label"].unescape() if isinstance(given["label"], Markup) else given["label"]
    return Markup(drawings.stamp(**given))  # noqa: S704 - drawings escape their words


def chart_drawing(chart: charts.Chart, tone: str = "") -> Markup:
    return Markup(charts.drawn(chart, language(), tone))  # noqa: S704 - charts escape their words


def install(app: Flask, who: Callable[[], Visitor | None], where: Callable[[], str]) -> None:
    """Give templates their words; `who` tells who is signed in, `where` in which zone they read."""
    app.extensions[READER_ZONE] = where

    def visitor() -> Visitor | None:
        if "visitor" not in g:
            try:
                g.visitor = who()
            except SQLAlchemyError:  # a page that says that the database is away must not ask it who reads
                g.visitor, g.is_reader_unsure = None, True
        known: Visitor | None = g.visitor
        return known

    def is_reader_unsure() -> bool:
        """Whether somebody may be signed in though the page knows nobody: something of ours is broken."""
        return bool(g.get("is_reader_unsure"))

    words = {
        "number": number,
        "column_number": column_number,
        "day": day,
        "short_day": short_day,
        "near_day": near_day,
        "weekday": weekday,
        "clock": clock,
        "moment": moment,
        "period": period,
        "period_words": period,
        "said": said,
        "initials": initials,
    }
    app.jinja_env.filters.update(words)
    app.jinja_env.globals.update(
        words,
        _=gettext,
        pgettext=pgettext,
        strong=StrongNumber,
        languages=languages,
        language_name=text.language_name,
        language=language,
        theme=theme,
        here_with=here_with,
        here_path=here_path,
        visitor=visitor,
        is_reader_unsure=is_reader_unsure,
        source_url=source_url,
        belt_drawing=belt_drawing,
        knot_drawing=knot_drawing,
        stamp_drawing=stamp_drawing,
        check_code=lambda serial: grouped(check_code(UUID(str(serial)))),
        chart_drawing=chart_drawing,
        chart_rows=lambda chart: charts.rows(chart, language()),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.after_request(_remember)


def _remember(response: Response) -> Response:
    """What the reader chose by an argument of this page stays chosen."""
    if response.mimetype == "text/html":
        for argument, cookie, known in (("lang", COOKIE, set(languages())), ("tema", THEME_COOKIE, set(THEMES))):
            if (chosen := request.args.get(argument)) in known:
                response.set_cookie(
                    cookie, str(chosen), max_age=A_YEAR_S, samesite="Lax", secure=request.is_secure, httponly=True
                )
    return response
