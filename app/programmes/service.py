"""Bringing a programme's rules into force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.errors import Conflict, Invalid, invalid
from app.core.identity_numbers import hide_identity_numbers
from app.core.text import Text, says_something
from app.database.upsert import insert_for
from app.places import queries as places
from app.programmes import queries
from app.programmes.models import Pause, Programme, ProgrammeVersion, ReplacementDay
from app.programmes.rules.days import why_not_moved
from app.programmes.rules.definition import Definition
from app.programmes.rules.pauses import why_no_pause
from app.programmes.rules.reading import digest, read
from app.programmes.rules.succession import may_follow
from app.programmes.rules.yaml_text import as_text

MAX_REASON_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Applied:
    """A version that is in the database; new when this call brought it there."""

    programme_id: int
    version_id: int
    code: str
    version: int
    effective_from: date
    is_new: bool


def checked(content: str | bytes | Mapping[str, Any]) -> tuple[dict[str, Any], Definition]:
    """The file as plain values and as a definition. Raises Invalid, one error for each key that is wrong."""
    reading = read(content)
    if reading.definition is None:
        raise Invalid(reading.errors)
    return reading.document, reading.definition


def apply(session: Session, content: str | bytes | Mapping[str, Any], *, applied_by: int | None, now: datetime) -> Applied:
    """Add the file as the programme's next version: its text, which is kept as it is, or its content as plain values.

    The same content again changes nothing. Raises Invalid: the file is wrong, its version is not the next one, or it would
    reach back.
    """
    document, definition = checked(content)
    programme = _programme(session, definition.code, now)
    mark = digest(document)
    known = session.scalars(
        select(ProgrammeVersion).where(ProgrammeVersion.programme_id == programme.id, ProgrammeVersion.digest == mark)
    ).first()
    if known is not None:
        return Applied(programme.id, known.id, programme.code, known.version, known.effective_from, is_new=False)
    errors = may_follow(definition, queries.newest(session, definition.code), today=places.day_at(session, now))
    if errors:
        raise Invalid(errors)
    version = ProgrammeVersion(
        programme_id=programme.id,
        version=definition.version,
        effective_from=definition.effective_from,
        document=document,
        text=None if isinstance(content, Mapping) else as_text(content),
        digest=mark,
        applied_at=now,
        applied_by=applied_by,
    )
    session.add(version)
    session.flush()
    audit.note(
        session,
        "programme.apply",
        f"programme:{definition.code}",
        account_id=applied_by,
        now=now,
        version=definition.version,
        effective_from=definition.effective_from.isoformat(),
        digest=mark,
    )
    return Applied(programme.id, version.id, programme.code, version.version, version.effective_from, is_new=True)


def apply_bundled(session: Session, *, now: datetime) -> tuple[Applied, ...]:
    """Bring in each programme that ships with the software and is not there yet; those that are there stay as they are."""
    return tuple(
        apply(session, text, applied_by=None, now=now)
        for code, text in bundled().items()
        if queries.programme_id(session, code) is None
    )


def bundled() -> dict[str, bytes]:
    """Code -> text of the programme files that ship with the software."""
    folder = resources.files("app.programmes") / "files"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return {file.name.removesuffix(".yaml"): file.read_bytes() for file in files}


def _programme(session: Session, code: str, now: datetime) -> Programme:
    """The programme's row, made where it is missing; locked, so that two versions never come at once."""
    session.execute(
        insert_for(session, Programme).values(code=code, created_at=now).on_conflict_do_nothing(index_elements=["code"])
    )
    return session.scalars(select(Programme).where(Programme.code == code).with_for_update()).one()


@dataclass(frozen=True, slots=True)
class Replacement:
    """A programme's day and the day of its week that takes its place, for one site or one area."""

    current: queries.Current
    moved: date
    day: date
    reason: str
    site_id: int | None = None
    area_id: int | None = None


def move_day(
    session: Session, asked: Replacement, *, account_id: int, tenure_id: int, today: date, now: datetime
) -> ReplacementDay:
    """Write down that the day takes the other's place there.

    Raises Invalid naming `moved`, `day` or `reason`, Conflict where the day was moved before.
    """
    if not says_something(asked.reason):
        raise invalid("reason", "missing", Text("Tulis alasannya."))
    if len(asked.reason) > MAX_REASON_LENGTH:
        raise invalid("reason", "string_too_long", Text("Paling panjang %(max_length)s huruf.", max_length=MAX_REASON_LENGTH))
    if (wrong := why_not_moved(asked.current.definition, asked.moved, asked.day, today)) is not None:
        raise invalid(wrong[0], "not_movable", wrong[1])
    areas = [asked.area_id] if asked.area_id is not None else []
    for day in (asked.moved, asked.day):
        there = queries.replacement_for(session, asked.current.programme_id, day, site_id=asked.site_id, area_ids=areas)
        if there is not None:
            raise Conflict(Text("Untuk hari itu sudah ada hari pengganti."), "moved_before")
    made = ReplacementDay(
        programme_id=asked.current.programme_id,
        site_id=asked.site_id,
        area_id=asked.area_id,
        moved=asked.moved,
        day=asked.day,
        reason=hide_identity_numbers(asked.reason.strip()),
        declared_by=account_id,
        tenure_id=tenure_id,
        declared_at=now,
    )
    session.add(made)
    session.flush()
    audit.note(
        session,
        "programme.move_day",
        _subject(session, asked.site_id, asked.area_id),
        account_id=account_id,
        now=now,
        moved=asked.moved.isoformat(),
        day=asked.day.isoformat(),
        reason=made.reason,
    )
    return made


@dataclass(frozen=True, slots=True)
class PauseAsked:
    """Weeks without programme days, for one site or one area."""

    name: str
    first: date
    last: date
    site_id: int | None = None
    area_id: int | None = None


def declare_pause(session: Session, asked: PauseAsked, *, account_id: int, tenure_id: int, today: date, now: datetime) -> Pause:
    """Write the pause down.

    Raises Invalid naming `name`, `first` or `last`, Conflict where the place has one with some of its days.
    """
    name = hide_identity_numbers(" ".join(asked.name.split()))
    if (wrong := why_no_pause(name, asked.first, asked.last, today)) is not None:
        raise invalid(wrong[0], "no_pause", wrong[1])
    sites = [asked.site_id] if asked.site_id is not None else []
    areas = [asked.area_id] if asked.area_id is not None else []
    for there in queries.pauses(session, site_ids=sites, area_ids=areas):
        if there.first_day <= asked.last and asked.first <= there.last_day:
            raise Conflict(Text('Sebagian hari itu sudah masuk jeda "%(name)s".', name=there.name), "paused_before")
    made = Pause(
        site_id=asked.site_id,
        area_id=asked.area_id,
        name=name,
        first_day=asked.first,
        last_day=asked.last,
        declared_by=account_id,
        tenure_id=tenure_id,
        declared_at=now,
    )
    session.add(made)
    session.flush()
    subject = _subject(session, asked.site_id, asked.area_id)
    days = {"first": asked.first.isoformat(), "last": asked.last.isoformat()}
    audit.note(session, "programme.pause", subject, account_id=account_id, now=now, name=name, **days)
    return made


def withdraw_pause(session: Session, pause: Pause, *, account_id: int, now: datetime) -> None:
    """Take the pause back; twice is as once."""
    if pause.withdrawn_at is None:
        pause.withdrawn_by, pause.withdrawn_at = account_id, now
        session.flush()
        subject = _subject(session, pause.site_id, pause.area_id)
        audit.note(session, "programme.end_pause", subject, account_id=account_id, now=now, name=pause.name)


def _subject(session: Session, site_id: int | None, area_id: int | None) -> str:
    site = places.sites_by_id(session, [site_id])[site_id] if site_id is not None else None
    return f"site:{site.uuid}" if site is not None else f"area:{area_id}"
