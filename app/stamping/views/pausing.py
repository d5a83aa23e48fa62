"""`/meja/jeda`: a school, a lurah or an administrator declares weeks without programme days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice

from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people.access import me
from app.programmes import service as programmes_service
from app.programmes.rules.pauses import ProposedPause, proposed_pauses
from app.programmes.service import PauseAsked
from app.stamping.forms import PauseForm
from app.stamping.queries import Declarable, pausable, standing_pauses
from app.stamping.views.blueprint import blueprint
from app.web.language import said

SHOWN_DAYS = timedelta(days=366)
DECLARED = Text("Jeda dicatat.")
WITHDRAWN = Text("Jeda dicabut.")


@dataclass(frozen=True, slots=True)
class DeclaredPause:
    """A pause as those who may declare them see it."""

    number: int
    where: Text
    name: str
    first: date
    last: date


@blueprint.route("/meja/jeda", methods=["GET", "POST"])
def pauses() -> ResponseReturnValue:
    """What was declared, what the calendar proposes, and a form to declare one."""
    account, session, now = me(), db.session(), utc_now()
    places = pausable(session, account.person_id, now)
    if not places:
        raise NotAllowed
    today = people.person_day(session, account.person_id, now)
    proposed = proposed_pauses(today)
    form = _form(places, proposed)
    if form.validate_on_submit():
        place = next(each for each in places if each.key == form.place.data)
        asked = PauseAsked(form.name.data, form.first.data, form.last.data, site_id=place.site_id, area_id=place.area_id)
        by = {"account_id": account.id, "tenure_id": place.tenure.tenure_id}
        try:
            with write_transaction(session):
                programmes_service.declare_pause(session, asked, today=today, now=utc_now(), **by)
        except (Conflict, Invalid) as error:
            form.take(error)
        else:
            flash(said(DECLARED), "ok")
            return redirect(url_for("stamping.pauses"), 303)
    shown = _declared(session, places, today)
    page = render_template("stamping/pausing.html", form=form, declared=shown, proposed=proposed)
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/meja/jeda/<int:number>/cabut")
def withdraw_pause(number: int) -> ResponseReturnValue:
    """A pause that was a mistake is none."""
    account, session, now = me(), db.session(), utc_now()
    with write_transaction(session):
        found = next(
            (row for row in standing_pauses(session, pausable(session, account.person_id, now)) if row.id == number), None
        )
        if found is None:
            raise NotFound
        programmes_service.withdraw_pause(session, found, account_id=account.id, now=now)
    flash(said(WITHDRAWN), "ok")
    return redirect(url_for("stamping.pauses"), 303)


def _form(places: Sequence[Declarable], proposed: Sequence[ProposedPause]) -> PauseForm:
    """The fields, filled with the proposal that was tapped."""
    chosen = next((each for each in proposed if each.key == request.args.get("usul")), None)
    form = PauseForm(data={"name": said(chosen.name), "first": chosen.first, "last": chosen.last} if chosen else None)
    form.place.choices = [SelectChoice(each.key, each.name) for each in places]
    return form


def _declared(session: Session, places: Sequence[Declarable], today: date) -> list[DeclaredPause]:
    names = {(each.site_id, each.area_id): each.name for each in places}
    return [
        DeclaredPause(row.id, names[row.site_id, row.area_id], row.name, row.first_day, row.last_day)
        for row in standing_pauses(session, places)
        if row.last_day >= today - SHOWN_DAYS
    ]
