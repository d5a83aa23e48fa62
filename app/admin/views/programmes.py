"""`/admin/program`: the programmes with all their versions; a change of rules is looked over, compared, then applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.admin.forms.programme_fields import FieldsForm, filled
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
from app.programmes.rules.definition import Definition
from app.programmes.rules.reference import parts_told
from app.programmes.rules.said import badge_said, rules_said, stampers_said
from app.programmes.rules.yaml_text import DEEPEST, MAX_BYTES, MAX_VALUES
from app.programmes.service import checked
from app.rulebook import queries, service
from app.rulebook.queries import Comparison, ProgrammeSeen, VersionRead, VersionSeen
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
    """The field's id and what is wrong with it, of the file as text."""
    fields: FieldsForm | None = None
    """For what cities change most; None: a new programme."""
    is_text_open: bool = True
    newer: VersionSeen | None = None
    """The version that came in since the change was begun, and onto which it is put now."""


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
    return render_template("admin/programmes.html", programmes=queries.all_programmes(db.session(), today=today_here()))


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
    read = queries.version(db.session(), code, number, today=today_here())
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
    read = queries.version(db.session(), code, number, today=today_here())
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
    return _written(queries.programme(db.session(), code, today=today_here()))


def _written(seen: ProgrammeSeen | None) -> ResponseReturnValue:
    form = RulesForm()
    if not form.is_submitted():
        text = queries.text_to_change(db.session(), seen.code, today=today_here()) if seen else ""
        return writing(seen, text, status=200, is_text_open=seen is None)
    content = form.content
    text = content.decode("utf-8-sig", "replace") if isinstance(content, bytes) else content
    if form.again.data:
        return _written_again(seen, text)
    try:
        told = queries.comparison(db.session(), content, today=today_here())
        ask_if_meant(told.definition, seen)
    except Invalid as error:
        return writing(seen, text, status=422, errors=error.errors)
    return differences(told, text, None, 200)


def _written_again(seen: ProgrammeSeen | None, text: str) -> ResponseReturnValue:
    """Back from the differences; onto the newest version, where one came in meanwhile and fields alone were changed."""
    try:
        newest = queries.on_newest(db.session(), text, today=today_here()) if seen else None
    except Invalid:
        newest = None
    return writing(seen, newest or text, status=200, newer=newest is not None)


def ask_if_meant(definition: Definition, seen: ProgrammeSeen | None) -> None:
    """A file for another programme than the one whose page this is was probably pasted by mistake. Raises Invalid."""
    if seen is not None and definition.code != seen.code:
        words = Text("Halaman ini untuk program %(code)s.", code=seen.code)
        raise Invalid([FieldError("code", "other_programme", words)])


def _told(error: FieldError) -> tuple[str, Text]:
    return "text", Text("%(field)s: %(message)s", field=error.field, message=error.message)


def writing(
    seen: ProgrammeSeen | None,
    text: str,
    *,
    status: int,
    errors: Sequence[FieldError] = (),
    fields: FieldsForm | None = None,
    is_text_open: bool = True,
    newer: bool = False,
) -> ResponseReturnValue:
    """The page on which a file is written, with fields that say what the text says; where it says nothing sound, what holds."""
    form = RulesForm(formdata=None)
    form.text.data = text
    if seen is not None and fields is None:
        fields = filled(_sound(text, seen) or checked(queries.text_to_change(db.session(), seen.code, today=today_here()))[1])
    view = WritingView(
        seen=seen,
        form=form,
        errors=tuple(_told(each) for each in errors[:MANY_ERRORS]),
        fields=fields,
        is_text_open=is_text_open,
        newer=seen.versions[0] if newer and seen else None,
    )
    return render_template("admin/programme_writing.html", page=view), status


def _sound(text: str, seen: ProgrammeSeen) -> Definition | None:
    try:
        definition = checked(text)[1]
        ask_if_meant(definition, seen)
    except Invalid:
        return None
    return definition


def differences(
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
    told = queries.comparison(db.session(), form.content, today=today_here())
    if told.definition.code != code:
        raise NotFound
    if not form.validate_on_submit():
        return differences(told, form.content, None, 422, form)
    shown = ShownDiff(digest=form.digest.data or "", base=form.base.data or 0)
    try:
        with write_transaction(db.session()) as session:
            applied = service.bring_in(session, form.content, shown=shown, by_account_id=me().id, now=utc_now())
    except (Conflict, Invalid) as error:
        status = 409 if isinstance(error, Conflict) else 422
        told = queries.comparison(db.session(), form.content, today=today_here())
        return differences(told, form.content, error.message, status)
    since = day(applied.effective_from)
    words = Text("Versi %(version)s diterapkan, berlaku mulai %(since)s.", version=applied.version, since=since)
    flash(said(words), "ok")
    return redirect(url_for("admin.programmes"), 303)


def today_here() -> date:
    return places.day_at(db.session(), utc_now())
