"""`/meja/foto`: photographs whose owners would like all to see them; an officer looks for faces and numbers first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.queries import ActionSummary
from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people.access import me, requires
from app.people.rules import Permission
from app.photo_consent.rules import ConsentState
from app.stamping import queries, service
from app.stamping.views.blueprint import blueprint
from app.web.language import said

if TYPE_CHECKING:
    from app.stamping.queries import PairToSee

PAGE_SIZE = 12
CLEARED = Text("Foto ditampilkan; umum sekarang dapat melihatnya.")
DECLINED = Text("Foto tidak ditampilkan; pemiliknya dapat membaca alasannya.")


@dataclass(frozen=True, slots=True)
class PairCard:
    """A pair as an officer looks at it: whose it is plays no part."""

    action: ActionSummary
    before: int
    """The photograph's number, from 1."""
    after: int
    is_shown: bool
    reason: str
    """Why an officer said no."""


@dataclass(frozen=True, slots=True)
class PhotographsPage:
    asked: tuple[PairCard, ...]
    decided: tuple[PairCard, ...]
    wrong: str = ""
    """What is to be put right; empty where nothing is."""


@blueprint.get("/meja/foto")
@requires(Permission.STAMP)
def photographs() -> ResponseReturnValue:
    """What I am asked to look at before the public sees it, and what was decided last."""
    return _page()


@blueprint.post("/meja/foto/<uuid:action_id>/<int:number>")
@requires(Permission.STAMP)
def look_at_photographs(action_id: UUID, number: int) -> ResponseReturnValue:
    """My word about one pair; a "no" needs its reason."""
    is_clear = request.form.get("kata") == "bersih"
    reason = request.form.get("alasan", "")[:1000].replace("\x00", "")
    try:
        with write_transaction(db.session()) as session:
            service.look_at_photographs(session, action_id, number, me(), declines=None if is_clear else reason, now=utc_now())
    except Invalid as error:
        return _page(said(error.errors[0].message)), 422
    except Conflict as error:
        flash(said(error.message), "hold")
    else:
        flash(said(CLEARED if is_clear else DECLINED), "ok")
    return redirect(url_for("stamping.photographs"), 303)


def _page(wrong: str = "") -> str:
    session, now, officer = db.session(), utc_now(), me()
    page = PhotographsPage(
        asked=_cards(session, queries.pairs_asked(session, officer, limit=PAGE_SIZE, now=now)),
        decided=_cards(session, queries.pairs_decided(session, officer, limit=PAGE_SIZE, now=now)),
        wrong=wrong,
    )
    return render_template("stamping/photographs.html", page=page)


def _cards(session: Session, found: Sequence[PairToSee]) -> tuple[PairCard, ...]:
    summaries = actions.summaries(session, [each.action for each in found])
    return tuple(
        PairCard(
            action=summary,
            before=each.pair.before.number,
            after=each.pair.after.number,
            is_shown=each.pair.standing is ConsentState.CLEARED,
            reason=each.pair.leave.reason,
        )
        for each, summary in zip(found, summaries, strict=True)
    )
