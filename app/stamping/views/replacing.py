"""`/meja/hari-pengganti`: a school or a lurah declares that another day takes the place of a programme's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice

from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid, NotAllowed
from app.core.text import NearDay, Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people.access import me
from app.programmes import queries as programmes
from app.programmes.queries import Current
from app.programmes.rules.days import MAX_DECLARED_AHEAD, MAX_DECLARED_LATE, DayKind, day_kind, has_every_day
from app.programmes.service import Replacement
from app.stamping import service
from app.stamping.forms import ReplacementForm
from app.stamping.queries import Declarable, declarable
from app.stamping.views.blueprint import blueprint
from app.web.language import said

SHOWN_DAYS = timedelta(days=60)
A_WEEK = timedelta(days=7)
DECLARED = Text("Hari pengganti dicatat. %(n)s aksi yang sudah dicatat pada hari itu ikut dihitung.")
LEFT = Text(
    "%(n)s aksi sudah dicap petugas lain dan belum dihitung untuk sabuk: mintalah mereka membatalkan dan mengecapnya lagi."
)


@dataclass(frozen=True, slots=True)
class DeclaredDay:
    """A replacement day as those who may declare them see it."""

    where: Text
    programme: Text
    moved: date
    day: date
    reason: str


@blueprint.route("/meja/hari-pengganti", methods=["GET", "POST"])
def replacement_days() -> ResponseReturnValue:
    """What was declared, and a form to declare another."""
    account, session, now = me(), db.session(), utc_now()
    places = declarable(session, account.person_id, now)
    if not places:
        raise NotAllowed
    today = people.person_day(session, account.person_id, now)
    movable = [each for each in programmes.all_current(session, today) if not has_every_day(each.definition)]
    form = _form(places, movable, today)
    if form.validate_on_submit():
        place = next(each for each in places if each.key == form.place.data)
        code = form.programme.data if form.programme else movable[0].definition.code
        current = next(each for each in movable if each.definition.code == code)
        asked = Replacement(
            current=current,
            moved=date.fromisoformat(form.moved.data),
            day=form.day.data,
            reason=form.reason.data,
            site_id=place.site_id,
            area_id=place.area_id,
        )
        try:
            with write_transaction(session):
                done = service.move_day(session, account, place.tenure, asked, now=utc_now())
        except (Conflict, Invalid) as error:
            form.take(error)
        else:
            flash(said(DECLARED.given(n=done.counted)), "ok")
            if done.left:
                flash(said(LEFT.given(n=done.left)), "look")
            return redirect(url_for("stamping.replacement_days"), 303)
    shown = _declared(session, places, today)
    return render_template("stamping/replacing.html", form=form, declared=shown), 422 if request.method == "POST" else 200


def _form(places: Sequence[Declarable], movable: Sequence[Current], today: date) -> ReplacementForm:
    form = ReplacementForm()
    form.place.choices = [SelectChoice(each.key, each.name) for each in places]
    form.programme.choices = [SelectChoice(each.definition.code, each.definition.name.text) for each in movable]
    reach = range(-(MAX_DECLARED_LATE + A_WEEK).days, (MAX_DECLARED_AHEAD + A_WEEK).days)
    days = [today + timedelta(days=ahead) for ahead in reach]
    form.moved.choices = [
        SelectChoice(day.isoformat(), NearDay(day))
        for day in days
        if any(day_kind(each.definition, day) is DayKind.PROGRAMME for each in movable)
    ]
    if len(movable) == 1:
        del form.programme
    return form


def _declared(session: Session, places: Sequence[Declarable], today: date) -> list[DeclaredDay]:
    names = {(each.site_id, each.area_id): each.name for each in places}
    current = {each.programme_id: each.definition.name.text for each in programmes.all_current(session, today)}
    return [
        DeclaredDay(
            names[row.site_id, row.area_id],
            current[row.programme_id],
            row.moved,
            row.day,
            row.reason,
        )
        for row in programmes.replacements(
            session,
            site_ids=[each.site_id for each in places if each.site_id is not None],
            area_ids=[each.area_id for each in places if each.area_id is not None],
            since=today - SHOWN_DAYS,
        )
    ]
