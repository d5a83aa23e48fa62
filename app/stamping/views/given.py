"""`/meja/dicap`: what I have stamped, and the way back: one stamp, or all of a decision about many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid, NotFound
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people.access import me, requires
from app.people.rules import Permission
from app.stamping import queries, service
from app.stamping.forms import given_question
from app.stamping.rules import why_flagged
from app.stamping.views.blueprint import blueprint
from app.stamping.views.cards import Card, cards
from app.stamping.views.reasons import asked_reason_page, typed_reason, wrong
from app.web.language import said
from app.web.pages import here_with

if TYPE_CHECKING:
    from app.actions.models import Action, Stamp
    from app.stamping.models import StampBulk

PAGE_SIZE = 50
VOIDED = Text("Cap dibatalkan; aksinya tidak dihitung lagi.")
LOOKED_AT = Text("Tersimpan: keputusan ini sudah ditinjau.")
NOTHING_LEFT = Text("Semua cap ini sudah dibatalkan.")


@dataclass(frozen=True, slots=True)
class GivenStamp:
    """A stamp with its action."""

    id: UUID
    card: Card
    is_void: bool
    reason: str
    """Why it was taken back."""


@dataclass(frozen=True, slots=True)
class Given:
    """One decision: a stamp by itself, or several at once."""

    bulk_id: UUID | None
    at: datetime
    stamps: tuple[GivenStamp, ...]
    given: int
    standing: int


@blueprint.get("/meja/dicap")
@requires(Permission.STAMP)
def given() -> ResponseReturnValue:
    """What I have stamped, the latest first, today's and older ones alike."""
    session = db.session()
    found, is_more = queries.given_stamps(session, me().person_id, after=given_question(), limit=PAGE_SIZE)
    following = here_with(after=str(found[-1][0].id)) if is_more else ""
    return render_template("stamping/given.html", decisions=_decisions(session, found), next=following)


def _decisions(session: Session, found: Sequence[tuple[Stamp, Action]]) -> list[Given]:
    counts = queries.bulk_counts(session, [stamp.bulk_id for stamp, _ in found if stamp.bulk_id is not None])
    decisions = []
    for bulk_id, several in groupby(_given(session, found), key=lambda each: each[0].bulk_id or each[0].id):
        some = tuple(several)
        count = counts.get(bulk_id)
        stamps = tuple(stamp for _, stamp in some)
        standing = sum(not stamp.is_void for stamp in stamps)
        decisions.append(
            Given(
                bulk_id=bulk_id if count else None,
                at=some[0][0].stamped_at,
                stamps=stamps,
                given=count.given if count else len(stamps),
                standing=count.standing if count else standing,
            )
        )
    return decisions


def _given(session: Session, found: Sequence[tuple[Stamp, Action]]) -> list[tuple[Stamp, GivenStamp]]:
    shown = cards(session, [action for _, action in found])
    return [
        (stamp, GivenStamp(stamp.id, card, stamp.voided_at is not None, stamp.void_reason or ""))
        for (stamp, _), card in zip(found, shown, strict=True)
    ]


@blueprint.get("/meja/batal/<uuid:stamp_id>")
@requires(Permission.STAMP)
def ask_void(stamp_id: UUID) -> ResponseReturnValue:
    """Ask for the reason before a stamp is taken back."""
    return asked_reason_page("stamping/void.html", _voidable(stamp_id))


@blueprint.post("/meja/batal/<uuid:stamp_id>")
@requires(Permission.STAMP)
def void_from_desk(stamp_id: UUID) -> ResponseReturnValue:
    """Take a stamp back, and everything it counted for."""
    officer = me()
    try:
        with write_transaction(db.session()) as session:
            service.void(session, stamp_id, officer, reason=typed_reason(), now=utc_now())
    except Invalid as error:
        return asked_reason_page("stamping/void.html", _voidable(stamp_id), error)
    flash(said(VOIDED), "ok")
    return redirect(url_for("stamping.desk"), 303)


def _voidable(stamp_id: UUID) -> Action | None:
    return queries.to_void(db.session(), stamp_id, me().person_id, now=utc_now())


@blueprint.get("/meja/sekaligus/<uuid:bulk_id>")
@requires(Permission.STAMP)
def ask_void_bulk(bulk_id: UUID) -> ResponseReturnValue:
    """All stamps of one decision: to be taken back together, or, by somebody else, to be looked at again."""
    return _bulk_page(bulk_id)


@blueprint.post("/meja/sekaligus/<uuid:bulk_id>")
@requires(Permission.STAMP)
def decide_bulk(bulk_id: UUID) -> ResponseReturnValue:
    """Take all of them back, or say that they stand."""
    officer, reason, now = me(), typed_reason(), utc_now()
    try:
        with write_transaction(db.session()) as session:
            if request.form.get("kata") == "tetap":
                service.close_bulk(session, bulk_id, officer, reason=reason, now=now)
                words, kind = LOOKED_AT, "ok"
            else:
                taken, left = service.void_bulk(session, bulk_id, officer, reason=reason, now=now)
                words, kind = _told(taken, left)
    except Invalid as error:
        return _bulk_page(bulk_id, error)
    except Conflict as error:
        words, kind = error.message, "hold"
    flash(said(words), kind)
    return redirect(url_for("stamping.desk"), 303)


def _told(taken: int, left: int) -> tuple[Text, str]:
    if left:
        return Text("%(n)s cap dibatalkan; %(left)s lainnya bukan wewenang Anda.", n=taken, left=left), "hold"
    if not taken:
        return NOTHING_LEFT, "note"
    return Text("%(n)s cap dibatalkan; aksinya tidak dihitung lagi.", n=taken), "ok"


def _bulk_page(bulk_id: UUID, error: Invalid | None = None) -> ResponseReturnValue:
    session, now = db.session(), utc_now()
    bulk = queries.bulk_to_take_back(session, bulk_id, me().person_id, now=now)
    if bulk is None:
        raise NotFound
    mine, found = bulk.officer_id == me().person_id, queries.stamped_in(session, bulk_id)
    if not mine:  # a bulk may reach further than whoever looks at it
        by = queries.stamper(session, me().person_id, now)
        found = [(stamp, action) for stamp, action in found if queries.right_to_decide(session, action, by) is not None]
    page = render_template(
        "stamping/bulk.html",
        bulk=bulk,
        stamps=[stamp for _, stamp in _given(session, found)],
        by="" if mine else people.public_name(people.persons(session, [bulk.officer_id])[bulk.officer_id]),
        why=why_flagged(bulk.flags),
        looks=_is_open(bulk) and queries.bulk_to_look_at(session, bulk_id, me().person_id, now=now) is not None,
        typed=typed_reason(),
        error=wrong(error),
    )
    return page, 422 if error else 200


def _is_open(bulk: StampBulk) -> bool:
    return bulk.flagged_at is not None and bulk.closed_at is None
