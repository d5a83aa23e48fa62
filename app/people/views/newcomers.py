"""What somebody new types to get an account: everything wrong with it is said in one round."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import request

from app.core.clock import utc_now
from app.core.errors import FieldError, Invalid
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries, service
from app.people.forms import JoinForm, SignUpForm
from app.people.rules import Post


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A username that is free, and the password sealed for good."""

    name: str
    hashed: service.PasswordHash


def name_and_password(form: SignUpForm | JoinForm, *, posts: Collection[Post]) -> Newcomer | None:
    """What was typed, where nothing is wrong with any field; else None, and the form says all of it. Raises Throttled.

    Counted before it is told that a name is taken, and before the password is hashed, which takes time.
    """
    is_filled = form.validate_on_submit()
    if not form.is_submitted():
        return None
    session, name = db.session(), service.sign_in_name(form.name.data or "")
    full_name = form.full_name.data or ""
    names = [name, full_name, *queries.place_words(session)]
    with write_transaction(session):
        service.count_sign_up(session, request.remote_addr or "", now=utc_now())
    wrong = [
        *service.newcomer_errors(session, name, full_name, posts=posts),
        *_password_errors(form.password.data or "", names, posts),
    ]
    # A field that is empty or malformed has said so already.
    form.take(Invalid(each for each in wrong if not form[each.field].errors))
    if wrong or not is_filled:
        return None
    return Newcomer(name, service.hash_password(form.password.data, names=names, posts=posts))


def _password_errors(password: str, names: list[str], posts: Collection[Post]) -> list[FieldError]:
    try:
        service.check_password(password, names=names, posts=posts)
    except Invalid as error:
        return list(error.errors)
    return []
