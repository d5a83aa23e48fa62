"""A browser's session: begun and ended, and where it goes from there."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, abort, current_app, redirect, request, session, url_for
from flask_login import login_user, logout_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.people.models import Account
from app.people.views.blueprint import blueprint
from app.people.views.known_browsers import know_browser
from app.web.surfaces import Surface, surface

LONGER_FIRST = "longer_first"
"""In the session: nothing but a longer password is open to it."""
HOME = "/saya"
_OPEN = frozenset({"people.change_password", "people.sign_out"})


def begin_session(account: Account, *, remember: bool = False, needs_longer: bool = False) -> None:
    """This browser carries the session that was started for the account; nothing of a session before is kept."""
    session.clear()
    login_user(account, remember=remember and not needs_longer)
    if needs_longer:
        session[LONGER_FIRST] = True


def end_session() -> None:
    logout_user()
    for name in [name for name in session if not name.startswith("_remember")]:
        # Flask-Login leaves a word there that takes the remembering cookie away.
        del session[name]


def is_remembered() -> bool:
    return current_app.config["REMEMBER_COOKIE_NAME"] in request.cookies


def onwards(account: Account, to: str) -> Response:
    """The way on, in the language in which the browser has read so far; the browser is known from now on."""
    response = redirect(to, 303)
    know_browser(response, account.name)  # type: ignore[arg-type]
    return response  # type: ignore[return-value]


def way_back() -> str:
    """`next`, where it is a path of ours that can be looked at; else home."""
    asked = request.args.get("next", "")
    return asked if is_ours(asked) else HOME


def is_ours(address: str) -> bool:
    """A path of a page of ours: no other host, whatever a browser makes of slashes, backslashes and control characters."""
    if not address.startswith("/") or address[1:2] in ("/", "\\") or not all(" " < letter < "\x7f" for letter in address):
        return False
    split = urlsplit(address)
    if split.scheme or split.netloc or "\\" in address:
        return False
    try:
        current_app.url_map.bind("").match(split.path, method="GET")
    except RequestRedirect:
        return False
    except HTTPException:
        return False
    return True


@blueprint.before_app_request
def longer_first() -> Response | None:
    """Whoever holds a post that asks for a long password chooses one before anything else."""
    name = current_app.config["SESSION_COOKIE_NAME"]
    if request.endpoint is None or request.endpoint in _OPEN or name not in request.cookies:
        return None
    if not surface().has_reader or not session.get(LONGER_FIRST):
        return None
    if surface() is Surface.WIRE:
        abort(401)
    abort(redirect(url_for("people.change_password"), 303))
