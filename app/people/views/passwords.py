"""Choosing another password: knowing the old one, or with a code from the person above."""

from __future__ import annotations

from flask import request, session
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.core.errors import Invalid, invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries, service
from app.people.access import me
from app.people.forms import PasswordForm, ResetForm, password_hint
from app.people.models import Account
from app.people.rules import MIN_LENGTH, Post, min_length_of
from app.people.views.answers import page, refused
from app.people.views.blueprint import blueprint
from app.people.views.sessions import LONGER_FIRST, begin_session, is_remembered, onwards, way_back


@blueprint.route("/saya/sandi", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    """The old password and a new one; every other session is over."""
    account = me()
    form = PasswordForm()
    shown = _change_words(account)
    if not form.validate_on_submit():
        return page("people/change_password.html", form, **shown)
    try:
        _change(account, form)
    except (service.Throttled, Invalid) as error:
        return refused("people/change_password.html", form, error, **shown)
    begin_session(account, remember=is_remembered())
    return onwards(account, way_back())


def _change(account: Account, form: PasswordForm) -> None:
    database, now = db.session(), utc_now()
    confirm_password(account, form.current.data, field="current_password")
    hashed = service.hash_password(form.password.data, names=names_of(account), posts=posts_of(account))
    with write_transaction(database):
        service.set_password(database, account, hashed, by=account.id, now=now)
        service.start_session(database, account, now=now)


def confirm_password(account: Account, typed: str, *, field: str) -> None:
    """Whoever sits there knows the password. Raises Invalid naming the field, and Throttled for one who is only guessing."""
    database, now = db.session(), utc_now()
    with write_transaction(database):
        service.count_confirm(database, account, now=now)
    if not service.verify_password(account.password_hash, typed):
        raise invalid(field, "wrong_password", Text("Kata sandi sekarang salah."))
    with write_transaction(database):
        service.confirmed(database, account, now=now)


def names_of(account: Account) -> list[str]:
    return [account.name, account.person.name, *queries.place_words(db.session())]


def posts_of(account: Account) -> list[Post]:
    """What the account's holder is today, or will be."""
    tenures = queries.tenures_from(db.session(), account.person_id, utc_now())
    return [tenure.post for tenure in tenures]


def _change_words(account: Account) -> dict[str, object]:
    hint = password_hint(min_length_of(posts_of(account)))
    return {"name": account.name, "password_hint": hint, "longer_first": LONGER_FIRST in session}


@blueprint.route("/atur-ulang", methods=["GET", "POST"])
def reset_password() -> ResponseReturnValue:
    """Name, code and a new password; then signed in."""
    form = ResetForm()
    shown = {"password_hint": password_hint(MIN_LENGTH)}
    if not form.validate_on_submit():
        return page("people/reset_password.html", form, **shown)
    typed = service.Typed(service.sign_in_name(form.name.data), form.code.data, request.remote_addr or "")
    try:
        account = _reset(typed, form.password.data)
    except (service.Throttled, service.WrongCode, Invalid) as error:
        return refused("people/reset_password.html", form, error, **shown)
    begin_session(account)
    return onwards(account, way_back())


def _reset(typed: service.Typed, password: str) -> Account:
    """Counted, compared, used: comparing and sealing are slow and hold no lock."""
    database, now = db.session(), utc_now()
    with write_transaction(database):
        code_id = service.count_code(database, typed, now=now)
    account = service.opened_by(database, code_id, typed.code)
    if code_id is None:
        raise service.WrongCode
    try:
        hashed = service.hash_password(password, names=names_of(account), posts=posts_of(account))
    except Invalid:
        with write_transaction(database):
            service.give_back(database, code_id, typed, now=now)
        raise
    with write_transaction(database):
        account = service.use_code(database, code_id, hashed, typed, now=now)
        service.start_session(database, account, now=now)
    return account
