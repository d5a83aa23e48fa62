"""Words that are kept for later readers hold letters alone, none of the signs that steer machines."""

from __future__ import annotations

from wtforms import StringField

from app.web.forms import PageForm, Wrong


def one_line(typed: str | None) -> str | None:
    """The words with single spaces between them, so that spaces alone are nothing."""
    return " ".join(typed.split()) if typed else typed


def is_plain(_form: PageForm, field: StringField) -> None:
    """Whatever stands in the field can be read."""
    if not (field.data or "").isprintable():
        raise Wrong(
            "Ada tanda yang tidak dapat dibaca; tulis ulang.", "There are signs that cannot be read; please write it anew."
        )
