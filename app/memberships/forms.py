"""What somebody says of where they belong, and whoever answers of them."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.core.text import Text
from app.web.forms import PageForm


class NearForm(PageForm):
    """Where somebody stands, for one answer; kept nowhere."""

    lon = HiddenField(validators=[InputRequired(), Length(max=30)])
    lat = HiddenField(validators=[InputRequired(), Length(max=30)])


class AskForm(PageForm):
    site = HiddenField(validators=[InputRequired(), Length(max=40)])
    moves = BooleanField(
        Text("Saya pindah ke sini"),
        description=Text("Tempat yang sekarang berakhir setelah permintaan ini diterima."),
        default=True,
    )


class ResidenceForm(PageForm):
    residence = SelectField(
        Text("Kelurahan tempat tinggal"),
        [Optional()],
        description=Text("Hanya nama kelurahannya, untuk membuka halamannya lebih cepat. Tidak ditampilkan kepada siapa pun."),
    )


class MembershipRefusalForm(PageForm):
    reason = TextAreaField(
        Text("Alasan"),
        [InputRequired(), Length(max=500)],
        description=Text("Dibaca oleh yang meminta."),
    )
