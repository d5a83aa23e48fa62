"""Pages that ask before they do: one template for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.core.errors import Conflict, Invalid, NotAllowed
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.web.forms import PageForm
from app.web.pages import said


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is about to be done, in words."""

    title: Text
    text: Text
    label: Text
    """On the button that does it."""
    back: str
    crumbs: Sequence[tuple[str, Text | str]]
    consequences: tuple[Text, ...] = ()
    danger: bool = True
    drawing: Markup | None = None


def ask_then(asked: Confirmation, form: PageForm, act: Callable[[Session], object], *, done: Text) -> ResponseReturnValue:
    """Ask; once it is sent do it in one transaction, say so and go back. What stands against it is told on the form."""
    if form.validate_on_submit():
        try:
            with write_transaction(db.session()) as session:
                act(session)
        except (Conflict, Invalid, NotAllowed) as error:
            form.take(error)
        else:
            flash(said(done), "ok")
            return redirect(asked.back, 303)
    page = render_template("admin/asked.html", asked=asked, form=form)
    return make_response(page, 422 if form.is_submitted() else 200)
