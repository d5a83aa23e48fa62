"""The booklet, the list of one's actions, an action with its history, and the public check of a stamp."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import segno
from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.awards.queries import belts
from app.awards.queries.badges import BadgeView, badge_views
from app.booklets import queries
from app.core.check_codes import grouped, is_old_code, read_code
from app.core.clock import utc_now
from app.core.errors import NotFound, invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people import service as people_service
from app.people.access import me
from app.photo_consent import service as photo_consent
from app.programmes import queries as programmes
from app.stamping import queries as stamping
from app.web.addresses import whole_address
from app.web.language import said
from app.web.surfaces import Surface, SurfaceBlueprint

if TYPE_CHECKING:
    from app.actions.models import Action
    from app.people.models import Account

blueprint = SurfaceBlueprint("booklets", __name__, Surface.PAGE)
MAX_TYPED = 60
OLD_CODE = Text(
    "Nomor delapan huruf di dalam cap terlalu pendek untuk dicek. Ketik kode cek 13 huruf di bawah capnya, atau pindai QR-nya."
)
NO_CODE = Text("Kode cek terdiri dari 13 huruf dan angka, misalnya 7K3Q-X9M2-B4TAC.")
CONSENTED = Text("Terima kasih. Petugas memeriksa fotonya dulu; izin ini dapat Anda cabut kapan saja.")
TAKEN_BACK = Text("Izin dicabut. Hanya Anda dan petugas tempat ini yang melihat fotonya.")


@dataclass(frozen=True, slots=True)
class BookletPage:
    """A page of my booklet, or all of its pages to be printed."""

    name: str
    span: tuple[date, date] | None
    """The days of the first and the last stamped action."""
    standings: tuple[belts.ProgrammeStanding, ...]
    badges: dict[int, tuple[BadgeView, ...]]
    """By programme."""
    prints: tuple[queries.BookletStamp, ...]
    more: int | None
    is_first: bool
    is_whole: bool


@blueprint.get("/buku")
def booklet() -> ResponseReturnValue:
    """My stamps, as on paper."""
    return _booklet(is_whole=False)


@blueprint.get("/buku/cetak")
def whole_booklet() -> ResponseReturnValue:
    """All its pages, each stamp with the code by which a phone checks it."""
    return _booklet(is_whole=True)


def _booklet(*, is_whole: bool) -> ResponseReturnValue:
    account, session = me(), db.session()
    today = people.person_day(session, account.person_id, utc_now())
    before = _page_before()
    size = queries.PRINTED if is_whole else queries.SHEET
    prints, more = queries.sheet(session, account.person_id, before=before, size=size)
    standings = tuple(each for each in belts.standing(session, account.person_id, today) if each.stamped)
    begun = {each.programme_id for each in standings}
    page = BookletPage(
        name=people.own_name(account.person),
        span=queries.span(session, account.person_id),
        standings=standings,
        badges={
            each.programme_id: badge_views(session, account.person_id, each)
            for each in programmes.all_current(session, today)
            if each.programme_id in begun
        },
        prints=prints,
        more=more,
        is_first=before is None,
        is_whole=is_whole,
    )
    return render_template("booklets/booklet.html", page=page, qr=_drawn_code)


def _drawn_code(code: str) -> str:
    link = whole_address("booklets.check_code", typed=code)
    drawn = segno.make(link, error="m").svg_inline(scale=1, omitsize=True, lineclass=None, border=4)
    return Markup(drawn)  # noqa: S704 - drawn by segno from our own address


@blueprint.get("/aksi")
def mine() -> ResponseReturnValue:
    """Everything that I recorded, the newest first."""
    account, session = me(), db.session()
    entries, more = queries.all_entries(session, account.person_id, before=_instant_before())
    return render_template("booklets/actions.html", entries=entries, more=more, pictures=queries.pictures(session, entries))


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


@blueprint.get("/cek")
def ask_code() -> ResponseReturnValue:
    """Where a code is typed that stands under a printed stamp."""
    typed = " ".join(request.args.get("kode", "").split())[:MAX_TYPED]
    if not typed:
        return render_template("booklets/ask_code.html", typed="", error="")
    code = read_code(typed)
    if code is not None:
        return redirect(url_for("booklets.check_code", typed=code), 303)
    return render_template("booklets/ask_code.html", typed=typed, error=said(OLD_CODE if is_old_code(typed) else NO_CODE)), 422


@blueprint.get("/cek/<uuid:serial>")
def check(serial: UUID) -> ResponseReturnValue:
    """Whether a stamp is real, by its whole number, as older QR codes have it. Open to everybody; tells nobody's name."""
    return _checked(queries.check(db.session(), serial, now=utc_now()), str(serial))


@blueprint.get("/cek/<typed>")
def check_code(typed: str) -> ResponseReturnValue:
    """The same by the code printed below it. Codes that are none are counted: nobody goes through them all."""
    session, now, address = db.session(), utc_now(), request.remote_addr or ""
    code = read_code(typed)
    if code is None:
        return redirect(url_for("booklets.ask_code", kode=typed[:MAX_TYPED]), 303)
    try:
        people_service.ask_to_check(session, address, now=now)
        serial = queries.serial_of(session, code)
        if serial is None:
            session.commit()
            with write_transaction(session):
                people_service.count_check(session, address, now=now)
    except people_service.Throttled as error:
        answer = make_response(render_template("booklets/ask_code.html", typed="", error=said(error.message)), 429)
        answer.headers["Retry-After"] = str(error.wait_s)
        return answer
    return _checked(queries.check(session, serial, now=now) if serial is not None else None, grouped(code))


def _checked(checked: queries.StampCheck | None, asked: str) -> ResponseReturnValue:
    if checked is None:
        return render_template("booklets/unknown_stamp.html", serial=asked), 404
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
