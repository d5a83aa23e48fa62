"""Pages as they are answered: with the status of what came of the form."""

from __future__ import annotations

from flask import Response, make_response, render_template

from app.core.errors import Conflict, DomainError
from app.people.forms import KEPT_HINT, NewPasswordForm
from app.people.service import Throttled
from app.web.forms import PageForm


def page(template: str, form: PageForm, **shown: object) -> Response:
    """The page with its form: 422 after one that was sent and not accepted, with the password that was typed kept in it."""
    if form.is_submitted() and isinstance(form, NewPasswordForm):
        form.keep_password()
        if form.kept.data:
            shown["password_hint"] = KEPT_HINT
    return make_response(render_template(template, form=form, **shown), 422 if form.is_submitted() else 200)


def refused(template: str, form: PageForm, error: DomainError, **shown: object) -> Response:
    """The page with what a service refused: on its field, else on the form; who has to wait is told how long."""
    name_field = getattr(form, "name", None)
    if isinstance(error, Conflict) and error.code == "name_taken" and name_field is not None:
        name_field.errors = [*name_field.errors, error.message]
    else:
        form.take(error)
    response = page(template, form, **shown)
    if isinstance(error, Throttled):
        response.status_code = 429
        response.headers["Retry-After"] = str(error.wait_s)
    return response
