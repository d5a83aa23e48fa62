"""`/admin/lokasi/impor`: a table of schools and workplaces, first looked at, then carried out."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from flask import current_app, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.admin.forms.site_tables import ApplySitesForm, SiteTableForm
from app.admin.service import uploads
from app.admin.views.blueprint import blueprint
from app.core.clock import utc_now
from app.core.errors import DomainError
from app.core.spreadsheets import MAX_BYTES, read_sheet
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people.access import me, my_permissions, requires
from app.people.rules import Permission
from app.sites import service
from app.sites.service import SiteOutcome, SitesReport
from app.web.bodies import FORM_BYTES, takes_up_to
from app.web.language import said

MAX_LINES = 1000

OUTCOMES: dict[SiteOutcome, Text] = {
    SiteOutcome.ADDED: Text("ditambahkan"),
    SiteOutcome.COUNTED: Text("siswa dihitung ulang"),
    SiteOutcome.UNCHANGED: Text("tetap"),
    SiteOutcome.REFUSED: Text("ditolak"),
}
_ORDER = list(reversed(SiteOutcome))


@blueprint.route("/admin/lokasi/impor", methods=["GET", "POST"])
@takes_up_to(MAX_BYTES + FORM_BYTES)
@requires(Permission.MOVE_SITE)
def import_sites() -> ResponseReturnValue:
    """The table, and what it would do, row by row. Nothing is changed by looking."""
    form, by, session = SiteTableForm(), me(), db.session()
    if form.validate_on_submit():
        try:
            with closing(form.file.data) as file:
                content = file.read(MAX_BYTES + 1)
            report = service.import_sites(session, read_sheet(content), by=by, is_dry_run=True, now=utc_now())
            digest = uploads.keep(_folder(), by.id, content, now=utc_now())
        except DomainError as error:
            form.take(error)
        else:
            return _told(session, report, ApplySitesForm(formdata=None, data={"digest": digest}))
    page = render_template("admin/import_sites.html", form=form, most_mb=MAX_BYTES // 2**20)
    return make_response(page, 422 if form.is_submitted() else 200)


@blueprint.post("/admin/lokasi/impor/muat")
@requires(Permission.MOVE_SITE)
def apply_sites() -> ResponseReturnValue:
    """The table that was looked at, carried out."""
    form, by = ApplySitesForm(), me()
    if not form.validate_on_submit():
        raise uploads.gone()
    sheet = read_sheet(uploads.kept(_folder(), by.id, form.digest.data))
    with write_transaction(db.session()) as session:
        report = service.import_sites(session, sheet, by=by, confirms=bool(form.confirms.data), now=utc_now())
    uploads.forget(_folder(), by.id, form.digest.data)
    flash(said(Text("Tabel dimuat: %(n)s tempat ditambahkan.", n=report.count(SiteOutcome.ADDED))), "ok")
    if refused := report.count(SiteOutcome.REFUSED):
        flash(said(Text("%(n)s baris ditolak dan dilewati. Perbaiki, lalu muat tabelnya lagi.", n=refused)), "hold")
    return redirect(url_for("admin.sites"), 303)


def _told(session: Session, report: SitesReport, form: ApplySitesForm) -> ResponseReturnValue:
    lines = sorted(report.lines, key=lambda line: (_ORDER.index(line.outcome), line.number))
    counts = [(OUTCOMES[outcome], count) for outcome in SiteOutcome if (count := report.count(outcome))]
    changes = report.count(SiteOutcome.ADDED) + report.count(SiteOutcome.COUNTED)
    return render_template(
        "admin/sites_report.html", lines=lines[:MAX_LINES], more=max(0, len(lines) - MAX_LINES), counts=counts, changes=changes,
        refused=report.count(SiteOutcome.REFUSED), form=form, outcomes=OUTCOMES,
        may_confirm=Permission.CONFIRM_SITE in my_permissions(session),
    )  # fmt: skip


def _folder() -> Path:
    return Path(current_app.config["SETTINGS"].instance) / "imports"
