"""`/meja`: the officer's desk. What waits, clean ones first; stamp many at once, look at held ones one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.core.errors import Invalid, invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people.access import me, requires
from app.people.rules import Permission
from app.stamping import queries, service
from app.stamping.forms import DESK_FILTERS, MAX_BATCH, Ticked, desk_question, page_mark
from app.stamping.rules import another_stamps
from app.stamping.views.blueprint import blueprint
from app.stamping.views.cards import Card, cards
from app.stamping.views.desk_filters import DeskFilter, asked_filter, desk_filters
from app.stamping.views.reasons import asked_reason_page, typed_reason
from app.web.language import said
from app.web.pages import here_with

if TYPE_CHECKING:
    from app.actions.models import Action, Stamp

PAGE_SIZE = 60
"""Actions on one page of the desk: what came in over a weekend is one page."""
MAX_PER_PERSON = 10
"""Actions of one person on it, so that nobody fills the desk of all others."""
MAX_COUNTED = 300
"""More of what waits is not counted."""
MAX_BESIDE = 20
"""Of what stands beside the queue."""
REFUSED = Text("Aksi ditolak; pemiliknya dapat membaca alasannya.")
NOTHING_TICKED = Text("Belum ada yang dipilih. Centang dulu aksi yang ingin Anda cap.")


@dataclass(frozen=True, slots=True)
class MoreOfOne:
    """Somebody of whom more waits than the page shows."""

    uuid: UUID
    person: str
    count: int


@dataclass(frozen=True, slots=True)
class Desk:
    ready: tuple[Card, ...]
    look: tuple[Card, ...]
    held: tuple[Card, ...]
    on_page: int
    waiting: int
    """How many wait in all, of those that are asked for; counted up to a limit."""
    is_more: bool
    """Whether more wait than were counted."""
    all_waiting: int
    """How many wait whatever is asked for."""
    next: str
    """The address of the next page; empty where this is the last."""
    filters: tuple[DeskFilter, ...]
    is_narrowed: bool
    has_programmes: bool
    """Whether actions of more than one programme wait."""
    whose: str
    """The name of the person, where the desk shows one person's actions alone."""
    ticked: Ticked | None
    more_of: tuple[MoreOfOne, ...]
    """Of whom more waits than is shown, the most first."""
    rws: tuple[queries.ProposedRw, ...]
    """RWs that waiting actions name and that I may record; at most as many as are told beside the queue."""
    recorded: tuple[Card, ...]
    """What I recorded for others and another stamps; at most as many as are told beside the queue."""
    another: Text
    """Who that is."""
    photographs: int
    """Pairs that an officer is asked to look at before the public sees them; at most as many as are told beside the queue."""
    reviews: int
    """Stamped actions and decisions to be looked at again; at most as many as are told beside the queue."""

    def is_ticked(self, card: Card) -> bool:
        """Whether the card's box is ticked when the page opens."""
        return card.is_clean if self.ticked is None else self.ticked is Ticked.ALL


@blueprint.get("/meja")
@requires(Permission.STAMP)
def desk() -> ResponseReturnValue:
    """What waits for my word."""
    session, now = db.session(), utc_now()
    asked = desk_question()
    asked_for = asked_filter(session, asked, now)
    per_person = None if asked.doer else MAX_PER_PERSON
    page, more = queries.queue(
        session, me().person_id, limit=PAGE_SIZE, after=asked.after, now=now, max_per_person=per_person, asked_for=asked_for
    )
    kinds = queries.kinds_waiting(session, me().person_id, limit=MAX_COUNTED, now=now)
    is_narrowed = asked_for != queries.QueueFilter()
    of_these = (
        queries.kinds_waiting(session, me().person_id, limit=MAX_COUNTED, now=now, asked_for=asked_for) if is_narrowed else kinds
    )
    shown, officer = cards(session, page), queries.stamper(session, me().person_id, now)
    recorded = queries.recorded_for_others(session, officer, limit=MAX_BESIDE) if asked.after is None else []
    told = Desk(
        ready=tuple(card for card in shown if card.is_clean),
        look=tuple(card for card in shown if not card.is_clean and not card.is_held),
        held=tuple(card for card in shown if card.is_held),
        on_page=len(shown),
        waiting=of_these.count,
        is_more=of_these.is_more,
        all_waiting=kinds.count,
        next=_next(more),
        filters=desk_filters(session, asked, kinds, now),
        is_narrowed=is_narrowed,
        has_programmes=len(kinds.programmes) > 1,
        whose=_name(session, asked_for),
        ticked=asked.ticked,
        more_of=() if asked.doer or asked.after else _more_of(session, page, of_these),
        rws=queries.proposed_rws(session, officer, limit=MAX_BESIDE) if asked.after is None else (),
        recorded=tuple(cards(session, recorded)),
        another=another_stamps(officer.tenures),
        photographs=len(queries.pairs_asked(session, me(), limit=MAX_BESIDE, now=now)),
        reviews=_to_look_at(session, now),
    )
    return render_template("stamping/desk.html", desk=told, kept=_kept())


@blueprint.post("/meja/cap")
@requires(Permission.STAMP)
def stamp_from_desk() -> ResponseReturnValue:
    """Stamp what is ticked, or the one whose button was pressed; tell what could not be stamped, and offer to take it back."""
    officer, one = me(), request.form.get("satu")
    chosen = _ids([one] if one else request.form.getlist("aksi"))
    if not chosen:
        flash(said(NOTHING_TICKED), "note")
        return _back()
    note = request.form.get("catatan", "")[:1000].replace("\x00", "") if one else ""
    unseen = None if one else _unseen(chosen)
    with write_transaction(db.session()) as session:
        results = service.stamp(session, chosen, officer, note=note, now=utc_now(), unseen=unseen)
    _tell_problems(results)
    stamped = [result.stamp for result in results if result.stamp is not None]
    if stamped:
        flash(said(Text("%(n)s aksi dicap.", n=len(stamped))), f"ok {_undo(stamped)}")
    return _back("diperiksa" if note else "")


def _tell_problems(results: Sequence[service.BulkResult]) -> None:
    """Each reason once, and of a bulk how many actions it kept from a stamp."""
    reasons = Counter(said(result.problem.message) for result in results if result.problem is not None)
    for reason, count in reasons.items():
        flash(reason if len(results) == 1 else said(Text("%(n)s aksi tidak dicap. %(reason)s", n=count, reason=reason)), "hold")


def _undo(stamped: Sequence[Stamp]) -> str:
    """The address at which what was stamped just now is taken back."""
    if stamped[-1].bulk_id is not None and len(stamped) > 1:
        return url_for("stamping.ask_void_bulk", bulk_id=stamped[-1].bulk_id)
    return url_for("stamping.ask_void", stamp_id=stamped[-1].id) if len(stamped) == 1 else ""


def _unseen(chosen: Sequence[UUID]) -> int | None:
    """How many of the chosen the desk's script has never seen on the screen; None where no script told."""
    if "tampil" not in request.form:
        return None
    seen = set(request.form["tampil"].split())
    return sum(str(action_id) not in seen for action_id in chosen)


def _back(to: str = "") -> ResponseReturnValue:
    """To the desk as it was narrowed."""
    kept = _kept()
    return redirect(url_for("stamping.desk") + (f"?{kept}" if kept else "") + (f"#{to}" if to else ""), 303)


def _kept() -> str:
    """How the desk is narrowed, as it stands in the address."""
    return urlencode({name: word for name in DESK_FILTERS if (word := request.args.get(name, ""))})


def _next(more: queries.QueueCursor | None) -> str:
    return here_with(after=page_mark(more), pilih="") if more else ""


def _name(session: Session, asked_for: queries.QueueFilter) -> str:
    if asked_for.doer_id is None:
        return ""
    return people.public_name(people.persons(session, [asked_for.doer_id])[asked_for.doer_id])


def _to_look_at(session: Session, now: datetime) -> int:
    again, _ = queries.reviews(session, me().person_id, after=None, limit=MAX_BESIDE, now=now)
    return len(again) + len(queries.bulks_to_look_at(session, me().person_id, limit=MAX_BESIDE, now=now))


@blueprint.post("/meja/rw")
@requires(Permission.STAMP)
def take_rw() -> ResponseReturnValue:
    """An RW that actions proposed becomes one of the kelurahan's."""
    officer = me()
    code, number = request.form.get("kelurahan", ""), request.form.get("rw", "")
    with write_transaction(db.session()) as session:
        taken = service.take_rw(session, code, number, officer, now=utc_now())
    flash(said(taken), "ok")
    return redirect(url_for("stamping.desk"), 303)


@blueprint.get("/meja/tolak/<uuid:action_id>")
@requires(Permission.STAMP)
def ask_refuse(action_id: UUID) -> ResponseReturnValue:
    """Ask for the reason before an action is refused."""
    return asked_reason_page("stamping/refuse.html", _refusable(action_id))


@blueprint.post("/meja/tolak/<uuid:action_id>")
@requires(Permission.STAMP)
def refuse_from_desk(action_id: UUID) -> ResponseReturnValue:
    """Refuse one action with its reason."""
    officer = me()
    try:
        with write_transaction(db.session()) as session:
            (result,) = service.refuse(session, [action_id], officer, reason=typed_reason(), now=utc_now())
    except Invalid as error:
        return asked_reason_page("stamping/refuse.html", _refusable(action_id), error)
    words = result.problem.message if result.problem else REFUSED
    flash(said(words), "hold" if result.problem else "ok")
    return redirect(url_for("stamping.desk"), 303)


def _refusable(action_id: UUID) -> Action | None:
    return queries.to_decide(db.session(), action_id, me().person_id, now=utc_now())


def _ids(texts: Sequence[str]) -> list[UUID]:
    try:
        ids = [UUID(text) for text in texts]
    except ValueError as error:
        raise invalid("aksi", "uuid_parsing", Text("Nomor aksi ini tidak dikenal.")) from error
    if len(ids) > MAX_BATCH:
        raise invalid("aksi", "length", Text("Pilih 1 sampai 200 aksi."))
    return ids


def _more_of(session: Session, page: Sequence[Action], kinds: queries.KindsWaiting) -> tuple[MoreOfOne, ...]:
    """The persons who have their whole share of the page, and how much more of theirs waits for me."""
    shown = Counter(action.person_id for action in page)
    full = people.persons(session, [doer for doer, count in shown.items() if count >= MAX_PER_PERSON])
    found = [
        MoreOfOne(doer.uuid, people.public_name(doer), left)
        for doer in full.values()
        if (left := kinds.doers[doer.id] - shown[doer.id]) > 0
    ]
    return tuple(sorted(found, key=lambda each: -each.count))
