"""`/anggota`: who asks to belong to a site for which I answer."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid, NotFound
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.memberships import queries, service
from app.memberships.forms import MembershipRefusalForm
from app.memberships.views.blueprint import blueprint
from app.people import queries as people
from app.people import service as people_service
from app.people.access import me
from app.people.rules import Post, appointable
from app.web.language import said


@blueprint.get("/anggota")
def waiting() -> ResponseReturnValue:
    """The requests that wait for my word."""
    account, session, now = me(), db.session(), utc_now()
    invites = Post.VOLUNTEER in appointable(people.tenures_at(session, account.person_id, now))
    return render_template("memberships/waiting.html", found=queries.waiting(session, account, now), invites=invites)


@blueprint.post("/anggota/<uuid:uuid>/terima")
def confirm(uuid: UUID) -> ResponseReturnValue:
    """They belong to the site."""
    account = me()
    try:
        with write_transaction(db.session()) as session:
            service.confirm(session, uuid, account, now=utc_now())
    except Conflict as refused:
        flash(said(refused.message), "look")
    else:
        flash(said(Text("Diterima. Aksi mereka di sana sejak meminta sudah masuk ke tempat itu.")), "ok")
    return redirect(url_for("memberships.waiting"), 303)


@blueprint.route("/anggota/<uuid:uuid>/tolak", methods=["GET", "POST"])
def refuse(uuid: UUID) -> ResponseReturnValue:
    """They do not, and read why."""
    account, session, form = me(), db.session(), MembershipRefusalForm()
    asked = next((each for each in queries.waiting(session, account, utc_now()) if each.uuid == uuid), None)
    if asked is None:
        raise NotFound
    if form.validate_on_submit():
        try:
            with write_transaction(session):
                people_service.refuse_membership(session, uuid, account, reason=form.reason.data, now=utc_now())
        except Invalid as error:
            form.take(error)
        except Conflict as refused:
            flash(said(refused.message), "look")
            return redirect(url_for("memberships.waiting"), 303)
        else:
            flash(said(Text("Ditolak. Alasannya dikirim kepada yang meminta.")), "ok")
            return redirect(url_for("memberships.waiting"), 303)
    return render_template("memberships/refuse.html", form=form, asked=asked), 422 if form.is_submitted() else 200
