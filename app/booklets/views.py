"""The booklet, the list of one's actions, an action with its history, and the public check of a stamp."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.awards.queries import belts
from app.booklets import queries
from app.core.clock import utc_now
from app.core.errors import NotFound, invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people.access import me
from app.photo_consent import service as photo_consent
from app.stamping import queries as stamping
from app.web.language import said
from app.web.surfaces import Surface, SurfaceBlueprint

if TYPE_CHECKING:
    from app.actions.models import Action
    from app.people.models import Account

blueprint = SurfaceBlueprint("booklets", __name__, Surface.PAGE)
CONSENTED = Text("Terima kasih. Petugas memeriksa fotonya dulu; izin ini dapat Anda cabut kapan saja.")
TAKEN_BACK = Text("Izin dicabut. Hanya Anda dan petugas tempat ini yang melihat fotonya.")


@blueprint.get("/buku")
def booklet() -> ResponseReturnValue:
    """My stamps, as on paper."""
    account, session = me(), db.session()
    standings = belts.standing(session, account.person_id, people.person_day(session, account.person_id, utc_now()))
    prints, more = queries.sheet(session, account.person_id, before=_page_before())
    return render_template(
        "booklets/booklet.html",
        name=account.person.name,
        standings=standings,
        prints=prints,
        more=more,
        first=_page_before() is None,
    )


@blueprint.get("/aksi")
def mine() -> ResponseReturnValue:
    """Everything that I recorded, the newest first."""
    account, session = me(), db.session()
    entries, more = queries.all_entries(session, account.person_id, before=_instant_before())
    return render_template("booklets/actions.html", entries=entries, more=more)


@blueprint.get("/aksi/<uuid:action_id>")
def action(action_id: UUID) -> ResponseReturnValue:
    """One action with its history: for its owner, its recorder and the officers of its place."""
    account, session = me(), db.session()
    found = _readable(session, action_id, account)
    page = queries.whole(session, found, is_owner=found.person_id == account.person_id)
    return render_template("booklets/action.html", page=page)


@blueprint.post("/aksi/<uuid:action_id>/foto/<int:number>/izin")
def release(action_id: UUID, number: int) -> ResponseReturnValue:
    """My word that all may see a pair of my photographs, or no longer; `number` is that of the first."""
    account = me()
    says_yes = request.form.get("izin") == "ya"
    act, words = (photo_consent.consent, CONSENTED) if says_yes else (photo_consent.take_back, TAKEN_BACK)
    with write_transaction(db.session()) as session:
        act(session, action_id, number, account, now=utc_now())
    flash(said(words), "ok")
    return redirect(url_for("booklets.action", action_id=action_id), 303)


@blueprint.get("/cek/<uuid:serial>")
def check(serial: UUID) -> ResponseReturnValue:
    """Whether a stamp is real. Open to everybody; tells nobody's name."""
    checked = queries.check(db.session(), serial, now=utc_now())
    if checked is None:
        return render_template("booklets/unknown_stamp.html", serial=serial), 404
    return render_template("booklets/check.html", checked=checked)


def _readable(session: Session, action_id: UUID, account: Account) -> Action:
    """The action, when this account may read it; absent and forbidden answer alike."""
    found = actions.action(session, action_id)
    if found is None:
        raise NotFound
    own = account.person_id == found.person_id or account.id == found.recorded_by
    if not own and not stamping.is_officer_of(session, found, account.person_id, now=utc_now()):
        raise NotFound
    return found


def _page_before() -> int | None:
    text = request.args.get("sebelum")
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise invalid("sebelum", "number", Text("Isi dengan nomor halaman cap."))
    return int(text)


def _instant_before() -> datetime | None:
    text = request.args.get("sebelum")
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
        instant.astimezone(UTC)
    except (ValueError, OverflowError):
        instant = None
    if instant is None or instant.tzinfo is None:
        raise invalid("sebelum", "time", Text("Isi dengan waktu yang menyebut zona."))
    return instant
