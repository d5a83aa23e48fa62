"""`/kabar`: what I was told, and whether this phone tells me at once."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.channels.addresses import is_service
from app.channels.keys import push_keys
from app.core.clock import utc_now
from app.core.errors import NotFound, invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.mine.answers import PushState
from app.mine.forms.push import PushEndForm, PushForm
from app.mine.views.blueprint import blueprint, wire_blueprint
from app.notices import queries, service
from app.notices.rules import ARRIVALS
from app.people.access import me
from app.settings import Settings
from app.web.arguments import arguments, whole_number
from app.web.described import described
from app.web.wire import body

MAX_ID = 999_999_999


@blueprint.get("/kabar")
def notices() -> ResponseReturnValue:
    """My notices, the newest first."""
    account, session = me(), db.session()
    before = whole_number(arguments(("sebelum",)), "sebelum", minimum=1, maximum=MAX_ID, default=MAX_ID)
    told, more = queries.told(session, account.person_id, before=before)
    return render_template("mine/notices.html", told=told, more=more, is_first=before == MAX_ID, push_key=push_key())


@blueprint.post("/kabar/dibaca")
def read_notices() -> ResponseReturnValue:
    """I have read the newest that the page showed, and all before it."""
    account = me()
    with write_transaction(db.session()) as session:
        service.read(session, account.person_id, up_to=_notice_meant(), now=utc_now())
    return redirect(url_for("mine.notices"), 303)


@blueprint.post("/saya/disambut")
def put_away_arrivals() -> ResponseReturnValue:
    """I have seen the stamps, belts and badges that came up to this one: they are not celebrated again."""
    account = me()
    with write_transaction(db.session()) as session:
        service.read(session, account.person_id, up_to=_notice_meant(), now=utc_now(), kinds=ARRIVALS)
    return redirect(url_for("mine.mine"), 303)


def _notice_meant() -> UUID:
    try:
        return UUID(request.form.get("sampai", ""))
    except ValueError as error:
        raise NotFound from error


@wire_blueprint.put("/api/v1/me/push")
@described({200: PushState}, takes=PushForm)
def put_push() -> ResponseReturnValue:
    """Push my notices to this browser; the same address again changes nothing."""
    account = me()
    form = body(PushForm)
    if not is_service(form.endpoint, _settings().push_services):
        raise invalid(
            "endpoint",
            "unknown_service",
            Text("Layanan pemberitahuan browser ini tidak kami kenal."),
        )
    with write_transaction(db.session()) as session:
        service.subscribe(session, account, form.address(), now=utc_now())
    return jsonify(pushing=True)


@wire_blueprint.delete("/api/v1/me/push")
@described({200: PushState}, takes=PushEndForm)
def delete_push() -> ResponseReturnValue:
    """Push to this browser no longer."""
    account = me()
    form = body(PushEndForm)
    with write_transaction(db.session()) as session:
        service.unsubscribe(session, account.id, form.endpoint)
    return jsonify(pushing=False)


def push_key() -> str:
    """The public key with which browsers subscribe; "" where this installation pushes nothing."""
    keys = push_keys(_settings().instance)
    return keys.public if keys else ""


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
