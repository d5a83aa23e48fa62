"""Reading programmes: the rules as they stood on a day.

A version is never edited, so its definition is parsed once a process and kept under the digest of its document. Which version
holds is asked of the database each time: one row by an index.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from app.programmes.models import Programme, ProgrammeVersion
from app.programmes.rules.definition import Definition
from app.programmes.rules.part import is_code
from app.programmes.rules.reading import definition_of
from app.programmes.rules.succession import Previous

_parsed: dict[str, Definition] = {}


@dataclass(frozen=True, slots=True)
class Current:
    """A programme with one version of its rules."""

    programme_id: int
    version_id: int
    definition: Definition


def _versions() -> Select[int, int, str, date]:
    return select(
        ProgrammeVersion.programme_id, ProgrammeVersion.id, ProgrammeVersion.digest, ProgrammeVersion.effective_from
    ).join(Programme)


_OF_IT = _versions().where(Programme.code == bindparam("code"))
_FIRST = _OF_IT.order_by(ProgrammeVersion.effective_from).limit(1)
_IN_FORCE = (
    _OF_IT.where(ProgrammeVersion.effective_from <= bindparam("day")).order_by(ProgrammeVersion.effective_from.desc()).limit(1)
)


def programme_id(session: Session, code: str) -> int | None:
    if not is_code(code):
        return None
    return session.scalars(select(Programme.id).where(Programme.code == code)).one_or_none()


def definition_on(session: Session, code: str, day: date) -> Current | None:
    """The programme by the rules in force on that day; before the first version, by the first."""
    if not is_code(code):
        return None
    row = session.execute(_IN_FORCE, {"code": code, "day": day}).first() or session.execute(_FIRST, {"code": code}).first()
    return _current(session, row) if row else None


def current(session: Session, code: str, today: date) -> Current | None:
    """The programme as it stands today."""
    return definition_on(session, code, today)


def all_current(session: Session, today: date) -> tuple[Current, ...]:
    """Every programme as it stands today, in the order in which they came."""
    held: dict[int, Row[int, int, str, date]] = {}
    for row in session.execute(_versions().order_by(Programme.id, ProgrammeVersion.effective_from)):
        if row.programme_id not in held or row.effective_from <= today:
            held[row.programme_id] = row
    return tuple(_current(session, row) for row in held.values())


def version(session: Session, version_id: int) -> Current:
    """The programme by exactly this version. Raises KeyError where there is none, which no action's version is."""
    return versions(session, [version_id])[version_id]


def versions(session: Session, version_ids: Iterable[int]) -> dict[int, Current]:
    """The same for many, with one question."""
    rows = session.execute(_versions().where(ProgrammeVersion.id.in_(set(version_ids))))
    return {row.id: _current(session, row) for row in rows}


def newest(session: Session, code: str) -> Previous | None:
    """The version with the highest number, in force or still to come."""
    numbered = select(ProgrammeVersion).join(Programme).where(Programme.code == code)
    found = session.scalars(numbered.order_by(ProgrammeVersion.version.desc()).limit(1)).first()
    return Previous(found.version, found.effective_from, _definition(session, found.id, found.digest)) if found else None


def _current(session: Session, row: Row[int, int, str, date]) -> Current:
    return Current(row.programme_id, row.id, _definition(session, row.id, row.digest))


def _definition(session: Session, version_id: int, digest: str) -> Definition:
    if digest not in _parsed:
        document = session.scalars(select(ProgrammeVersion.document).where(ProgrammeVersion.id == version_id)).one()
        _parsed[digest] = definition_of(document)
    return _parsed[digest]
