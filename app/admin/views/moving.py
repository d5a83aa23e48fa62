"""`/admin/lokasi/{uuid}/pindah`: a site's circle lies elsewhere from now on. What that changes is shown before it is done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.admin.forms.sites import MoveSiteForm
from app.admin.queries import sites as queries
from app.admin.views.asking import Confirmation
from app.admin.views.blueprint import blueprint
from app.admin.views.site import CircleThen, circles_of, crumbs, drawing, site_in_reach
from app.admin.views.sites import my_site_posts
from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid, NotAllowed
from app.core.geo import distance_m
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.graphics.circle_maps import Ring
from app.people import queries as people
from app.people.access import me, requires
from app.people.rules import Permission
from app.places import queries as places
from app.sites import queries as sites
from app.sites import service
from app.web.language import said

if TYPE_CHECKING:
    from app.places.models import Site

TITLE = Text("Pindahkan tempat")
SAME = Text("Titik dan radiusnya sama dengan yang sekarang.")


@blueprint.route("/admin/lokasi/<uuid:uuid>/pindah", methods=["GET", "POST"])
@requires(Permission.MOVE_SITE)
def move_site(uuid: UUID) -> ResponseReturnValue:
    """The new circle; then what it changes; then the move."""
    session, now, mine, found = db.session(), utc_now(), me(), site_in_reach(uuid)
    circles = circles_of(session, found, now)
    current = circles[0] if circles and circles[0].valid_until is None else None
    form = MoveSiteForm(data=_as_it_lies(current))
    sends = form.validate_on_submit()
    if not service.may_touch(session, found, Permission.MOVE_SITE, by=mine, now=now):
        raise NotAllowed(NOT_YOURS)
    if sends and current is not None and (form.centre, form.radius) == (current.centre, _own(current)):
        form.form_errors.append(SAME)
        sends = False
    if sends:
        try:
            service.check_new_place(session, found, form.centre, by=mine, now=now)
        except Invalid as error:
            form.take(error)
            sends = False
    if sends and form.sure.data != "ya":
        return _shown(session, found, current, form)
    if sends:
        try:
            with write_transaction(session):
                waiting = queries.waiting_at(session, found.id)
                service.move_site(
                    session, uuid, centre=form.centre, radius_m=form.radius, reason=_reason(form), by=mine, now=utc_now()
                )
        except (Conflict, Invalid, NotAllowed) as error:
            form.take(error)
        else:
            flash(said(_done(waiting)), "ok")
            back = queries.in_reach(session, my_site_posts(session), uuid)
            return redirect(url_for("admin.site", uuid=uuid) if back else url_for("admin.sites"), 303)
    page = render_template(
        "admin/move_site.html", form=form, name=found.name, crumbs=crumbs(found, TITLE), back=url_for("admin.site", uuid=uuid),
        map=drawing(session, found, circles[:1]), current=_on_map(found.name, current),
    )  # fmt: skip
    return make_response(page, 422 if form.is_submitted() else 200)


NOT_YOURS = Text("Anda relawan di tempat ini, jadi orang lain yang memindahkannya.")


def _as_it_lies(current: CircleThen | None) -> dict[str, object]:
    """What the empty form holds: the circle of now."""
    if current is None:
        return {}
    return {"point": f"{current.centre.lat}, {current.centre.lon}", "radius_m": _own(current)}


def _on_map(name: str, current: CircleThen | None) -> str:
    """The circle of now, for the map on which the new one is set."""
    if current is None:
        return "[]"
    return json.dumps([{"name": name, "lon": current.centre.lon, "lat": current.centre.lat, "radius_m": current.radius_m}])


def _own(circle: CircleThen) -> float | None:
    return circle.radius_m if circle.is_own_radius else None


def _reason(form: MoveSiteForm) -> str:
    return " ".join(str(form.reason.data).split())


def _shown(session: Session, found: Site, current: CircleThen | None, form: MoveSiteForm) -> ResponseReturnValue:
    """Both circles on one map, and what the move changes, with the button that does it."""
    usual_m = sites.default_radius_m(session, places.day_at(session, utc_now()))
    then = Ring(form.centre, form.radius or usual_m, "next")
    circles = (current,) if current is not None else ()
    asked = Confirmation(
        title=TITLE,
        text=Text("Lingkaran %(name)s pindah mulai sekarang.", name=found.name),
        label=Text("Ya, pindahkan"),
        back=url_for("admin.move_site", uuid=found.uuid),
        crumbs=crumbs(found, TITLE),
        consequences=_consequences(session, found, current, then),
        drawing=drawing(session, found, circles, then),
    )
    form.sure.data = "ya"
    return make_response(render_template("admin/move_sure.html", asked=asked, form=form))


def _consequences(session: Session, found: Site, current: CircleThen | None, then: Ring) -> tuple[Text, ...]:
    told = []
    if current is not None:
        told.append(_shift(current, then))
    told += _ground(session, found, then)
    told.append(
        Text(
            "Aksi mulai sekarang dinilai dengan lingkaran baru; aksi sebelum ini, juga yang terlambat dikirim, dengan yang lama."
        )
    )
    told.append(_waiting(queries.waiting_at(session, found.id)))
    return tuple(told)


def _shift(current: CircleThen, then: Ring) -> Text:
    metres = distance_m(current.centre, then.centre)
    was, becomes = f"{current.radius_m:.0f}", f"{then.radius_m:.0f}"
    return Text(
        "Titiknya bergeser %(metres)s m; radiusnya %(becomes)s m (sekarang %(was)s m).",
        metres=format(metres, ".0f"),
        becomes=becomes,
        was=was,
    )


def _ground(session: Session, found: Site, then: Ring) -> list[Text]:
    """Where the new centre lies, when it is another kelurahan."""
    ground = places.kelurahan_at(session, then.centre)
    if (ground.kelurahan_id if ground else None) == found.kelurahan_id:
        return []
    if ground is None:
        return [Text("Titik baru di luar semua kelurahan yang tercatat; RW dan RT-nya dikosongkan.")]
    name = people.place_name(session, ground.kelurahan_id, None)
    return [Text("Tempat ini pindah ke %(name)s; RW dan RT-nya dikosongkan.", name=name)]


def _waiting(count: int) -> Text:
    if not count:
        return Text("Tidak ada aksi yang menunggu cap di sini.")
    return Text("%(n)s aksi yang menunggu cap di sini tidak berubah penilaiannya.", n=count)


def _done(waiting: int) -> Text:
    said = _waiting(waiting)
    return Text("Tempat dipindahkan. %(said)s", said=said)
