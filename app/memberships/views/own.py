"""`/saya/lokasi`: where I belong, looked for and asked for; and the kelurahan in which I live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.core.geo import Point, is_on_earth
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.memberships import queries
from app.memberships.forms import AskForm, NearForm, ResidenceForm
from app.memberships.views.blueprint import blueprint
from app.people import service as people
from app.people.access import me
from app.places import queries as places
from app.web.language import said

MAX_FOUND = 12


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for and what was found."""

    words: str = ""
    is_near: bool = False
    found: Sequence[places.FoundSite] = field(default_factory=tuple)
    problem: Text | None = None

    @property
    def is_cut(self) -> bool:
        return len(self.found) == MAX_FOUND


@dataclass(frozen=True, slots=True)
class MyPlaces:
    sites: tuple[queries.OwnSite, ...]
    request: queries.OwnRequest | None
    search: Search
    is_new: bool
    """Whether this is the last step of signing up."""

    @property
    def moves(self) -> bool:
        """Whether there is a place that could be left."""
        return any(each.may_leave and not each.ends_today for each in self.sites)


@blueprint.get("/saya/lokasi")
def own() -> ResponseReturnValue:
    """Where I belong; with words to look for, what was found."""
    words = " ".join((request.args.get("cari") or request.args.get("lokasi") or "").replace("\x00", "").split())[:80]
    found = places.search_sites(db.session(), words, limit=MAX_FOUND) if words else ()
    return _page(Search(words=words, found=found))


@blueprint.post("/saya/lokasi/dekat")
def near() -> ResponseReturnValue:
    """The sites around where I stand: asked once, answered, forgotten."""
    form, session = NearForm(), db.session()
    me()
    try:
        point = Point(float(form.lon.data or "nan"), float(form.lat.data or "nan"))
    except ValueError:
        point = Point(float("nan"), float("nan"))
    if not form.validate_on_submit() or not is_on_earth(point):
        return _page(Search(is_near=True, problem=Text("Lokasi HP ini tidak terbaca. Cari dengan nama saja.")), 422)
    return _page(Search(is_near=True, found=places.sites_near(session, point, utc_now(), limit=MAX_FOUND)))


@blueprint.post("/saya/lokasi/minta")
def ask() -> ResponseReturnValue:
    """I ask to belong to a site."""
    account, form = me(), AskForm()
    if not form.validate_on_submit():
        raise NotFound
    try:
        with write_transaction(db.session()) as session:
            people.ask(session, account, _uuid(form.site.data), ends_others=form.moves.data, now=utc_now())
    except (Conflict, NotAllowed) as refused:
        return _page(Search(problem=refused.message), 409 if isinstance(refused, Conflict) else 403)
    return _back()


@blueprint.post("/saya/lokasi/batal")
def withdraw() -> ResponseReturnValue:
    """I take my request back."""
    account = me()
    with write_transaction(db.session()) as session:
        people.withdraw(session, account, now=utc_now())
    return _back()


@blueprint.post("/saya/lokasi/keluar/<uuid:uuid>")
def leave(uuid: UUID) -> ResponseReturnValue:
    """I belong to that site until the end of today."""
    account = me()
    with write_transaction(db.session()) as session:
        people.leave(session, account, uuid, now=utc_now())
    flash(said(Text("Anda terdaftar di sana sampai akhir hari ini. Aksi yang sudah dicap tetap dihitung.")), "ok")
    return _back()


@blueprint.post("/saya/lokasi/kelurahan")
def residence() -> ResponseReturnValue:
    """The kelurahan in which I live."""
    account, form = me(), _residence_form()
    if not form.validate_on_submit():
        return _page(Search(), 422, form)
    try:
        with write_transaction(db.session()) as session:
            people.set_residence(session, account, form.residence.data or "", now=utc_now())
    except Invalid as error:
        form.take(error)
        return _page(Search(), 422, form)
    flash(said(Text("Kelurahan tersimpan.")), "ok")
    return _back()


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as error:
        raise NotFound from error


def _back() -> ResponseReturnValue:
    return redirect(url_for("memberships.own", baru="ya" if "baru" in request.args else None), 303)


def _residence_form() -> ResidenceForm:
    account, session = me(), db.session()
    area = places.areas(session).by_id.get(account.residence_id or 0)
    form = ResidenceForm(data={"residence": area.code if area is not None else ""})
    form.residence.choices = [
        SelectChoice("", Text("Tidak saya sebutkan")),
        *(SelectChoice(code, name) for code, name in queries.kelurahan_choices(session)),
    ]
    return form


def _page(search: Search, status: int = 200, form: ResidenceForm | None = None) -> ResponseReturnValue:
    account, session, now = me(), db.session(), utc_now()
    shown = MyPlaces(
        sites=queries.own_sites(session, account, now),
        request=queries.own_request(session, account, now),
        search=search,
        is_new="baru" in request.args,
    )
    return render_template(
        "memberships/own.html", mine=shown, residence=form or _residence_form(), ask=AskForm(formdata=None)
    ), status
