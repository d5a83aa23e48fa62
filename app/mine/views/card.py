"""`/saya/kartu`: a picture of my belt to share. It is made for me alone, and has no address that others could open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.awards.queries import belts
from app.core.clock import utc_now
from app.core.errors import NotFound
from app.core.text import Number, Text, Verbatim
from app.database import db
from app.graphics.cards import ShareCard, drawn
from app.mine.views.blueprint import blueprint
from app.people import queries as people
from app.people.access import me
from app.places import queries as places
from app.places.rules import AreaLevel
from app.web.language import said

if TYPE_CHECKING:
    from app.people.models import Account


@dataclass(frozen=True, slots=True)
class CardPage:
    has_belt: bool
    may_be_named: bool
    """Whether boards show me: only then may the card name me."""
    is_named: bool


@blueprint.get("/saya/kartu")
def card() -> ResponseReturnValue:
    """The card, and what it says of me."""
    account, session = me(), db.session()
    page = CardPage(
        has_belt=_standing(session, account) is not None,
        may_be_named=_may_be_named(account),
        is_named=_is_named(account),
    )
    return render_template("mine/card.html", page=page)


@blueprint.get("/saya/kartu.png")
def card_picture() -> Response:
    """The picture itself."""
    account, session = me(), db.session()
    standing = _standing(session, account)
    if standing is None or standing.belt is None or standing.belt_name is None:
        raise NotFound
    city = _city(session, account)
    words = [standing.name, *([Verbatim(city)] if city else [])]
    named = (people.own_name(account.person),) if _is_named(account) else ()
    title = Text("%(belt)s, %(n)s strip", belt=standing.belt_name, n=standing.stripes) if standing.stripes else standing.belt_name
    made = drawn(
        ShareCard(
            title=said(title),
            count=said(Text("%(n)s aksi sudah dicap", n=Number(standing.stamped))),
            lines=(*named, *map(said, words)),
            belt=standing.belt,
            stripes=standing.stripes,
        )
    )
    return Response(made, mimetype="image/png", headers={"Content-Disposition": 'inline; filename="sabuk-hijau.png"'})


def _standing(session: Session, account: Account) -> belts.ProgrammeStanding | None:
    """Where I stand highest; None before the first belt."""
    today = people.person_day(session, account.person_id, utc_now())
    worn = [each for each in belts.standing(session, account.person_id, today) if each.belt is not None]
    return max(worn, key=lambda each: each.credit, default=None)


def _city(session: Session, account: Account) -> str:
    index = places.areas(session)
    own = people.own_kelurahan(session, people.tenures_at(session, account.person_id, utc_now()))
    above = index.ancestors(own) if own is not None else ()
    return next((area.name for area in above if area.level is AreaLevel.CITY), "")


def _may_be_named(account: Account) -> bool:
    return account.person.shown and account.person.name_hidden_at is None


def _is_named(account: Account) -> bool:
    return _may_be_named(account) and request.args.get("nama") == "ya"
