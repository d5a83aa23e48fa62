"""Reading programmes: the rules as they stood on a day.

A version is never edited, so its definition is parsed once a process and kept under the digest of its document. Which version
holds is asked of the database each time: one row by an index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from app.database import Base
from app.database.rows import rows
from app.database.transaction import transaction_cache
from app.programmes.models import Pause, Programme, ProgrammeVersion, ReplacementDay
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


_PROGRAMME, _VERSION = (Base.metadata.tables[model.__tablename__] for model in (Programme, ProgrammeVersion))
_VERSIONS: Select[int, int, str, date] = select(
    _VERSION.c.programme_id, _VERSION.c.id, _VERSION.c.digest, _VERSION.c.effective_from
).join_from(_VERSION, _PROGRAMME)
_OF_IT = _VERSIONS.where(_PROGRAMME.c.code == bindparam("code"))
_FIRST = _OF_IT.order_by(_VERSION.c.effective_from).limit(1)
_IN_FORCE = _OF_IT.where(_VERSION.c.effective_from <= bindparam("day")).order_by(_VERSION.c.effective_from.desc()).limit(1)
_ALL = _VERSIONS.order_by(_PROGRAMME.c.id, _VERSION.c.effective_from)
_NUMBERED = _VERSIONS.where(_VERSION.c.id.in_(bindparam("ids", expanding=True)))


def programme_id(session: Session, code: str) -> int | None:
    """The number of the programme with that code ("gps"); None where there is none, or no code looks like that."""
    if not is_code(code):
        return None
    return session.scalars(select(Programme.id).where(Programme.code == code)).one_or_none()


def definition_on(session: Session, code: str, day: date) -> Current | None:
    """The programme by the rules in force on that day; before the first version, by the first."""
    if not is_code(code):
        return None
    row = rows(session, _IN_FORCE, {"code": code, "day": day}).first() or rows(session, _FIRST, {"code": code}).first()
    return _current(session, row) if row else None


def current(session: Session, code: str, today: date) -> Current | None:
    """The programme as it stands today."""
    return definition_on(session, code, today)


def all_current(session: Session, today: date) -> tuple[Current, ...]:
    """Every programme as it stands today, in the order in which they came."""
    in_force: dict[int, Row[int, int, str, date]] = {}
    for row in rows(session, _ALL, {}):
        if row.programme_id not in in_force or row.effective_from <= today:
            in_force[row.programme_id] = row
    return tuple(_current(session, row) for row in in_force.values())


def version(session: Session, version_id: int) -> Current:
    """The programme by exactly this version. Raises KeyError where there is none, which no action's version is."""
    seen: dict[int, Current] = transaction_cache(session).setdefault("programme versions", {})
    if version_id not in seen:
        seen |= versions(session, [version_id])
    return seen[version_id]


def versions(session: Session, version_ids: Iterable[int]) -> dict[int, Current]:
    """The same for many, with one question."""
    found = rows(session, _NUMBERED, {"ids": list(set(version_ids))})
    return {row.id: _current(session, row) for row in found}


def replacement_for(
    session: Session, programme_id: int, day: date, *, site_id: int | None, area_ids: Collection[int]
) -> ReplacementDay | None:
    """What was declared for the site or one of the areas of which the day is either half; None where nothing was."""
    sites = [] if site_id is None else [site_id]
    there = or_(ReplacementDay.site_id.in_(sites), ReplacementDay.area_id.in_(area_ids))
    asked = select(ReplacementDay).where(
        ReplacementDay.programme_id == programme_id, or_(ReplacementDay.day == day, ReplacementDay.moved == day), there
    )
    return session.scalars(asked.order_by(ReplacementDay.id).limit(1)).one_or_none()


def days_instead_of(session: Session, programme_id: int, moved: date) -> list[date]:
    """Every day that anybody declared to take the place of that one."""
    asked = select(ReplacementDay.day).where(ReplacementDay.programme_id == programme_id, ReplacementDay.moved == moved)
    return list(session.scalars(asked.distinct()))


def replacements(
    session: Session, *, site_ids: Collection[int], area_ids: Collection[int], since: date
) -> Sequence[ReplacementDay]:
    """What was declared for these sites and areas of days since then, the latest first."""
    there = or_(ReplacementDay.site_id.in_(site_ids), ReplacementDay.area_id.in_(area_ids))
    asked = select(ReplacementDay).where(there, ReplacementDay.moved >= since)
    return session.scalars(asked.order_by(ReplacementDay.moved.desc(), ReplacementDay.id)).all()


def pauses(session: Session, *, site_ids: Collection[int], area_ids: Collection[int]) -> Sequence[Pause]:
    """The standing pauses of these sites and areas, the latest first."""
    there = or_(Pause.site_id.in_(site_ids), Pause.area_id.in_(area_ids))
    asked = select(Pause).where(there, Pause.withdrawn_at.is_(None))
    return session.scalars(asked.order_by(Pause.first_day.desc(), Pause.id)).all()


def newest(session: Session, code: str) -> Previous | None:
    """The version with the highest number, in force or still to come."""
    numbered = select(ProgrammeVersion).join(Programme).where(Programme.code == code)
    found = session.scalars(numbered.order_by(ProgrammeVersion.version.desc()).limit(1)).first()
    return Previous(found.version, found.effective_from, _definition(session, found.id, found.digest)) if found else None


def is_applied(session: Session, code: str, digest: str) -> bool:
    """Whether some version of the programme says exactly that."""
    asked = select(ProgrammeVersion.id).join(Programme, Programme.id == ProgrammeVersion.programme_id)
    return session.scalars(asked.where(Programme.code == code, ProgrammeVersion.digest == digest)).first() is not None


def _current(session: Session, row: Row[int, int, str, date]) -> Current:
    return Current(row.programme_id, row.id, _definition(session, row.id, row.digest))


def _definition(session: Session, version_id: int, digest: str) -> Definition:
    if digest not in _parsed:
        document = session.scalars(select(ProgrammeVersion.document).where(ProgrammeVersion.id == version_id)).one()
        _parsed[digest] = definition_of(document)
    return _parsed[digest]
