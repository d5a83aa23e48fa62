"""Signing up: first the age, then the rest. Who is not of age is shown the way through the school, and nothing is stored."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.core.errors import Conflict, FieldError, Invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries, service
from app.people.access import somebody
from app.people.forms import NAME_HINT, OF_AGE, SignUpForm, password_hint
from app.people.models import Account
from app.people.rules import MIN_LENGTH, Post
from app.people.views.answers import page, refused
from app.people.views.blueprint import blueprint
from app.people.views.sessions import begin_session, onwards, way_back
from app.places import queries as places
from app.web.language import language

YOUNGER = "belum"
PAGE = "people/sign_up.html"


@blueprint.get("/daftar")
def ask_age() -> ResponseReturnValue:
    """The question of age; its answer is an argument of this address and is kept nowhere."""
    if somebody() is not None:
        return redirect(way_back(), 303)
    age = request.args.get("usia", "")
    if age == OF_AGE:
        return page(PAGE, SignUpForm(data={"usia": OF_AGE, "place": request.args.get("di", "")}), **_words())
    if age == YOUNGER:
        return render_template("people/through_school.html")
    return render_template("people/age.html", unanswered="usia" in request.args)


@blueprint.post("/daftar")
def sign_up() -> ResponseReturnValue:
    """An adult's account, with a place where they gave one."""
    form = SignUpForm()
    if request.form.get("usia") != OF_AGE:
        return redirect("/daftar?usia=" + YOUNGER, 303)
    if not form.validate_on_submit():
        return page(PAGE, form, **_words())
    try:
        account = _signed_up(form)
    except (service.Throttled, Conflict, Invalid) as error:
        return refused(PAGE, form, error, **_words())
    begin_session(account, remember=True)
    return onwards(account, way_back())


def _signed_up(form: SignUpForm) -> Account:
    session, now = db.session(), utc_now()
    name = service.sign_in_name(form.name.data)
    site_id = _checked(form, name)
    # Counted before the password is hashed, which takes time.
    with write_transaction(session):
        service.count_sign_up(session, request.remote_addr or "", now=now)
    hashed = service.hash_password(form.password.data, names=_names(form, name), posts=_POSTS)
    with write_transaction(session):
        account = service.sign_up(
            session, name, full_name=form.full_name.data, hashed=hashed, site_id=site_id, language=language(), now=now
        )
        service.start_session(session, account, now=now)
    return account


_POSTS = (Post.VOLUNTEER,)


def _names(form: SignUpForm, name: str) -> list[str]:
    return [name, form.full_name.data, *queries.place_words(db.session())]


def _checked(form: SignUpForm, name: str) -> int | None:
    """The site; everything wrong with it and with the password is said at once."""
    wrong: list[FieldError] = []
    typed, site_id = (form.place.data or "").strip(), None
    try:
        site_id = places.find_site(db.session(), typed, field="place").id if typed else None
    except Invalid as error:
        wrong += error.errors
    try:
        service.check_password(form.password.data, names=_names(form, name), posts=_POSTS)
    except Invalid as error:
        raise Invalid([*wrong, *error.errors]) from error
    if wrong:
        raise Invalid(wrong)
    return site_id


def _words() -> dict[str, Text]:
    return {"name_hint": NAME_HINT, "password_hint": password_hint(MIN_LENGTH)}
