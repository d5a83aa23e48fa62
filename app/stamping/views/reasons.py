"""The page that asks why, before an action is refused or a stamp taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.errors import Invalid, NotFound
from app.database import db
from app.stamping.views.cards import cards
from app.web.language import said

if TYPE_CHECKING:
    from app.actions.models import Action


def asked_reason_page(template: str, action: Action | None, error: Invalid | None = None) -> ResponseReturnValue:
    """The page that asks for a reason, with the action that it is about; what was typed stays."""
    if action is None:
        raise NotFound
    (card,) = cards(db.session(), [action])
    return render_template(template, card=card, typed=typed_reason(), error=wrong(error)), 422 if error else 200


def wrong(error: Invalid | None) -> str:
    """What is wrong with the reason; empty where nothing is."""
    return said(error.errors[0].message) if error else ""


def typed_reason() -> str:
    """As it was typed, in the line ends that are stored."""
    return request.form.get("alasan", "").replace("\x00", "").replace("\r\n", "\n")
