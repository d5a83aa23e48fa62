"""`/admin/program`: the programmes with all their versions; a change of rules is looked over, compared, then applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.admin.forms.programmes import ApplyRulesForm, RulesForm
from app.admin.views.blueprint import blueprint
from app.core.clock import utc_now
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people.access import me, requires
from app.people.rules import Permission
from app.places import queries as places
from app.programmes.rules.reference import parts_told
from app.programmes.rules.said import badge_said, rules_said, stampers_said
from app.programmes.rules.yaml_text import DEEPEST, MAX_BYTES, MAX_VALUES
from app.rulebook import queries, service
from app.rulebook.queries import Comparison, ProgrammeSeen, VersionRead
from app.rulebook.rules import PeopleMoved, Section, people_said, sections
from app.rulebook.service import ShownDiff
from app.web.language import said
from app.web.pages import day

MANY_ERRORS = 50
"""More are not told at once: whoever pasted something else altogether knows by then."""


@dataclass(frozen=True, slots=True)
class VersionView:
    read: VersionRead
    rules: tuple[Text, ...]
    stampers: tuple[tuple[Text, Text], ...]
    badges: tuple[tuple[Text, Text], ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class WritingView:
    """The page on which a file is written."""

    seen: ProgrammeSeen | None
    """None: a new programme."""
    form: RulesForm
    errors: tuple[tuple[str, Text], ...]
    """The field's id and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class DiffView:
    """What somebody says yes or no to."""

    told: Comparison
    people: PeopleMoved | None
    sections: tuple[Section, ...]
    form: ApplyRulesForm
    back: str
    problem: Text | None


@blueprint.get("/admin/program")
@requires(Permission.APPLY_PROGRAMME)
def programmes() -> ResponseReturnValue:
    """Every programme with all its versions and from when to when each holds."""
    return render_template("admin/programmes.html", programmes=queries.all_programmes(db.session(), today=_today()))


@blueprint.get("/admin/program/kunci")
@requires(Permission.APPLY_PROGRAMME)
def programme_keys() -> ResponseReturnValue:
    """The reference of keys: what may stand in a programme's file."""
    reading = {"kilobytes": MAX_BYTES // 1024, "levels": DEEPEST, "entries": MAX_VALUES}
    return render_template("admin/programme_keys.html", parts=parts_told(), reading=reading)


@blueprint.get("/admin/program/<code>/versi/<int:number>")
@requires(Permission.APPLY_PROGRAMME)
def programme_version(code: str, number: int) -> ResponseReturnValue:
    """One version as people say it, what it changed, and its file."""
    read = queries.version(db.session(), code, number, today=_today())
    view = VersionView(
        read=read,
        rules=tuple(rules_said(read.definition)),
        stampers=tuple(stampers_said(read.definition)),
        badges=tuple((badge.name.text, badge_said(badge, read.definition)) for badge in read.definition.badges),
        sections=sections(read.changes),
    )
    return render_template("admin/programme_version.html", page=view)


@blueprint.get("/admin/program/<code>/versi/<int:number>.yaml")
@requires(Permission.APPLY_PROGRAMME)
def programme_file(code: str, number: int) -> ResponseReturnValue:
    """The version as the file that `sabuk programmes` takes."""
    read = queries.version(db.session(), code, number, today=_today())
    response = Response(read.text, mimetype="application/yaml")
    response.headers["Content-Disposition"] = f'attachment; filename="{code}-{number}.yaml"'
    return response


@blueprint.route("/admin/program/tambah-program", methods=["GET", "POST"])
@requires(Permission.APPLY_PROGRAMME)
def new_programme() -> ResponseReturnValue:
    """A programme that is not there yet."""
    return _written(None)


@blueprint.route("/admin/program/<code>/ubah", methods=["GET", "POST"])
@requires(Permission.APPLY_PROGRAMME)
def change_programme(code: str) -> ResponseReturnValue:
    """The rules as they stand, to be changed."""
    return _written(queries.programme(db.session(), code, today=_today()))


def _written(seen: ProgrammeSeen | None) -> ResponseReturnValue:
    form = RulesForm()
    if not form.is_submitted():
        if seen is not None:
            form.text.data = queries.text_to_change(db.session(), seen.code, today=_today())
        return _writing(WritingView(seen, form, ()), 200)
    content = form.content
    form.text.data = content.decode("utf-8-sig", "replace") if isinstance(content, bytes) else content
    if form.again.data:
        return _writing(WritingView(seen, form, ()), 200)
    try:
        told = queries.comparison(db.session(), content, today=_today())
        _ask_if_meant(told, seen)
    except Invalid as error:
        return _writing(WritingView(seen, form, tuple(_told(each) for each in error.errors[:MANY_ERRORS])), 422)
    return _differences(told, form.text.data, None, 200)


def _ask_if_meant(told: Comparison, seen: ProgrammeSeen | None) -> None:
    """A file for another programme than the one whose page this is was probably pasted by mistake."""
    if seen is not None and told.definition.code != seen.code:
        words = Text(f"Halaman ini untuk program {seen.code}.", f"This page is for the programme {seen.code}.")
        raise Invalid([FieldError("code", "other_programme", words)])


def _told(error: FieldError) -> tuple[str, Text]:
    return "text", Text(f"{error.field}: {error.message.id}", f"{error.field}: {error.message.en}")


def _writing(view: WritingView, status: int) -> ResponseReturnValue:
    return render_template("admin/programme_writing.html", page=view), status


def _differences(
    told: Comparison, text: str, problem: Text | None, status: int, form: ApplyRulesForm | None = None
) -> ResponseReturnValue:
    """What the file would change, with everything that saying yes has to carry."""
    form = form or ApplyRulesForm(formdata=None)
    form.text.data, form.digest.data, form.base.data = text, told.digest, told.base
    view = DiffView(
        told=told,
        people=people_said(told.people, told.before.definition.ladder, told.definition.ladder)
        if told.people and told.before
        else None,
        sections=sections(told.changes),
        form=form,
        back=url_for("admin.change_programme", code=told.definition.code) if told.before else url_for("admin.new_programme"),
        problem=problem,
    )
    return render_template("admin/programme_differences.html", page=view), status


@blueprint.post("/admin/program/<code>/terapkan")
@requires(Permission.APPLY_PROGRAMME)
def apply_programme(code: str) -> ResponseReturnValue:
    """Bring into force exactly what the page of differences has shown."""
    form = ApplyRulesForm()
    told = queries.comparison(db.session(), form.content, today=_today())
    if told.definition.code != code:
        raise NotFound
    if not form.validate_on_submit():
        return _differences(told, form.content, None, 422, form)
    shown = ShownDiff(digest=form.digest.data or "", base=form.base.data or 0)
    try:
        with write_transaction(db.session()) as session:
            applied = service.bring_in(session, form.content, shown=shown, by_account_id=me().id, now=utc_now())
    except (Conflict, Invalid) as error:
        status = 409 if isinstance(error, Conflict) else 422
        return _differences(queries.comparison(db.session(), form.content, today=_today()), form.content, error.message, status)
    since = day(applied.effective_from)
    words = Text(
        f"Versi {applied.version} diterapkan, berlaku mulai {since}.",
        f"Version {applied.version} is applied, in force from {since}.",
    )
    flash(said(words), "ok")
    return redirect(url_for("admin.programmes"), 303)


def _today() -> date:
    return places.day_at(db.session(), utc_now())
