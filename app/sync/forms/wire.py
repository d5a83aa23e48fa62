"""The only place where wire text becomes a submission."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, JsonValue, model_validator

from app.actions.rules.submission import Fix, PhotoLink, Submission
from app.actions.rules.words import PhotoRole, Source
from app.core.geo import Point, is_on_earth
from app.core.text import Text
from app.places.rules import rt_name, rw_name
from app.web.wire import Wire, WireFieldError

EARLIEST = datetime(2010, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def _in_our_time(value: datetime) -> datetime:
    try:
        instant = value.astimezone(UTC)
    except OverflowError as error:
        raise _unlikely_time() from error
    if not EARLIEST <= instant < LATEST:
        raise _unlikely_time()
    return value


def _unlikely_time() -> WireFieldError:
    return WireFieldError("year", Text("Tahunnya tidak mungkin; periksa jam HP."))


def _text_time(value: object) -> object:
    """Times are text: a number is no time, though some read it as seconds since 1970."""
    if not isinstance(value, str) or re.fullmatch(r"[0-9.+-]*", value):
        raise WireFieldError(
            "datetime_type",
            Text("Isi dengan waktu seperti 2026-11-23T07:05:00+07:00."),
        )
    return value


# Not strict: behind a validator of our own pydantic no longer sees that the text came from JSON.
Instant = Annotated[AwareDatetime, Field(strict=False), AfterValidator(_in_our_time), BeforeValidator(_text_time)]


def _whole(value: object) -> object:
    """12.0 is 12."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_whole)]


def _plain_text(value: str) -> str:
    if "\x00" in value:
        raise WireFieldError("null_character", Text("Ada karakter yang tidak dapat disimpan."))
    return value


def _rw(value: str) -> str:
    name = rw_name(value)
    if name is None:
        raise WireFieldError("rw", Text('RW ditulis dengan angka, misalnya "05".'))
    return name


def _rt(value: str) -> str:
    name = rt_name(value)
    if name is None:
        raise WireFieldError("rt", Text('RT ditulis dengan angka, misalnya "03".'))
    return name


def _known_place(lon: float, lat: float) -> Point:
    point = Point(lon, lat)
    if not is_on_earth(point):
        raise WireFieldError("null_island", Text("Lokasi 0,0 berarti HP belum tahu lokasinya."))
    return point


class FixForm(Wire):
    """A position in degrees, WGS84."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    accuracy_m: float | None = Field(default=None, gt=0, le=1_000_000)
    source: Literal["device", "pin", "photo"]
    fixed_at: Instant | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        _known_place(self.lon, self.lat)
        if self.source == "device" and self.accuracy_m is None:
            raise WireFieldError("accuracy", Text("Lokasi dari HP harus menyebut accuracy_m."))
        if self.source != "device" and self.accuracy_m is not None:
            raise WireFieldError("accuracy", Text("Hanya lokasi dari HP yang punya accuracy_m."))
        return self


class PhotoForm(Wire):
    """A photograph by the SHA-256 of its bytes; when and where it was taken, where the picture itself has lost its EXIF.

    `follows`: the action is taken without waiting for the bytes, which may come within 7 days.
    """

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    role: Literal["before", "after", "detail", "person-free"] | None = None
    taken_at: Instant | None = None
    lon: float | None = Field(default=None, ge=-180, le=180)
    lat: float | None = Field(default=None, ge=-90, le=90)
    follows: bool = False

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            raise WireFieldError("half_a_place", Text("lon dan lat disebut berdua, atau tidak sama sekali."))
        self.link()
        return self

    def link(self) -> PhotoLink:
        point = None if self.lon is None or self.lat is None else _known_place(self.lon, self.lat)
        return PhotoLink(self.sha256, PhotoRole(self.role) if self.role else None, self.taken_at, point, self.follows)


class ActionForm(Wire):
    """The body of PUT /api/v1/actions/{uuid}."""

    programme: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    captured_at: Instant
    sent_at: Instant
    minutes: Whole | None = Field(default=None, ge=0, le=1440)
    fix: FixForm
    site: UUID | None = None
    rt: Annotated[str, AfterValidator(_rt)] | None = None
    rw: Annotated[str, AfterValidator(_rw)] | None = None
    measures: dict[str, JsonValue] = Field(default_factory=dict, max_length=40)
    photos: list[PhotoForm] = Field(default_factory=list, max_length=6)
    on_behalf_of: UUID | None = None
    note: Annotated[str, AfterValidator(_plain_text)] = Field(default="", max_length=1000)

    def submission(self, action_id: UUID) -> Submission:
        return Submission(
            id=action_id,
            programme=self.programme,
            captured_at=self.captured_at,
            sent_at=self.sent_at,
            minutes=self.minutes,
            fix=Fix(
                point=Point(self.fix.lon, self.fix.lat),
                source=Source(self.fix.source),
                accuracy_m=self.fix.accuracy_m,
                fixed_at=self.fix.fixed_at,
            ),
            site=self.site,
            rt=self.rt,
            rw=self.rw,
            measures=self.measures,
            photos=tuple(photo.link() for photo in self.photos),
            on_behalf_of=self.on_behalf_of,
            note=self.note,
        )
