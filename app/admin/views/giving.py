"""`/admin/orang/{uuid}/jabatan/{post}`: a post given to somebody who has an account already."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from app.admin.forms.people import GivePostForm
from app.admin.views.blueprint import blueprint
from app.admin.views.person import crumbs
from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound, invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries as people
from app.people import service
from app.people.access import me, requires
from app.people.rules import POST_NAMES, SEATS, STRONG_POSTS, Permission, Post, Seat, appointable
from app.places import queries as places
from app.web.language import said
from app.web.pages import short_day

AT_A_SITE = {Seat.SCHOOL, Seat.WORKPLACE}


@blueprint.route(f"/admin/orang/<uuid:uuid>/jabatan/<any({', '.join(Post)}):word>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def give_post(uuid: UUID, word: str) -> ResponseReturnValue:
    """The places at which I may give the post, and from when on."""
    session, now, mine, post = db.session(), utc_now(), me(), Post(word)
    tenures = people.tenures_at(session, mine.person_id, now)
    holder = service.holder_of(session, uuid)
    if post not in appointable(tenures) or holder.id == mine.id:
        raise NotAllowed
    name = people.own_name(holder.person)
    form = _form_for(people.offerable(session, tenures, post), post)
    if form.validate_on_submit():
        try:
            place, valid_from = _place(form), form.valid_from.data
            with write_transaction(session):
                tenure = service.give_post(session, uuid, post, place, valid_from=valid_from, by=mine, now=now)
                title = people.post_title(session, tenure.post, tenure.movement, tenure.area_id, tenure.site_id)
        except (Invalid, NotAllowed, NotFound, Conflict) as error:
            form.take(error)
        else:
            since = short_day(tenure.valid_from or places.day_at(session, now))
            flash(said(Text("Jabatan diberikan: %(title)s, mulai %(since)s.", title=title, since=since)), "ok")
            return redirect(url_for("admin.person", uuid=uuid), 303)
    page = render_template(
        "admin/give_post.html",
        form=form,
        name=name,
        post=POST_NAMES[post],
        is_strong=post in STRONG_POSTS,
        crumbs=crumbs(uuid, name, POST_NAMES[post]),
    )
    return make_response(page, 422 if form.is_submitted() else 200)


def _form_for(places: people.Offerable, post: Post) -> GivePostForm:
    """The form with the fields that this post asks for; where it may be held at both, either the area or the site."""
    form = GivePostForm()
    at_site = bool(AT_A_SITE.intersection(SEATS[post]))
    if places.areas:
        choices = [SelectChoice(code, name) for code, name in places.areas]
        form.area.choices = [SelectChoice("", Text("di tempat di bawah ini")), *choices] if at_site else choices
    else:
        del form.area
    if not at_site:
        del form.site
    elif places.areas:
        for field in (form.area, form.site):
            field.validators = []
            field.flags.required = False
    return form


def _place(form: GivePostForm) -> str:
    """The place as services are told it."""
    area = form.area.data if form.area else ""
    typed = (form.site.data or "").strip() if form.site else ""
    if bool(area) == bool(typed):
        raise invalid(
            "site" if typed or not form.area else "area",
            "one_place",
            Text("Pilih wilayah atau isi kode tempat, salah satu."),
        )
    return str(area) if area else f"site:{places.find_site(db.session(), typed, field='site').uuid}"
