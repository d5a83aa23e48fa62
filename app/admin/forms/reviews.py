"""What somebody decides who has looked again."""

from __future__ import annotations

from flask import request
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.errors import invalid
from app.core.text import Text
from app.reviews.rules import Decision
from app.reviews.service import MAX_NOTE_LENGTH
from app.web.forms import PageForm

CHOICES = {
    Decision.STANDS: Text("Capnya tetap berlaku"),
    Decision.VOID: Text("Batalkan capnya; aksinya tidak dihitung lagi"),
}


class DecisionForm(PageForm):
    decision = RadioField(
        Text("Keputusan"),
        [InputRequired()],
        choices=[SelectChoice(value=decision.value, label=label) for decision, label in CHOICES.items()],
    )
    reason = TextAreaField(
        Text("Alasan"),
        [InputRequired(), Length(max=MAX_NOTE_LENGTH)],
        description=Text("Jika capnya dibatalkan, pemilik aksi membacanya."),
    )


def review_mark() -> int | None:
    """The last review of the page before, from the address."""
    text = request.args.get("after", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise invalid("after", "malformed", Text("Mulailah dari halaman pertama."))
    return int(text)
