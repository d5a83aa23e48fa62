"""`/admin/program/<code>/isian`: what cities change most, typed into fields; it goes on to the very differences of a file."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.admin.forms.programme_fields import FIRST_DAY, FieldsForm, fields_form
from app.admin.forms.programmes import RulesForm
from app.admin.views.blueprint import blueprint
from app.admin.views.programmes import ask_if_meant, differences, today_here, writing
from app.core.errors import Invalid
from app.database import db
from app.people.access import requires
from app.people.rules import Permission
from app.programmes.rules.editing import with_values
from app.programmes.rules.often_changed import moved
from app.programmes.service import checked
from app.rulebook import queries
from app.rulebook.queries import ProgrammeSeen


@blueprint.post("/admin/program/<code>/isian")
@requires(Permission.APPLY_PROGRAMME)
def change_by_fields(code: str) -> ResponseReturnValue:
    """The file that stood behind the fields, with the values that were typed, beside the newest version."""
    seen = queries.programme(db.session(), code, today=today_here())
    text = RulesForm().typed
    try:
        definition = checked(text)[1]
        ask_if_meant(definition, seen)
    except Invalid as error:
        return writing(seen, text, status=422, errors=error.errors)
    fields = fields_form(definition)()
    if not fields.validate():
        return writing(seen, text, status=422, fields=fields, is_text_open=False)
    values = moved(definition, fields.typed())
    return _compared(seen, fields, with_values(text, {**values, FIRST_DAY: fields.first_day}), text)


def _compared(seen: ProgrammeSeen, fields: FieldsForm, text: str, before: str) -> ResponseReturnValue:
    """The differences; back to the fields where a rule says no, or where a newer version has come in meanwhile."""
    try:
        told = queries.comparison(db.session(), text, today=today_here())
    except Invalid as error:
        fields.take(error)
        return writing(seen, before, status=422, fields=fields, is_text_open=False)
    newest = queries.on_newest(db.session(), text, today=today_here())
    if newest is not None:
        return writing(seen, newest, status=409, is_text_open=False, newer=True)
    late = [error for error in told.refused if error.field == FIRST_DAY[0]]
    if late and len(late) == len(told.refused):
        fields.take(Invalid(late))
        return writing(seen, before, status=422, fields=fields, is_text_open=False)
    return differences(told, text, None, 200)
