"""`/admin/target`: what a kelurahan means to reach, set by whoever answers for it."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.admin.forms.targets import TargetForm
from app.admin.views.areas import area_named
from app.admin.views.blueprint import blueprint
from app.core.clock import local_day, utc_now
from app.core.errors import Invalid, NotAllowed, NotFound
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.indicators import service
from app.people.access import may_set_target, me, requires
from app.people.rules import Permission
from app.places.queries import AreaLevel
from app.programmes import queries as programmes
from app.web.language import said


@blueprint.route("/admin/target/<code>", methods=["GET", "POST"])
@requires(Permission.SET_TARGET)
def target(code: str) -> ResponseReturnValue:
    """What the kelurahan means to reach of one published number, by a day."""
    session, by, now = db.session(), me(), utc_now()
    found = area_named(session, code)
    if found.level is not AreaLevel.KELURAHAN:
        raise NotFound
    if not may_set_target(session, found.id):
        raise NotAllowed
    form = TargetForm()
    form.offer(programmes.all_current(session, local_day(now, found.timezone)))
    if form.validate_on_submit():
        programme, _, indicator = form.number.data.partition(":")
        try:
            with write_transaction(session):
                service.set_target(
                    session,
                    programme,
                    found.code,
                    indicator,
                    form.value.data,
                    due_on=form.due_on.data,
                    source=form.source.data,
                    recorded_by=by.id,
                    now=now,
                    reason=form.reason.data or "",
                )
        except Invalid as error:
            form.take(error)
        else:
            flash(said(Text("Target disimpan. Halaman kelurahan sudah menampilkannya.")), "ok")
            return redirect(url_for("admin.target", code=found.code), 303)
    page = render_template("admin/target.html", form=form, area=found)
    return make_response(page, 422 if form.is_submitted() else 200)
