"""Forms about people: posts, and whether somebody signs in."""

from __future__ import annotations

from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.core.text import Text
from app.people.service.accounts import MAX_NAME_LENGTH
from app.people.service.managing import MAX_REASON_LENGTH
from app.web.forms import PageForm

AS_IT_IS, UNNAMED, ON_NO_BOARD = "nama", "warga", "tidak"
"""What boards show of somebody whose account is closed."""


class SureForm(PageForm):
    """Nothing to fill in: whoever sends it is sure."""


def reason_field() -> TextAreaField:
    return TextAreaField(
        Text("Alasan"),
        [InputRequired(), Length(min=3, max=MAX_REASON_LENGTH)],
        description=Text("Disimpan di log audit."),
    )


class ReasonForm(PageForm):
    reason = reason_field()


class CloseAccountForm(PageForm):
    boards = RadioField(
        Text("Di papan peringkat dan daftar, orang lain membaca"),
        [Optional()],
        choices=[
            SelectChoice(AS_IT_IS, Text("namanya, seperti sekarang")),
            SelectChoice(UNNAMED, Text("“Warga” sebagai ganti namanya")),
            SelectChoice(
                ON_NO_BOARD,
                Text("tidak sama sekali: namanya tidak tampil di papan peringkat"),
            ),
        ],
        default=AS_IT_IS,
    )
    reason = reason_field()


class NameForm(PageForm):
    full_name = StringField(Text("Nama baru"), [InputRequired(), Length(max=MAX_NAME_LENGTH)])
    reason = reason_field()


class EndPostForm(PageForm):
    last_day = DateField(
        Text("Hari terakhir menjabat"),
        [InputRequired()],
        description=Text("Jabatan berlaku sampai akhir hari itu."),
    )
    at_once = BooleanField(
        Text("Akhiri sekarang juga"),
        description=Text("Tanpa menunggu akhir hari; tanggal di atas tidak dipakai."),
    )
    reason = reason_field()


class GivePostForm(PageForm):
    """The fields that the post asks for; the view leaves out the others."""

    area = SelectField(Text("Wilayah"), [InputRequired()])
    site = StringField(
        Text("Sekolah atau tempat kerja"),
        [InputRequired(), Length(max=60)],
        description=Text("NPSN (8 angka) atau kode tempatnya, misalnya 3F9A-12BC."),
    )
    valid_from = DateField(
        Text("Hari pertama menjabat"),
        [Optional()],
        description=Text("Kosongkan jika mulai hari ini."),
    )

    fields_of = {"place": "site", "post": "area"}  # noqa: RUF012 - a ClassVar of the form kit
