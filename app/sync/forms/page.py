"""The form of `/catat`: what the wire takes as JSON, for people without a recorder on their phone."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import SEEK_END
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from werkzeug.datastructures import FileStorage
from wtforms import (
    DateTimeLocalField,
    Field,
    HiddenField,
    MultipleFileField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.actions.rules.submission import Fix, PhotoLink, Submission
from app.actions.rules.words import PhotoRole, Source
from app.core.geo import Point, is_on_earth
from app.core.text import Text
from app.media.rules import MAX_FILE_BYTES
from app.places.queries import SiteAt
from app.places.rules import rw_name
from app.programmes.rules import Definition
from app.programmes.rules.definition import Measure
from app.programmes.rules.measures import choice_name
from app.sync.forms.wire import EARLIEST, LATEST
from app.sync.forms.words import NOWHERE
from app.web.forms import DegreesField, FormError, NumberField, PageForm, WholeField

DEVICE, TYPED = "device", "typed"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MAX_PHOTOS = 6


@dataclass(frozen=True, slots=True)
class Chosen:
    """A photograph as it was chosen on the page."""

    field: str
    file: FileStorage
    role: PhotoRole | None
    """What it shows, by the field in which it was chosen."""


def _in_lines(text: str | None) -> str | None:
    """In the line ends that are stored: browsers send two letters for each."""
    return text and text.replace("\r\n", "\n")


def _size(file: FileStorage) -> int:
    size: int = file.stream.seek(0, SEEK_END)
    file.stream.seek(0)
    return size


def _not_too_large(_form: PageForm, field: MultipleFileField) -> None:
    """As large as the wire takes, each."""
    if any(_size(file) > MAX_FILE_BYTES for file in field.data or () if file):
        most = MAX_FILE_BYTES // 2**20
        raise FormError(Text("Satu foto paling besar %(most)s MB.", most=most))


class RecordForm(PageForm):
    """The fields that every programme has; `record_form` adds minutes and measures."""

    fields_of = {"captured_at": "started", "fix": "where", "fix.lon": "lon", "fix.lat": "lat", "site": "where"}  # noqa: RUF012 - read only

    action_id = HiddenField()
    started = DateTimeLocalField(Text("Mulai pukul"), validators=[InputRequired()])
    where = RadioField(Text("Di mana?"), validators=[InputRequired()])
    lon = DegreesField(Text("Bujur (derajat)"), validators=[Optional()])
    lat = DegreesField(Text("Lintang (derajat)"), validators=[Optional()])
    rw = StringField(Text("RW, jika bukan RW Anda"), validators=[Optional(), Length(max=8)])
    accuracy_m = HiddenField()
    fixed_at = HiddenField()
    photos_before = MultipleFileField(
        Text("Foto sebelum"),
        description=Text("Semua foto paling banyak 6. Jangan potret wajah orang."),
        validators=[_not_too_large],
    )
    photos_after = MultipleFileField(Text("Foto sesudah"), validators=[_not_too_large])
    photos = MultipleFileField(Text("Foto lain"), validators=[_not_too_large])
    note = TextAreaField(Text("Keterangan"), filters=[_in_lines], validators=[Length(max=1000)])

    def validate_action_id(self, field: HiddenField) -> None:
        if not _UUID.fullmatch(field.data or ""):
            # A new number, under which this very form may be sent as often as it likes.
            field.data = str(uuid4())
            raise FormError(Text("Periksa isinya, lalu tekan Simpan lagi."))

    def validate_started(self, field: DateTimeLocalField) -> None:
        if field.data is not None and not EARLIEST.year <= field.data.year < LATEST.year:
            raise FormError(Text("Tahunnya tidak mungkin; periksa jam HP."))

    def validate_where(self, field: RadioField) -> None:
        if field.data in (DEVICE, TYPED) and self._point() is None:
            raise FormError(NOWHERE)

    def validate_rw(self, field: StringField) -> None:
        if field.data and rw_name(field.data) is None:
            raise FormError(Text('RW ditulis dengan angka, misalnya "05".'))

    def validate_photos(self, field: MultipleFileField) -> None:
        """The three fields together hold as many as an action may show; so many files are the last field's fault."""
        if len(self.files()) > MAX_PHOTOS:
            raise FormError(Text("Paling banyak 6 foto untuk satu aksi."))

    def files(self) -> list[Chosen]:
        """The photographs chosen: before, after, others, each in the order chosen."""
        fields = ((self.photos_before, PhotoRole.BEFORE), (self.photos_after, PhotoRole.AFTER), (self.photos, None))
        return [Chosen(field.name, file, role) for field, role in fields for file in field.data or () if file and file.filename]

    def _point(self) -> Point | None:
        if self.lon.data is None or self.lat.data is None:
            return None
        point = Point(float(self.lon.data), float(self.lat.data))
        return point if is_on_earth(point) else None

    def fix(self, sites: Sequence[SiteAt]) -> Fix:
        """The position as it came: from the device, or pinned at a site or by its coordinates."""
        point = self._point()
        if self.where.data == DEVICE and point is not None:
            return Fix(point, Source.DEVICE, _accuracy(self.accuracy_m.data), _instant(self.fixed_at.data))
        if self.where.data == TYPED and point is not None:
            return Fix(point, Source.PIN, None, None)
        chosen = next(site for site in sites if str(site.uuid) == self.where.data)
        return Fix(chosen.centre, Source.PIN, None, None)

    def submission(
        self, definition: Definition, sites: Sequence[SiteAt], zone: str, photos: Sequence[PhotoLink], now: datetime
    ) -> Submission:
        started: datetime = self.started.data
        return Submission(
            id=UUID(self.action_id.data),
            programme=definition.code,
            captured_at=started.replace(tzinfo=ZoneInfo(zone)),
            sent_at=now,
            minutes=self["minutes"].data if definition.minutes else None,
            fix=self.fix(sites),
            site=None,
            rt=None,
            rw=rw_name(self.rw.data) if self.rw.data else None,
            measures=self._measures(definition),
            photos=tuple(photos),
            on_behalf_of=None,
            note=(self.note.data or "").strip().replace("\x00", ""),
        )

    def _measures(self, definition: Definition) -> Mapping[str, object]:
        said = {code: self[code].data for code in definition.measures}
        # A way of weighing says nothing where nothing was weighed.
        used = {m.method_in for code, m in definition.measures.items() if m.method_in and said.get(code)}
        return {
            code: value
            for code, value in said.items()
            if value not in (None, "") and (definition.measures[code].type != "choice" or code in used)
        }


def record_form(definition: Definition, sites: Sequence[SiteAt]) -> RecordForm:
    """The form for one programme and one person's sites."""
    fields: dict[str, Field] = {}
    if definition.minutes is not None:
        fields["minutes"] = WholeField(
            Text("Berapa menit?"),
            default=definition.minutes.shortest,
            validators=[InputRequired(), NumberRange(min=0, max=1440)],
        )
    for code, measure in definition.measures.items():
        fields[code] = _field(measure)
    form: RecordForm = type("RecordForm", (RecordForm,), fields)()
    near = [SelectChoice(str(site.uuid), Text("Di %(name)s", name=site.name)) for site in sites]
    form.where.choices = [
        SelectChoice(DEVICE, Text("Lokasi HP saya")),
        *near,
        SelectChoice(TYPED, Text("Titik di peta atau koordinat")),
    ]
    return form


def _field(measure: Measure) -> Field:
    label = measure.name.text
    if measure.type == "choice":
        choices = [SelectChoice(choice, choice_name(choice)) for choice in measure.choices]
        return RadioField(label, choices=choices, default=measure.default, validators=[Optional()])
    asked = [InputRequired()] if measure.required else [Optional()]
    limits = [*asked, NumberRange(min=measure.smallest, max=measure.largest)]
    if measure.type == "integer":
        return WholeField(label, default=int(measure.smallest) if measure.required else None, validators=limits)
    return NumberField(label, validators=limits)


def _accuracy(text: str | None) -> float:
    """Metres as the device stated them; a device that states none is taken for a coarse one."""
    try:
        metres = float(text or "")
    except ValueError:
        return 1000.0
    return metres if math.isfinite(metres) and 0 < metres <= 1_000_000 else 1000.0


def _instant(text: str | None) -> datetime | None:
    """The positioning system's own time; one that cannot be is left out."""
    try:
        instant = datetime.fromisoformat((text or "").replace("Z", "+00:00"))
        at = instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None
    return at if at is not None and EARLIEST <= at < LATEST else None
