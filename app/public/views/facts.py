"""The stamped facts behind a kelurahan's numbers."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core.clock import local_day, utc_now
from app.core.periods import Period
from app.core.text import Text, number
from app.database import db
from app.indicators import queries as indicators
from app.indicators.queries import Fact, Page
from app.indicators.rules import amount
from app.people.rules import POST_NAMES
from app.programmes import queries as programmes
from app.programmes.queries import Current
from app.programmes.rules.definition import Definition
from app.programmes.rules.said import amounts_told
from app.public.forms import FactsPageQuestion, facts_question
from app.public.queries.city import chosen_programme, in_order
from app.public.queries.kelurahan import KelurahanPlace, found
from app.public.views.blueprint import blueprint
from app.public.views.choices import Choice, choice
from app.web.language import language, said
from app.web.pages import Paging, here_with, paging
from app.web.tables import csv_answer

PAGE_SIZE = 50
MAX_FILE_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class FactsPage:
    of: KelurahanPlace
    current: Current
    period: Period
    page: Page
    amounts: tuple[str, ...]
    """For each fact what it adds, in words."""
    posts: tuple[str, ...]
    """For each fact the post of whoever stamped it."""
    programmes: Choice
    paging: Paging


@blueprint.get("/kelurahan/<code>/fakta")
def facts_page(code: str) -> ResponseReturnValue:
    """The newest stamped actions that a programme's numbers were counted from; older ones page by page."""
    asked, session = facts_question(), db.session()
    of, current, page = _facts(session, code, asked, PAGE_SIZE)
    in_force = in_order(programmes.all_current(session, local_day(utc_now(), of.area.timezone)))
    shown = FactsPage(
        of=of,
        current=current,
        period=asked.period,
        page=page,
        amounts=tuple(_amounts_said(fact, current.definition) for fact in page.facts),
        posts=tuple(said(POST_NAMES[fact.stamped_by]) for fact in page.facts),
        programmes=choice(
            (
                here_with(programme=each.definition.code, after=""),
                said(each.definition.name.text),
                each.programme_id == current.programme_id,
            )
            for each in in_force
        ),
        paging=paging(is_further=asked.after is not None, more=page.following),
    )
    return render_template("public/facts.html", page=shown)


@blueprint.get("/kelurahan/<code>/fakta.csv")
def facts_csv(code: str) -> Response:
    """The same as a file, the newest ten thousand."""
    asked, session = facts_question(), db.session()
    of, current, page = _facts(session, code, asked, MAX_FILE_ROWS)
    told = [(indicator, said(indicator.name.text)) for indicator in current.definition.frame.indicators]
    summed = [(indicator, name) for indicator, name in told if indicator.measure not in ("actions", "people")]
    head = [
        said(Text("Cap")),
        said(Text("Hari")),
        said(Text("RW")),
        said(Text("Sekolah")),
        "NPSN",
        said(Text("Dicap oleh")),
        *(f"{name} ({said(indicator.unit.text)})" for indicator, name in summed),
    ]
    rows = [
        [
            str(fact.stamp_id),
            fact.observed_on.isoformat(),
            said(Text("RW %(number)s", number=fact.rw)) if fact.rw else "",
            fact.school[1] if fact.school else "",
            fact.school[0] if fact.school else "",
            said(POST_NAMES[fact.stamped_by]),
            *(
                amount(current.definition, indicator.measure, fact.credits.get(indicator.measure, 0), indicator.decimals)
                for indicator, _ in summed
            ),
        ]
        for fact in page.facts
    ]
    return csv_answer(f"fakta-{of.area.code}-{current.definition.code}-{asked.period.name}", head, rows)


def _facts(session: Session, code: str, asked: FactsPageQuestion, limit: int) -> tuple[KelurahanPlace, Current, Page]:
    of, now = found(session, code), utc_now()
    _, current = chosen_programme(session, asked.programme, local_day(now, of.area.timezone))
    page = indicators.facts(session, current.programme_id, of.area, asked.period, after=asked.after, limit=limit, now=now)
    return of, current, page


def _amounts_said(fact: Fact, definition: Definition) -> str:
    """ "Menit: 15; Berat ditaksir: 3,5 kg; Kantong besar: 1"."""
    told = []
    for indicator, raw in amounts_told(definition, fact.credits.items()):
        name, unit = said(indicator.name.text), said(indicator.unit.text)
        value = number(amount(definition, indicator.measure, raw, indicator.decimals), language(), indicator.decimals)
        told.append(f"{name}: {value}" if unit.lower() in name.lower() else f"{name}: {value} {unit}")
    return "; ".join(told)
