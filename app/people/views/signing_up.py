"""Signing up: first the age, then the rest. Who is not of age is shown the way through the school, and nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid
from app.database import db
from app.database.transaction import write_transaction
from app.people import service
from app.people.access import somebody
from app.people.forms import NAME_HINT, OF_AGE, SignUpForm, password_hint
from app.people.models import Account
from app.people.rules import MIN_LENGTH, SHOWN, Post
from app.people.views.answers import page, refused
from app.people.views.blueprint import blueprint
from app.people.views.newcomers import name_and_password
from app.people.views.sessions import HOME, begin_session, onwards, way_back
from app.places import queries as places
from app.web.language import language

if TYPE_CHECKING:
    from app.places.models import Site

YOUNGER = "belum"
PAGE = "people/sign_up.html"
LAST_STEP = "/saya/lokasi?baru=ya"
"""Where whoever has signed up looks for their site and says where they live."""


@blueprint.get("/daftar")
def ask_age() -> ResponseReturnValue:
    """The question of age; its answer is an argument of this address and is kept nowhere.

    Whoever comes from a site's poster brings its code along; with an account already, they ask for the site at once.
    """
    code = request.args.get("lokasi", "")
    if somebody() is not None:
        return redirect(url_for("memberships.own", lokasi=code) if _site(code) is not None else way_back(), 303)
    age = request.args.get("usia", "")
    if age == OF_AGE:
        form = SignUpForm(data={"usia": OF_AGE, "lokasi": code})
        return page(PAGE, form, **_words(form))
    if age == YOUNGER:
        return render_template("people/through_school.html")
    return render_template("people/age.html", unanswered="usia" in request.args, site=_site(code))


@blueprint.post("/daftar")
def sign_up() -> ResponseReturnValue:
    """An adult's account; where a poster led here, with a request for its site."""
    form = SignUpForm()
    if request.form.get("usia") != OF_AGE:
        return redirect("/daftar?usia=" + YOUNGER, 303)
    try:
        account = _signed_up(form)
    except (service.Throttled, Conflict, Invalid) as error:
        return refused(PAGE, form, error, **_words(form))
    if account is None:
        return page(PAGE, form, **_words(form))
    begin_session(account, remember=True)
    to = way_back()
    return onwards(account, LAST_STEP if to == HOME else to)


def _signed_up(form: SignUpForm) -> Account | None:
    """The account; None where the form says what is wrong, all of it."""
    new = name_and_password(form, posts=(Post.VOLUNTEER,))
    if new is None:
        return None
    session, site = db.session(), _site(form.lokasi.data)
    with write_transaction(session):
        account = service.sign_up(
            session,
            new.name,
            full_name=form.full_name.data,
            hashed=new.hashed,
            site=site.uuid if site is not None else None,
            shown=form.shown.data == SHOWN,
            language=language(),
            now=utc_now(),
        )
        service.start_session(session, account, now=utc_now())
    return account


def _site(code: str | None) -> Site | None:
    """The open site of the poster; None where the code is nobody's: then it is looked for later."""
    try:
        return places.find_site(db.session(), (code or "").replace("\x00", ""), field="lokasi") if code else None
    except Invalid:
        return None


def _words(form: SignUpForm) -> dict[str, object]:
    words: dict[str, object] = {"name_hint": NAME_HINT, "password_hint": password_hint(MIN_LENGTH)}
    return {**words, "site": _site(form.lokasi.data)}
