"""Forms about sites: added, moved, renamed, closed."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.admin.forms.people import reason_field
from app.core.geo import Point
from app.core.text import Text
from app.places.queries import SiteKind
from app.places.rules.points import MAX_LENGTH, read_point
from app.sites.service.facts import MAX_PUPILS, MAX_RADIUS_M, MAX_SITE_NAME_LENGTH, MIN_RADIUS_M
from app.web.forms import FormError, NumberField, PageForm, WholeField

KIND_NAMES: dict[SiteKind, Text] = {
    SiteKind.SCHOOL: Text("Sekolah"),
    SiteKind.WORKPLACE: Text("Tempat kerja"),
}


def _is_point(_form: PageForm, field: StringField) -> None:
    if read_point(field.data) is None:
        raise FormError(
            Text("Tulis lintang dan bujur di Indonesia, misalnya -6.90249, 107.61872."),
        )


def _name() -> StringField:
    return StringField(Text("Nama"), [InputRequired(), Length(max=MAX_SITE_NAME_LENGTH)])


def _point() -> StringField:
    return StringField(
        Text("Titik tengah (lintang, bujur)"),
        [InputRequired(), Length(max=MAX_LENGTH), _is_point],
        description=Text("Seperti disalin dari aplikasi peta: -6.90249, 107.61872"),
    )


def _radius() -> NumberField:
    return NumberField(
        Text("Radius (meter)"),
        [Optional(), NumberRange(min=int(MIN_RADIUS_M), max=int(MAX_RADIUS_M))],
        description=Text(
            "%(smallest_radius_m)s sampai %(largest_radius_m)s. Kosongkan untuk mengikuti program.",
            smallest_radius_m=format(MIN_RADIUS_M, ".0f"),
            largest_radius_m=format(MAX_RADIUS_M, ".0f"),
        ),
    )


class CircleForm(PageForm):
    point = _point()
    radius_m = _radius()

    fields_of = {"centre": "point"}  # noqa: RUF012 - a ClassVar of the form kit

    @property
    def centre(self) -> Point:
        """The point, in a form that was accepted."""
        read = read_point(self.point.data)
        if read is None:
            raise RuntimeError("the form was not validated")
        return read

    @property
    def radius(self) -> float | None:
        return float(self.radius_m.data) if self.radius_m.data is not None else None


class MoveSiteForm(CircleForm):
    reason = reason_field()
    sure = HiddenField()
    """Filled in once what the move changes was shown."""


class AddSiteForm(CircleForm):
    kind = RadioField(
        Text("Jenis"),
        [InputRequired()],
        choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()],
    )
    name = _name()
    npsn = StringField(
        Text("NPSN"),
        [Optional(), Length(max=20)],
        description=Text("8 angka, hanya untuk sekolah."),
    )
    rw = StringField(Text("RW"), [Optional(), Length(max=10)])
    rt = StringField(Text("RT"), [Optional(), Length(max=10)])


class RenameSiteForm(PageForm):
    name = _name()


class PupilsForm(PageForm):
    pupils = WholeField(
        Text("Jumlah siswa"),
        [Optional(), NumberRange(min=1, max=MAX_PUPILS)],
        description=Text("Kosongkan jika belum diketahui."),
    )
