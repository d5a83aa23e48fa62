"""The programmes, as people read them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.core.text import Text
from app.database import db
from app.photo_consent.queries import PublicPair, public_pairs
from app.places import queries as places
from app.programmes.queries import Current
from app.programmes.rules.definition import Definition, Money
from app.programmes.rules.said import badge_said, days_said, money_said, rules_said, stampers_said
from app.public.queries.programmes import ProgrammePage, all_programmes, programme_page
from app.public.views.blueprint import blueprint
from app.web.language import language


@dataclass(frozen=True, slots=True)
class MoneyTold:
    """A cost or a saving; no amount where nobody has a source for one."""

    item: Text
    amount: str | None
    per: Text
    source: Text


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    told: ProgrammePage
    definition: Definition
    rules: tuple[Text, ...]
    stampers: tuple[tuple[Text, Text], ...]
    badges: tuple[tuple[Text, Text], ...]
    costs: tuple[MoneyTold, ...]
    savings: tuple[MoneyTold, ...]
    pairs: tuple[PublicPair, ...]
    """The photographs before and after that were released last, if any."""


@dataclass(frozen=True, slots=True)
class ProgrammesView:
    listed: tuple[tuple[Current, Text], ...]
    """Each with the days on which it meets."""


@blueprint.get("/program")
def programmes() -> ResponseReturnValue:
    """Every programme in a sentence."""
    in_force = all_programmes(db.session(), today=places.day_at(db.session(), utc_now())).in_force
    view = ProgrammesView(tuple((each, days_said(each.definition)) for each in in_force))
    return render_template("public/programmes.html", page=view)


@blueprint.get("/program/<code>")
def programme(code: str) -> ResponseReturnValue:
    """Purpose, rules, outcomes, indicators, costs and savings, ladder, versions."""
    session = db.session()
    told = programme_page(session, code, today=places.day_at(db.session(), utc_now()))
    definition = told.current.definition
    view = ProgrammeView(
        told=told,
        definition=definition,
        rules=tuple(rules_said(definition)),
        stampers=tuple(stampers_said(definition)),
        badges=tuple((badge.name.text, badge_said(badge, definition)) for badge in definition.badges),
        costs=money_told(definition.frame.costs),
        savings=money_told(definition.frame.savings),
        pairs=public_pairs(session, programme_id=told.current.programme_id, limit=1, now=utc_now()),
    )
    return render_template("public/programme.html", page=view)


def money_told(listed: tuple[Money, ...]) -> tuple[MoneyTold, ...]:
    return tuple(MoneyTold(money.item.text, money_said(money, language()), money.per.text, money.source.text) for money in listed)
