"""What officers send, and what they ask of their queue."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field
from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.core.errors import invalid
from app.core.text import Text
from app.programmes.rules.pauses import MAX_PAUSE_NAME
from app.programmes.service import MAX_REASON_LENGTH
from app.stamping.queries import QueueCursor
from app.stamping.service import MAX_LENGTH
from app.web.arguments import arguments, one_of, whole_number
from app.web.forms import PageForm
from app.web.wire import Wire, WireFieldError

MAX_BATCH = 200
DEFAULT_PAGE_SIZE = 50


def _plain_text(value: str) -> str:
    if "\x00" in value:
        raise WireFieldError("null_character", Text("Ada karakter yang tidak dapat disimpan."))
    return value


Words = Annotated[str, AfterValidator(_plain_text)]


class StampForm(Wire):
    """The body of POST /api/v1/stamps."""

    actions: list[UUID] = Field(min_length=1, max_length=MAX_BATCH)
    note: Words = Field(default="", max_length=1000)


class VoidForm(Wire):
    """The body of POST /api/v1/stamps/{id}/void."""

    reason: Words = Field(max_length=MAX_LENGTH)


class RefusalForm(Wire):
    """The body of POST /api/v1/refusals."""

    actions: list[UUID] = Field(min_length=1, max_length=MAX_BATCH)
    reason: Words = Field(max_length=MAX_LENGTH)


class Age(StrEnum):
    """How long an action has waited for its stamp."""

    NEW = "baru"
    DAYS = "3-hari"
    WEEK = "7-hari"


class Ticked(StrEnum):
    """Which boxes are ticked when the desk opens; none given: those of clean actions."""

    ALL = "semua"
    NONE = "kosong"


@dataclass(frozen=True, slots=True)
class DeskQuestion:
    """What the address asks of the desk, as it was written."""

    programme: str
    doer: UUID | None
    rw: str
    site: UUID | None
    age: Age | None
    ticked: Ticked | None
    after: QueueCursor | None


DESK_FILTERS = ("program", "orang", "rw", "tempat", "umur")


def desk_question() -> DeskQuestion:
    """Whose actions the desk is asked for, of what kind, and after which. Raises Invalid naming the argument."""
    given = arguments((*DESK_FILTERS, "pilih", "after"))
    age = one_of(given, "umur", [age.value for age in Age], default="") if "umur" in given else ""
    ticked = one_of(given, "pilih", [each.value for each in Ticked], default="") if "pilih" in given else ""
    return DeskQuestion(
        programme=given.get("program", ""),
        doer=_uuid(given, "orang", Text("Orang ini tidak dikenal.")),
        rw=given.get("rw", ""),
        site=_uuid(given, "tempat", Text("Tempat ini tidak dikenal.")),
        age=Age(age) if age else None,
        ticked=Ticked(ticked) if ticked else None,
        after=read_mark(given["after"]) if "after" in given else None,
    )


def given_question() -> UUID | None:
    """After which stamp of mine the page begins. Raises Invalid for what is no name of one."""
    return _uuid(arguments(("after",)), "after", Text("Penanda halaman ini tidak dikenal."))


def _uuid(given: Mapping[str, str], name: str, wrong: Text) -> UUID | None:
    try:
        return UUID(given[name]) if name in given else None
    except ValueError as error:
        raise invalid(name, "uuid_parsing", wrong) from error


def queue_question() -> tuple[int, QueueCursor | None]:
    """How many of the queue are asked for, and after which. Raises Invalid naming the argument that is wrong."""
    given = arguments(("limit", "after"))
    after = given.get("after")
    limit = whole_number(given, "limit", minimum=1, maximum=MAX_BATCH, default=DEFAULT_PAGE_SIZE)
    return limit, read_mark(after) if after else None


def page_mark(cursor: QueueCursor) -> str:
    """The cursor as it goes over the wire."""
    text = json.dumps([cursor.attention, cursor.observed_at.isoformat(), cursor.id.hex])
    return base64.urlsafe_b64encode(text.encode()).decode()


def read_mark(mark: str) -> QueueCursor:
    """The cursor that was given out as this mark; Invalid for any other text."""
    try:
        attention, observed_at, action_id = json.loads(base64.urlsafe_b64decode(mark))
        cursor = QueueCursor(attention, datetime.fromisoformat(observed_at), UUID(action_id))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _unknown_mark() from error
    is_ours = type(attention) is int and 0 <= attention <= 2 and cursor.observed_at.tzinfo is not None
    if not is_ours or not 2000 <= cursor.observed_at.year < 2200 or page_mark(cursor) != mark:
        raise _unknown_mark()
    return cursor


def _unknown_mark() -> Exception:
    return invalid("after", "cursor", Text("Penanda halaman ini tidak dikenal."))


class ReplacementForm(PageForm):
    """Which day of the programme another one takes the place of, where, and why."""

    place = SelectField(Text("Berlaku untuk"), [InputRequired()])
    programme = SelectField(Text("Program"), [InputRequired()])
    """Left out where one programme alone has days of its own."""
    moved = SelectField(Text("Hari program yang tidak dapat dijalankan"), [InputRequired()])
    day = DateField(
        Text("Hari penggantinya"),
        [InputRequired()],
        description=Text("Dalam pekan yang sama, paling lambat 7 hari yang lalu."),
    )
    reason = StringField(
        Text("Alasan"),
        [InputRequired(), Length(max=MAX_REASON_LENGTH)],
        description=Text("Misalnya hujan, ujian, atau kerja bakti RW. Semua orang di tempat itu dapat membacanya."),
    )


class PauseForm(PageForm):
    """Where there are no programme days, from when until when, and what that is."""

    place = SelectField(Text("Berlaku untuk"), [InputRequired()])
    name = StringField(
        Text("Nama jeda"),
        [InputRequired(), Length(max=MAX_PAUSE_NAME)],
        description=Text("Misalnya Ramadan atau Ujian. Semua orang di tempat itu dapat membacanya."),
    )
    first = DateField(Text("Hari pertama"), [InputRequired()])
    last = DateField(Text("Hari terakhir"), [InputRequired()])
