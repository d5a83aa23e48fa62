"""What somebody says of themselves."""

from __future__ import annotations

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.catalogue import languages
from app.core.text import Text, Verbatim, language_name
from app.notices.rules import HOURS, MORNING_HOURS
from app.people.rules import VISIBILITY, VISIBILITY_HINT
from app.web.forms import PageForm

REMINDER_CHOICES = [SelectChoice(str(hour), f"{hour:02d}.00") for hour in MORNING_HOURS]
HOUR_CHOICES = [SelectChoice(str(hour), f"{hour:02d}.00") for hour in HOURS]


class AccountForm(PageForm):
    full_name = StringField(
        Text("Nama saya"),
        [InputRequired(), Length(max=120)],
        description=Text("Nama yang dibaca orang lain."),
    )
    shown = RadioField(
        Text("Papan peringkat"),
        [InputRequired()],
        choices=[SelectChoice(answer, words) for answer, words in VISIBILITY.items()],
        description=VISIBILITY_HINT,
    )
    language = RadioField(
        Text("Bahasa"),
        [InputRequired()],
        choices=[SelectChoice(each, Verbatim(language_name(each))) for each in languages()],
    )
    reminder_hour = SelectField(
        Text("Pengingat pagi hari program"),
        choices=[SelectChoice("", Text("Jangan ingatkan saya")), *REMINDER_CHOICES],
        description=Text("Hanya pada hari program yang bukan libur, sekali, dan tidak jika Anda sudah mencatat aksi hari itu."),
    )
    notice_hour = SelectField(
        Text("Jam pengingat untuk petugas"),
        [InputRequired()],
        choices=HOUR_CHOICES,
        description=Text("Sekali sehari, jika ada aksi yang menunggu cap Anda. Tidak pernah pada malam hari."),
    )
    """Only for those who stamp."""
