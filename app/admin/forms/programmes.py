"""A change of rules, as the administration types it in."""

from __future__ import annotations

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.core.text import Text
from app.web.forms import FormError, PageForm, WholeField


class RulesForm(PageForm):
    """A programme file, as a file or as text; a file goes before."""

    file = FileField(
        Text("Berkas YAML"),
        [Optional()],
        description=Text("Jika dipilih, yang dipakai isi berkas ini, bukan teks di atas."),
    )
    text = TextAreaField(
        Text("Isi berkas program"),
        [Optional()],
        description=Text("Belum ada yang berubah sebelum Anda menerapkannya."),
    )
    again = HiddenField()
    """Said by the page of differences: back to the text, without looking it over."""

    @property
    def content(self) -> str | bytes:
        """What was given: the file's bytes, else the text as browsers send it, its lines ended as in a file."""
        file = self.file.data
        if isinstance(file, FileStorage) and file.filename:
            given: bytes = file.read()
            return given
        return self.typed

    @property
    def typed(self) -> str:
        """The text alone."""
        return (self.text.data or "").replace("\r\n", "\n")


class ApplyRulesForm(PageForm):
    """Yes to what the page of differences has shown."""

    text = HiddenField(validators=[InputRequired()])
    digest = HiddenField(validators=[InputRequired()])
    base = WholeField(validators=[InputRequired(), NumberRange(min=0)], widget=HiddenInput())
    agreed = BooleanField(Text("Saya sudah membaca perbedaannya"), default=False)

    def validate_agreed(self, field: BooleanField) -> None:
        if not field.data:
            raise FormError(Text("Baca dulu perbedaannya, lalu centang."))

    @property
    def content(self) -> str:
        return (self.text.data or "").replace("\r\n", "\n")
