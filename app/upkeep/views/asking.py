"""Pages that ask before they do: one template for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, make_response, render_template
from markupsafe import Markup

from app.core.text import Text
from app.web.forms import PageForm


@dataclass(frozen=True, slots=True)
class Asked:
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


def asked_page(asked: Asked, form: PageForm) -> Response:
    """The page; 422 after a form that was sent and not accepted."""
    page = render_template("upkeep/asked.html", asked=asked, form=form)
    return make_response(page, 422 if form.is_submitted() else 200)
