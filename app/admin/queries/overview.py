"""What there is, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.models import Action
from app.actions.rules.timing import Suspicion, last_suspicion
from app.actions.rules.words import Status
from app.jobs import queries as jobs
from app.people.models import Account
from app.places import queries as places
from app.places.queries import AreaLevel
from app.programmes.models import Programme, ProgrammeVersion


@dataclass(frozen=True, slots=True)
class AccountCounts:
    accounts: int
    closed: int


@dataclass(frozen=True, slots=True)
class Areas:
    kelurahan: int
    without_population: int


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """Actions of all places that wait for an officer's word."""

    open: int
    oldest: datetime | None
    """When the one that waits longest was received."""
    oldest_where: str
    """Its kelurahan; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A version of a programme that does not hold yet."""

    code: str
    version: int
    effective_from: date


@dataclass(frozen=True, slots=True)
class Jobs:
    dead: int
    oldest_due: datetime | None
    """Since when the job that waits longest could have been begun."""


def people(session: Session) -> AccountCounts:
    counted = select(func.count(), func.count(Account.disabled_at)).select_from(Account)
    accounts, closed = session.execute(counted).one()
    return AccountCounts(accounts, closed)


def areas(session: Session) -> Areas:
    kelurahan = places.areas(session).of_level(AreaLevel.KELURAHAN)
    return Areas(len(kelurahan), sum(1 for area in kelurahan if area.population is None))


def queue(session: Session) -> QueueSummary:
    # Written out in the statement: SQLite takes the indexes of open actions only where it reads the same words there.
    is_open = Action.status.in_(bindparam("open", (Status.WAITING, Status.HELD), expanding=True, literal_execute=True))
    count = session.scalar(select(func.count()).select_from(Action).where(is_open)) or 0
    oldest = session.execute(
        select(Action.received_at, Action.kelurahan_id).where(is_open).order_by(Action.received_at, Action.id).limit(1)
    ).one_or_none()
    where = places.areas(session).by_id.get(oldest.kelurahan_id) if oldest and oldest.kelurahan_id is not None else None
    return QueueSummary(count, oldest.received_at if oldest else None, where.name if where else "")


def clock_suspicion(session: Session, *, now: datetime) -> Suspicion | None:
    """When, within the last day, many phones said that the server's clock is wrong."""
    return last_suspicion(actions.skews(session, since=now - timedelta(days=1)))


def coming(session: Session, today: date) -> list[Coming]:
    """Versions that begin after today, the next one first."""
    asked = (
        select(Programme.code, ProgrammeVersion.version, ProgrammeVersion.effective_from)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .where(ProgrammeVersion.effective_from > today)
        .order_by(ProgrammeVersion.effective_from, Programme.code)
        .limit(20)
    )
    return [Coming(code, version, day) for code, version, day in session.execute(asked)]


def jobs_state(session: Session, *, now: datetime) -> Jobs:
    return Jobs(jobs.count_dead(session), jobs.oldest_waiting(session, now=now))
