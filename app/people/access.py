"""May this person do this here? This asks the table of rules/posts.py for the one who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

from flask import abort, current_app, redirect, request, url_for
from flask_login import LoginManager, current_user
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.core.errors import NotAllowed, NotSignedIn
from app.core.text import Text
from app.database import db
from app.people.models import Account
from app.people.queries import account_by_session, account_by_token, own_name, person_zone, tenures_at, tenures_on
from app.people.rules import (
    ADMINISTERING,
    PERMISSIONS_BY_POST,
    ActiveTenure,
    Permission,
    acts_in_area,
    reach_of,
    with_permission,
)
from app.places import queries as places
from app.web.bodies import WRITING
from app.web.described import SignIn, description_of
from app.web.forms import TOKEN, ask_to_sign_in
from app.web.pages import Visitor
from app.web.surfaces import Surface, surface

P = ParamSpec("P")
R = TypeVar("R")

ACCOUNT_HEADER = "X-Sabuk-Account"
"""The `id` of GET /api/v1/me for whom a request is meant."""

login_manager = LoginManager()
login_manager.session_protection = None


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _by_session(key: str) -> Account | None:
    return account_by_session(db.session(), key, now=utc_now())


@login_manager.request_loader  # type: ignore[untyped-decorator]
def _by_token(_request: object) -> Account | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    return account_by_token(db.session(), token.strip())


def _lead_to_sign_in() -> NoReturn:
    is_page = request.method in ("GET", "HEAD") and surface() is not Surface.WIRE
    if is_page and "Authorization" not in request.headers:
        abort(redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")), 303))
    if surface() is not Surface.WIRE and set(request.form) - {TOKEN}:
        abort(ask_to_sign_in())
    abort(401)


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def _unauthorized() -> None:
    _lead_to_sign_in()


def _current() -> object:
    """Flask-Login's user behind its proxy: an Account, or somebody anonymous."""
    return current_user._get_current_object()  # noqa: SLF001 - the way that werkzeug documents to leave a proxy


def somebody() -> Account | None:
    """The account of the one who is signed in; None where nobody is."""
    account = _current()
    return account if isinstance(account, Account) else None


def me() -> Account:
    """The account of the one who is signed in. Where nobody is, a page leads to the sign-in and back; everything else is 401."""
    account = somebody()
    if account is None:
        _lead_to_sign_in()
    _same_as_meant(account)
    return account


def ask_who_first() -> None:
    """No view of the wire that needs a sign-in reads a body before it is known whose it is."""
    told = description_of(current_app.view_functions[request.endpoint]) if request.endpoint else None
    if told is not None and told.sign_in is SignIn.NEEDED and request.method in WRITING:
        me()


def _same_as_meant(account: Account) -> None:
    """What a phone sends for one account never becomes another's, though somebody else has signed in a moment ago."""
    meant = request.headers.get(ACCOUNT_HEADER)
    if meant is not None and meant != str(account.person.uuid):
        raise NotSignedIn(
            Text("Di HP ini sekarang akun lain yang masuk. Catatan ini menunggu pemiliknya masuk lagi."),
            "other_account",
        )


def visitor() -> Visitor | None:
    """The one who is signed in, as far as every page needs to know; None where nobody is."""
    account = somebody()
    if account is None:
        return None
    tenures = tenures_at(db.session(), account.person_id, utc_now())
    return Visitor(
        name=own_name(account.person),
        account=str(account.person.uuid),
        stamps=bool(with_permission(tenures, Permission.STAMP)),
        in_area=acts_in_area(tenures),
        administers=any(ADMINISTERING & PERMISSIONS_BY_POST[tenure.post] for tenure in tenures),
    )


def reader_zone() -> str:
    """The zone by which a page tells its reader the time of what has no place: where they live, else the house's."""
    account, session = somebody(), db.session()
    return person_zone(session, account.person_id) if account is not None else places.home_zone(session)


def my_posts(session: Session, permission: Permission) -> tuple[ActiveTenure, ...]:
    """The posts that I hold today and that give the permission."""
    return with_permission(_mine(session), permission)


def my_permissions(session: Session) -> frozenset[Permission]:
    """Every permission that the posts which I hold today give, somewhere."""
    return frozenset(permission for tenure in _mine(session) for permission in PERMISSIONS_BY_POST[tenure.post])


def _mine(session: Session) -> tuple[ActiveTenure, ...]:
    return tenures_at(session, me().person_id, utc_now())


def requires(*permissions: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only for those who hold a post, anywhere, that gives one of the permissions; where it must lie, the room itself asks."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not my_permissions(db.session()).intersection(permissions):
                raise NotAllowed
            return view(*args, **kwargs)

        return guarded

    return guard


def covers(session: Session, person_id: int, area_id: int, on: date) -> bool:
    """Whether the person holds, on that day, a post that sees more than the public does of the area."""
    reach = reach_of(with_permission(tenures_on(session, person_id, on), Permission.SEE_PLACE))
    return reach.has_area(places.areas(session).with_ancestors(area_id))


def may_set_target(session: Session, area_id: int) -> bool:
    """Whether whoever is signed in may say what the area means to reach; nobody may where nobody is."""
    account = somebody()
    if account is None:
        return False
    mine = with_permission(tenures_at(session, account.person_id, utc_now()), Permission.SET_TARGET)
    return reach_of(mine).has_area(places.areas(session).with_ancestors(area_id))
