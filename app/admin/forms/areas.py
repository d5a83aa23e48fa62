"""Forms about areas: a file of them, their figures, their RW."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from app.admin.rules.rw_lists import MAX_BATCH, read_rws
from app.core.text import Text
from app.places.rules import KEMENDAGRI, FieldOptions
from app.places.rules.coverage import MAX_SLIVER_WIDTH_M, SLIVER_WIDTH_M
from app.places.rules.names import MAX_NAME_LENGTH
from app.places.rules.survey import MAX_PEOPLE
from app.places.service import ImportOptions
from app.places.service.importing import MAX_SOURCE_LENGTH
from app.web.forms import FormError, PageForm, WholeField

REGISTERS: dict[str, Text] = {
    KEMENDAGRI: Text("Kemendagri (kode wilayah resmi)"),
    "bps": Text("BPS, hanya kodenya; batas tidak dibaca"),
}


class OptionsForm(PageForm):
    """How a file of areas is read; sent again with the file's digest when it is carried out."""

    register = SelectField(
        Text("Kode dari"),
        [InputRequired()],
        choices=[SelectChoice(code, name) for code, name in REGISTERS.items()],
        default=KEMENDAGRI,
    )
    source = StringField(
        Text("Sumber"),
        [Optional(), Length(max=MAX_SOURCE_LENGTH)],
        description=Text("Siapa yang membuat batasnya. Kosongkan untuk memakai yang tertulis di berkas."),
    )
    code = StringField(Text("Kolom kode"), [Optional(), Length(max=60)])
    name = StringField(Text("Kolom nama"), [Optional(), Length(max=60)])
    parent = StringField(Text("Kolom induk"), [Optional(), Length(max=60)])
    population = StringField(Text("Kolom penduduk"), [Optional(), Length(max=60)])
    households = StringField(Text("Kolom rumah tangga"), [Optional(), Length(max=60)])

    layer = StringField(
        Text("Layer"),
        [Optional(), Length(max=80)],
        description=Text("Hanya jika berkasnya berisi beberapa layer."),
    )
    crs = StringField(
        Text("Sistem koordinat"),
        [Optional(), Length(max=60)],
        description=Text("Hanya jika berkasnya tidak menyebutnya, misalnya EPSG:32748 untuk UTM zona 48 selatan."),
    )
    sliver_width = WholeField(
        Text("Lebar celah (meter)"),
        [Optional(), NumberRange(min=1, max=int(MAX_SLIVER_WIDTH_M))],
        default=int(SLIVER_WIDTH_M),
        description=Text("Tumpang tindih dan celah antartetangga sampai sekian meter dirapikan sendiri dan disebut di laporan."),
    )

    fields_of = {  # noqa: RUF012 - a ClassVar of the form kit
        "code_field": "code",
        "name_field": "name",
        "parent_field": "parent",
        "population_field": "population",
        "households_field": "households",
    }

    def said(self, field: str) -> str | None:
        """What was typed there; None for nothing."""
        return (self[field].data or "").strip() or None

    def options(self, *, by_account_id: int, is_dry_run: bool, skips_refused: bool = False) -> ImportOptions:
        return ImportOptions(
            FieldOptions(
                code=self.said("code"),
                name=self.said("name"),
                parent=self.said("parent"),
                population=self.said("population"),
                households=self.said("households"),
            ),
            self.register.data,
            self.said("source"),
            is_dry_run=is_dry_run,
            skips_refused=skips_refused,
            sliver_width_m=float(self.sliver_width.data or SLIVER_WIDTH_M),
            by_account_id=by_account_id,
        )


class ImportForm(OptionsForm):
    file = FileField(Text("Berkas wilayah"), [FileRequired(message=Text("Pilih berkasnya dulu."))])


class ApplyAreasForm(OptionsForm):
    digest = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9a-f]{64}$")])
    skip_refused = BooleanField(
        Text("Saya tahu sebagian besar ditolak; muat yang lain"),
    )


def _people(label: Text) -> WholeField:
    return WholeField(
        label,
        [Optional(), NumberRange(min=0, max=MAX_PEOPLE)],
        description=Text("Kosongkan jika belum diketahui."),
    )


class FiguresForm(PageForm):
    population = _people(Text("Penduduk"))
    households = _people(Text("Rumah tangga"))
    source = StringField(
        Text("Sumber dan tanggalnya"),
        [InputRequired(), Length(min=3, max=MAX_SOURCE_LENGTH)],
        description=Text("Misalnya: Dukcapil Kota, semester 1 2026"),
    )


class RenameAreaForm(PageForm):
    name = StringField(Text("Nama"), [InputRequired(), Length(max=MAX_NAME_LENGTH)])
    source = StringField(
        Text("Sumber dan tanggalnya"),
        [InputRequired(), Length(min=3, max=MAX_SOURCE_LENGTH)],
        description=Text("Misalnya: Perda nomor 3 tahun 2026"),
    )


def _are_rws(_form: PageForm, field: StringField) -> None:
    if read_rws(field.data) is None:
        raise FormError(
            Text("Tulis nomornya, misalnya 1-12, 15; paling banyak %(max_batch)s sekaligus.", max_batch=MAX_BATCH),
        )


class AddRwsForm(PageForm):
    rw = StringField(
        Text("RW yang ditambahkan"),
        [InputRequired(), Length(max=400), _are_rws],
        description=Text("Misalnya: 1-12, 15. Yang sudah ada dibiarkan."),
    )
