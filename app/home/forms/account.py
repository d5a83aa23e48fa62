"""What somebody says of themselves."""

from __future__ import annotations

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.text import Language, Text
from app.web.forms import PageForm

SHOWN, HIDDEN = "ya", "tidak"


class AccountForm(PageForm):
    full_name = StringField(
        Text("Nama saya", "My name"),
        [InputRequired(), Length(max=120)],
        description=Text("Nama yang dibaca orang lain.", "The name that others read."),
    )
    shown = RadioField(
        Text("Papan peringkat", "Leaderboards"),
        [InputRequired()],
        choices=[
            SelectChoice(SHOWN, Text("Tampilkan nama saya", "Show my name")),
            SelectChoice(HIDDEN, Text("Jangan tampilkan saya di mana pun", "Show me nowhere")),
        ],
        description=Text(
            "Yang tidak tampil tidak punya peringkat; aksinya tetap dihitung untuk kelurahan.",
            "Who is not shown has no rank; their deeds still count for the kelurahan.",
        ),
    )
    language = RadioField(
        Text("Bahasa", "Language"),
        [InputRequired()],
        choices=[
            SelectChoice(Language.INDONESIAN.value, Text("Bahasa Indonesia", "Bahasa Indonesia")),
            SelectChoice(Language.ENGLISH.value, Text("English", "English")),
        ],
    )
