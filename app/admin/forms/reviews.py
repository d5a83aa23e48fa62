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
    Decision.STANDS: Text("Capnya tetap berlaku", "The stamp remains valid"),
    Decision.VOID: Text("Batalkan capnya; aksinya tidak dihitung lagi", "Cancel the stamp; the action no longer counts"),
}


class DecisionForm(PageForm):
    decision = RadioField(
        Text("Keputusan", "Decision"),
        [InputRequired()],
        choices=[SelectChoice(value=decision.value, label=label) for decision, label in CHOICES.items()],
    )
    reason = TextAreaField(
        Text("Alasan", "Reason"),
        [InputRequired(), Length(max=MAX_NOTE_LENGTH)],
        description=Text(
            "Jika capnya dibatalkan, pemilik aksi membacanya.", "If the stamp is cancelled, the owner of the action reads this."
        ),
    )


def review_mark() -> int | None:
    """The last review of the page before, from the address."""
    text = request.args.get("after", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise invalid("after", "malformed", "Mulailah dari halaman pertama.", "Begin at the first page.")
    return int(text)
