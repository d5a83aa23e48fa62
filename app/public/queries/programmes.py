"""A programme as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.text import Text
from app.programmes import queries as programmes
from app.programmes.models import ProgrammeVersion
from app.programmes.queries import Current
from app.programmes.rules.days import next_meeting
from app.public.queries.city import in_order


@dataclass(frozen=True, slots=True)
class Version:
    """Rules that held, hold or will hold."""

    number: int
    effective_from: date
    is_in_force: bool
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    current: Current
    versions: tuple[Version, ...]
    """The newest first."""
    next_day: date | None
    today: date


@dataclass(frozen=True, slots=True)
class Programmes:
    in_force: tuple[Current, ...]


def programme_page(session: Session, code: str, *, today: date) -> ProgrammePage:
    """The programme as it stands. Raises NotFound."""
    current = programmes.current(session, code, today)
    if current is None:
        raise NotFound(Text("Program ini tidak ada."))
    return ProgrammePage(current, _versions(session, current, today), next_meeting(current.definition, today), today)


def all_programmes(session: Session, *, today: date) -> Programmes:
    return Programmes(in_order(programmes.all_current(session, today)))


def _versions(session: Session, current: Current, today: date) -> tuple[Version, ...]:
    asked = select(ProgrammeVersion.id, ProgrammeVersion.version, ProgrammeVersion.effective_from).where(
        ProgrammeVersion.programme_id == current.programme_id
    )
    return tuple(
        Version(number, effective_from, version_id == current.version_id, effective_from > today)
        for version_id, number, effective_from in session.execute(asked.order_by(ProgrammeVersion.version.desc()))
    )
