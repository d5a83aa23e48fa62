"""`/admin/lokasi`: schools and workplaces, those that nobody has confirmed first; and new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.admin.forms.questions import sites_question
from app.admin.forms.sites import KIND_NAMES, AddSiteForm
from app.admin.queries import sites as queries
from app.admin.queries.sites import SiteListed, SitesQuestion, SiteState
from app.admin.views.blueprint import blueprint
from app.admin.views.exports import exported
from app.admin.views.filters import Filter, area_filter, filters_of
from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid, NotAllowed
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people.access import me, my_permissions, my_posts, requires
from app.people.rules import ActiveTenure, Permission
from app.places.queries import SiteKind, site_code
from app.sites import service
from app.web.language import said
from app.web.pages import Paging, here_as_file, paging

PAGE_SIZE = 50
MAX_FILE_ROWS = 50_000

STATES: dict[SiteState, Text] = {
    SiteState.UNCONFIRMED: Text("Belum dipastikan"),
    SiteState.CONFIRMED: Text("Sudah dipastikan"),
    SiteState.CLOSED: Text("Ditutup"),
}


@dataclass(frozen=True, slots=True)
class SitesPage:
    found: Sequence[SiteListed]
    asked: SitesQuestion
    filters: tuple[Filter, ...]
    may_add: bool
    paging: Paging
    csv: str


def my_site_posts(session: Session) -> tuple[ActiveTenure, ...]:
    """The posts that bring sites into my reach."""
    return (*my_posts(session, Permission.CONFIRM_SITE), *my_posts(session, Permission.MOVE_SITE))


@blueprint.get("/admin/lokasi")
@requires(Permission.CONFIRM_SITE, Permission.MOVE_SITE)
def sites() -> ResponseReturnValue:
    """The sites within my reach, fifty on a page."""
    session = db.session()
    asked = sites_question(session)
    found, more = queries.listed(session, my_site_posts(session), asked, limit=PAGE_SIZE)
    shown = SitesPage(
        found=found,
        asked=asked,
        filters=filters_of(
            ("keadaan", Text("Status"), [(state.value, name) for state, name in STATES.items()]),
            ("jenis", Text("Jenis"), [(kind.value, name) for kind, name in KIND_NAMES.items()]),
            area_filter(session),
        ),
        may_add=Permission.MOVE_SITE in my_permissions(session),
        paging=paging(is_further=bool(asked.after), more=more),
        csv=here_as_file("admin.sites_csv"),
    )
    return render_template("admin/sites.html", page=shown, kinds=KIND_NAMES, site_code=site_code)


@blueprint.get("/admin/lokasi.csv")
@requires(Permission.CONFIRM_SITE, Permission.MOVE_SITE)
def sites_csv() -> Response:
    """The same as a file, and a line in the audit log."""
    session = db.session()
    found, _ = queries.listed(session, my_site_posts(session), sites_question(session), limit=MAX_FILE_ROWS)
    head = [said(Text("Nama")), said(Text("Jenis")), "NPSN", said(Text("Kode")), "Kelurahan", said(Text("Status"))]
    rows = [
        [
            each.name,
            said(KIND_NAMES[each.kind]),
            each.npsn,
            site_code(each.uuid),
            each.where or None,
            said(STATES[state_of(each)]),
        ]
        for each in found
    ]
    return exported("site.export", "lokasi", head, rows)


def state_of(each: SiteListed) -> SiteState:
    if each.is_closed:
        return SiteState.CLOSED
    return SiteState.CONFIRMED if each.is_confirmed else SiteState.UNCONFIRMED


@blueprint.route("/admin/lokasi/baru", methods=["GET", "POST"])
@requires(Permission.MOVE_SITE)
def add_site() -> ResponseReturnValue:
    """A new school or workplace, still to be confirmed."""
    form = AddSiteForm()
    if form.validate_on_submit():
        try:
            uuid = _added(form)
        except (Invalid, Conflict, NotAllowed) as error:
            _take(form, error)
        else:
            flash(
                said(Text("Tempat ditambahkan. Pastikan letaknya setelah dilihat langsung.")),
                "ok",
            )
            return redirect(url_for("admin.site", uuid=uuid), 303)
    return make_response(render_template("admin/add_site.html", form=form), 422 if form.is_submitted() else 200)


def _added(form: AddSiteForm) -> str:
    by = me()
    with write_transaction(db.session()) as session:
        made = service.add_site(
            session,
            kind=SiteKind(form.kind.data),
            name=form.name.data,
            centre=form.centre,
            radius_m=form.radius,
            npsn=(form.npsn.data or "").strip() or None,
            rw=(form.rw.data or "").strip() or None,
            rt=(form.rt.data or "").strip() or None,
            by=by,
            now=utc_now(),
        )
        return str(made.uuid)


def _take(form: AddSiteForm, error: Invalid | Conflict | NotAllowed) -> None:
    """Onto the fields; an NPSN that is taken belongs to its own."""
    if error.code == "npsn_taken":
        form.npsn.errors = [*form.npsn.errors, error.message]
    else:
        form.take(error)
