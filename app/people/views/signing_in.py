"""Signing in and out."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.people import service
from app.people.access import me, somebody
from app.people.forms import SignInForm
from app.people.views.answers import page, refused
from app.people.views.blueprint import blueprint
from app.people.views.known_browsers import known_browser
from app.people.views.sessions import begin_session, end_session, onwards, way_back


@blueprint.route("/masuk", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Name and password open a session."""
    if somebody() is not None:
        return redirect(way_back(), 303)
    form = SignInForm()
    shown = {"next": request.args.get("next", "")}
    if not form.validate_on_submit():
        return page("people/sign_in.html", form, **shown)
    try:
        found = _recognised(service.sign_in_name(form.name.data), form.password.data)
    except (service.Throttled, service.WrongPassword) as error:
        return refused("people/sign_in.html", form, error, **shown)
    begin_session(found.account, remember=form.remember.data, needs_longer=found.needs_longer)
    to = url_for("people.change_password", next=way_back()) if found.needs_longer else way_back()
    return onwards(found.account, to)


def _recognised(name: str, password: str) -> service.Recognised:
    """Counted, compared, let in: three steps, because comparing is slow and holds no lock."""
    session, address, now = db.session(), request.remote_addr or "", utc_now()
    browser = known_browser(name)
    with write_transaction(session):
        service.count_sign_in(session, name, address, browser=browser, now=now)
    found = service.recognise(session, name, password, now=now)
    with write_transaction(session):
        service.let_in(session, found, name, address, browser=browser, now=now)
    return found


@blueprint.post("/keluar")
def sign_out() -> ResponseReturnValue:
    """This browser's session is over; asked twice, it is still over."""
    account = somebody()
    if account is not None:
        with write_transaction(db.session()) as session:
            service.signed_out(session, account, now=utc_now())
    end_session()
    return redirect("/", 303)


@blueprint.post("/keluar/semua")
def sign_out_everywhere() -> ResponseReturnValue:
    """Every session of mine is over, on every device."""
    account = me()
    with write_transaction(db.session()) as session:
        service.sign_out_everywhere(session, account, now=utc_now())
    end_session()
    return redirect(url_for("people.sign_in"), 303)
