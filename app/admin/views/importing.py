"""`/admin/wilayah/impor`: a file of areas, first looked at, then carried out. Nothing is changed by looking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from flask import current_app, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.admin.forms.areas import ApplyAreasForm, ImportForm, OptionsForm
from app.admin.rules.outcome_names import OUTCOME_NAMES
from app.admin.service import uploads
from app.admin.views.blueprint import blueprint
from app.core.clock import utc_now
from app.core.errors import DomainError, invalid
from app.core.text import Number, Text
from app.database import db
from app.database.transaction import write_transaction
from app.people.access import me, requires
from app.people.rules import Permission
from app.places import service
from app.places.rules import ImportOutcome, ImportReport, ReportLine, Survey
from app.places.service import ImportOptions
from app.web.bodies import FORM_BYTES, takes_up_to
from app.web.language import said

ROOM_BYTES = 32 * 1024 * 1024
"""What is larger than this is not even read to its end."""
MAX_LINES = 500
_NOTHING_CHANGES = {ImportOutcome.UNCHANGED, ImportOutcome.REFUSED, ImportOutcome.MERGED}


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What a file would do, or has done."""

    lines: tuple[ReportLine, ...]
    """Those refused first, then those that change something; at most five hundred."""
    more: int
    counts: tuple[tuple[Text, int], ...]
    refused: int
    changes: int
    is_applied: bool
    is_mostly_sound: bool
    """What is refused is so little that the rest may be imported without it."""


@blueprint.route("/admin/wilayah/impor", methods=["GET", "POST"])
@takes_up_to(ROOM_BYTES + FORM_BYTES)
@requires(Permission.IMPORT_PLACES)
def import_areas() -> ResponseReturnValue:
    """The file, and what it would do, feature by feature."""
    form, by = ImportForm(), me()
    if form.validate_on_submit():
        try:
            content = _content(form.file.data)
            options = form.options(by_account_id=by.id, is_dry_run=True)
            report, source, notes = _dry_run(content, form, options)
            digest = uploads.keep(_folder(), by.id, content, now=utc_now())
        except DomainError as error:
            form.take(error)
        else:
            apply = ApplyAreasForm(formdata=None, data={**form.data, "digest": digest})
            shown = report_page(report)
            return make_response(_report_page(shown, source, notes, apply))
    page = render_template("admin/import_areas.html", form=form, most_mb=uploads.MAX_BYTES // 2**20)
    return make_response(page, 422 if form.is_submitted() else 200)


@blueprint.post("/admin/wilayah/impor/muat")
@requires(Permission.IMPORT_PLACES)
def apply_areas() -> ResponseReturnValue:
    """The file that was looked at, carried out; the places may have changed since, so the report is made anew."""
    form, by = ApplyAreasForm(), me()
    if not form.validate_on_submit():
        raise uploads.gone()
    content = uploads.kept(_folder(), by.id, form.digest.data)
    options = form.options(by_account_id=by.id, is_dry_run=False, skips_refused=bool(form.skip_refused.data))
    read, source, notes = _surveyed(content, form, options)
    with write_transaction(db.session()) as session:
        report = service.import_survey(session, read, options, source=source, now=utc_now())
    if report.is_applied:
        uploads.forget(_folder(), by.id, form.digest.data)
        count = report_page(report).changes
        flash(said(Text("Berkas dimuat: %(n)s wilayah berubah.", n=count)), "ok")
        if report.refused:
            left_out = len(report.refused)
            flash(said(Text("%(n)s wilayah ditolak dan dilewati. Perbaiki, lalu muat berkasnya lagi.", n=left_out)), "hold")
        return redirect(url_for("admin.areas"), 303)
    shown = report_page(report)
    return make_response(_report_page(shown, source, notes, form), 422)


def _report_page(shown: ReportPage, source: str, notes: Sequence[Text], form: ApplyAreasForm) -> str:
    return render_template("admin/import_report.html", page=shown, source=source, notes=notes, form=form, outcomes=OUTCOME_NAMES)


def _content(file: FileStorage) -> bytes:
    """What the file holds. Raises Invalid for what is larger than a page may take."""
    with closing(file):
        size = file.seek(0, 2)
        if size <= uploads.MAX_BYTES:
            file.seek(0)
            content: bytes = file.read()
            return content
    megabytes = uploads.MAX_BYTES // 2**20
    raise invalid(
        "file",
        "too_large",
        Text(
            "Berkas ini %(size)s MB; lewat halaman ini paling besar %(megabytes)s MB. Bagilah per kecamatan, atau "
            "muat di server dengan sabuk places import.",
            size=Number(size / 2**20),
            megabytes=megabytes,
        ),
    )


def _dry_run(content: bytes, form: OptionsForm, options: ImportOptions) -> tuple[ImportReport, str, Sequence[Text]]:
    read, source, notes = _surveyed(content, form, options)
    session = db.session()
    report = service.import_survey(session, read, options, source=source, now=utc_now())
    session.rollback()
    return report, source, notes


def _surveyed(content: bytes, form: OptionsForm, options: ImportOptions) -> tuple[Survey, str, Sequence[Text]]:
    """The slow part, outside every transaction that writes."""
    told = service.read_bytes(content, form.said("layer"), form.said("crs"))
    return service.read_survey(told.collection, options), service.source_of(told.collection, options), told.notes


def _folder() -> Path:
    return Path(current_app.config["SETTINGS"].instance) / "imports"


def report_page(report: ImportReport) -> ReportPage:
    """The report as a page shows it."""
    ordered = sorted(report.lines, key=_order)
    counted = Counter(outcome for line in report.lines for outcome in line.outcomes)
    return ReportPage(
        lines=tuple(ordered[:MAX_LINES]),
        more=max(0, len(ordered) - MAX_LINES),
        counts=tuple((OUTCOME_NAMES[outcome], counted[outcome]) for outcome in ImportOutcome if counted[outcome]),
        refused=len(report.refused),
        changes=sum(1 for line in report.lines if not _NOTHING_CHANGES.intersection(line.outcomes)),
        is_applied=report.is_applied,
        is_mostly_sound=report.is_mostly_sound,
    )


def _order(line: ReportLine) -> int:
    if ImportOutcome.REFUSED in line.outcomes:
        return 0
    return 2 if line.outcomes == (ImportOutcome.UNCHANGED,) else 1
