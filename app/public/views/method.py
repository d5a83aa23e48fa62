"""How the numbers are made."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.core.text import Text
from app.database import db
from app.places import queries as places
from app.programmes.queries import Current
from app.public.queries.programmes import all_programmes
from app.public.rules import method_words
from app.public.rules.method_words import Explained
from app.public.views.blueprint import blueprint
from app.web.language import said
from app.web.tables import csv_answer


@dataclass(frozen=True, slots=True)
class MethodPage:
    programmes: tuple[Current, ...]
    numbers: tuple[Text, ...]
    boards: tuple[Text, ...]
    privacy: tuple[Text, ...]
    findings: tuple[Explained, ...]


@blueprint.get("/metode")
def method() -> ResponseReturnValue:
    """Every number of every programme with its definition and method, the boards' rules, what is private, what is noticed."""
    page = MethodPage(
        programmes=all_programmes(db.session(), today=places.day_at(db.session(), utc_now())).in_force,
        numbers=method_words.NUMBER_RULES,
        boards=method_words.BOARD_RULES,
        privacy=method_words.PRIVACY_RULES,
        findings=method_words.FINDINGS,
    )
    return render_template("public/method.html", page=page)


@blueprint.get("/metode.csv")
def findings_csv() -> Response:
    """What may be noticed on an action and what it leads to, as a file."""
    head = [said(Text("Yang ditemukan")), said(Text("Akibatnya"))]
    return csv_answer("temuan", head, [[said(each.noticed), said(each.leads_to)] for each in method_words.FINDINGS])
