"""`/meja`: the officer's desk. What waits, clean ones first; stamp many at once, look at held ones one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.queries import ActionSummary
from app.actions.rules.findings import PENDING, Finding, Level
from app.actions.rules.words import Status
from app.core.clock import utc_now
from app.core.errors import Invalid, NotFound, invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people.access import me, requires
from app.people.rules import Permission
from app.stamping import queries, service
from app.stamping.forms import MAX_BATCH, desk_question, page_mark
from app.stamping.rules import another_stamps
from app.stamping.views.blueprint import blueprint
from app.web.language import said

if TYPE_CHECKING:
    from app.actions.models import Action

PAGE_SIZE = 20
"""Actions on one page of the desk."""
MAX_PER_PERSON = 10
"""Actions of one person on it, so that nobody fills the desk of all others."""
MAX_COUNTED = 99
"""More of one person are not counted."""
REFUSED = Text("Aksi ditolak; pemiliknya dapat membaca alasannya.")
VOIDED = Text("Cap dibatalkan; aksinya tidak dihitung lagi.")


@dataclass(frozen=True, slots=True)
class Card:
    """An action as the officers of its place see it."""

    action: ActionSummary
    person: str
    recorder: str
    """Who recorded it for the person; empty where they did it themselves."""
    is_held: bool
    is_clean: bool
    is_pending: bool
    """Its photographs are still being checked: it is stamped by itself only."""
    photos: tuple[actions.PhotoSeen, ...]


@dataclass(frozen=True, slots=True)
class MoreOfOne:
    """Somebody of whom more waits than the page shows."""

    uuid: UUID
    person: str
    count: int
    is_more: bool
    """Whether there are more than were counted."""


@dataclass(frozen=True, slots=True)
class Desk:
    clean: tuple[Card, ...]
    look: tuple[Card, ...]
    held: tuple[Card, ...]
    waiting: int
    """How many are on this page."""
    next: str
    """The address of the next page; empty where this is the last."""
    whose: str
    """The name of the person, where the desk shows one person's actions alone."""
    more_of: tuple[MoreOfOne, ...]
    """Of whom more waits than is shown, the most first."""
    rws: tuple[queries.ProposedRw, ...]
    """RWs that waiting actions name and that I may record; at most as many as one page has."""
    recorded: tuple[Card, ...]
    """What I recorded for others and another stamps; at most as many as one page has."""
    another: Text
    """Who that is."""
    photographs: int
    """Pairs that an officer is asked to look at before the public sees them; at most as many as one page has."""
    reviews: int
    """Stamped actions to be looked at again; at most as many as one page has."""


@blueprint.get("/meja")
@requires(Permission.STAMP)
def desk() -> ResponseReturnValue:
    """What waits for my word."""
    session, now = db.session(), utc_now()
    uuid, after = desk_question()
    doer = people.person_by_uuid(session, uuid) if uuid else None
    if uuid and doer is None:
        raise NotFound
    of_one = {"doer_id": doer.id} if doer else {"max_per_person": MAX_PER_PERSON}
    page, more = queries.queue(session, me().person_id, limit=PAGE_SIZE, after=after, now=now, **of_one)
    cards = _cards(session, page)
    officer = queries.stamper(session, me().person_id, now)
    recorded = queries.recorded_for_others(session, officer, limit=PAGE_SIZE) if after is None else []
    again, _ = queries.reviews(session, me().person_id, after=None, limit=PAGE_SIZE, now=now)
    shown = Desk(
        clean=tuple(card for card in cards if card.is_clean),
        look=tuple(card for card in cards if not card.is_clean and not card.is_held),
        held=tuple(card for card in cards if card.is_held),
        waiting=len(cards),
        next=url_for("stamping.desk", orang=uuid, after=page_mark(more)) if more else "",
        whose=people.public_name(doer) if doer else "",
        more_of=() if doer else _more_of(session, page, now),
        rws=queries.proposed_rws(session, officer, limit=PAGE_SIZE) if after is None else (),
        recorded=tuple(_cards(session, recorded)),
        another=another_stamps(officer.tenures),
        photographs=len(queries.pairs_asked(session, me(), limit=PAGE_SIZE, now=now)),
        reviews=len(again),
    )
    return render_template("stamping/desk.html", desk=shown)


@blueprint.post("/meja/cap")
@requires(Permission.STAMP)
def stamp_from_desk() -> ResponseReturnValue:
    """Stamp what is ticked, or the one whose button was pressed; tell what could not be stamped, and offer to take it back."""
    officer = me()
    one = request.form.get("satu")
    ids = _ids([one] if one else request.form.getlist("aksi"))
    note = request.form.get("catatan", "")[:1000].replace("\x00", "") if one else ""
    with write_transaction(db.session()) as session:
        results = service.stamp(session, ids, officer, note=note, now=utc_now())
    stamped = [result for result in results if result.stamp is not None]
    for result in results:
        if result.problem is not None:
            flash(said(result.problem.message), "hold")
    if stamped:
        last = stamped[-1].stamp
        undo = url_for("stamping.ask_void", stamp_id=last.id) if last is not None and len(stamped) == 1 else ""
        flash(said(Text("%(n)s aksi dicap.", n=len(stamped))), f"ok {undo}")
    return redirect(url_for("stamping.desk"), 303)


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
    return _asked("stamping/refuse.html", _refusable(action_id))


@blueprint.post("/meja/tolak/<uuid:action_id>")
@requires(Permission.STAMP)
def refuse_from_desk(action_id: UUID) -> ResponseReturnValue:
    """Refuse one action with its reason."""
    officer = me()
    try:
        with write_transaction(db.session()) as session:
            (result,) = service.refuse(session, [action_id], officer, reason=_reason(), now=utc_now())
    except Invalid as error:
        return _asked("stamping/refuse.html", _refusable(action_id), error)
    words = result.problem.message if result.problem else REFUSED
    flash(said(words), "hold" if result.problem else "ok")
    return redirect(url_for("stamping.desk"), 303)


@blueprint.get("/meja/batal/<uuid:stamp_id>")
@requires(Permission.STAMP)
def ask_void(stamp_id: UUID) -> ResponseReturnValue:
    """Ask for the reason before a stamp is taken back."""
    return _asked("stamping/void.html", _voidable(stamp_id))


@blueprint.post("/meja/batal/<uuid:stamp_id>")
@requires(Permission.STAMP)
def void_from_desk(stamp_id: UUID) -> ResponseReturnValue:
    """Take a stamp back, and everything it counted for."""
    officer = me()
    try:
        with write_transaction(db.session()) as session:
            service.void(session, stamp_id, officer, reason=_reason(), now=utc_now())
    except Invalid as error:
        return _asked("stamping/void.html", _voidable(stamp_id), error)
    flash(said(VOIDED), "ok")
    return redirect(url_for("stamping.desk"), 303)


def _refusable(action_id: UUID) -> Action | None:
    return queries.to_decide(db.session(), action_id, me().person_id, now=utc_now())


def _voidable(stamp_id: UUID) -> Action | None:
    return queries.to_void(db.session(), stamp_id, me().person_id, now=utc_now())


def _asked(template: str, action: Action | None, error: Invalid | None = None) -> ResponseReturnValue:
    """The page that asks for a reason, with the action that it is about; what was typed stays."""
    if action is None:
        raise NotFound
    (card,) = _cards(db.session(), [action])
    wrong = said(error.errors[0].message) if error else ""
    return render_template(template, card=card, typed=_reason(), error=wrong), 422 if error else 200


def _reason() -> str:
    """As it was typed, in the line ends that are stored."""
    return request.form.get("alasan", "").replace("\x00", "").replace("\r\n", "\n")


def _ids(texts: Sequence[str]) -> list[UUID]:
    try:
        ids = [UUID(text) for text in texts]
    except ValueError as error:
        raise invalid("aksi", "uuid_parsing", Text("Nomor aksi ini tidak dikenal.")) from error
    if not 1 <= len(ids) <= MAX_BATCH:
        raise invalid("aksi", "length", Text("Pilih 1 sampai 200 aksi."))
    return ids


def _more_of(session: Session, page: Sequence[Action], now: datetime) -> tuple[MoreOfOne, ...]:
    """The persons who have their whole share of the page, and how much more of theirs waits for me."""
    shown = Counter(action.person_id for action in page)
    full = people.persons(session, [doer for doer, count in shown.items() if count >= MAX_PER_PERSON])
    found = []
    for doer in full.values():
        waits, is_more = queries.queue(session, me().person_id, limit=MAX_COUNTED, after=None, now=now, doer_id=doer.id)
        left = len({action.id for action in waits} - {action.id for action in page})
        if left:
            found.append(MoreOfOne(doer.uuid, people.public_name(doer), left, is_more is not None))
    return tuple(sorted(found, key=lambda each: -each.count))


def _cards(session: Session, page: Sequence[Action]) -> list[Card]:
    behind = people.persons_behind(session, {action.recorded_by for action in page})
    known = people.persons(session, {action.person_id for action in page} | set(behind.values()))
    photos = actions.photos_of(session, [action.id for action in page])
    cards = []
    for action, summary in zip(page, actions.summaries(session, page), strict=True):
        found, recorder_id = [Finding.read(row) for row in action.findings], behind[action.recorded_by]
        cards.append(
            Card(
                action=summary,
                person=people.public_name(known[action.person_id]),
                recorder=people.public_name(known[recorder_id]) if recorder_id != action.person_id else "",
                is_held=action.status is Status.HELD,
                is_clean=all(finding.level is Level.OK for finding in found),
                is_pending=any(finding.code == PENDING for finding in found),
                photos=photos.get(action.id, ()),
            )
        )
    return cards
