"""What was asked for, what became of it: for the administrator's page and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, literal, select
from sqlalchemy.orm import Session

from app.jobs.models import Job


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class JobSeen:
    """A job as a person looks at it."""

    id: int
    kind: str
    state: JobState
    attempts: int
    created_at: datetime
    run_after: datetime
    ended_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class KindCounts:
    """How many jobs of one kind are in each state; what was done is remembered for 30 days."""

    kind: str
    waiting: int
    running: int
    done: int
    dead: int


@dataclass(frozen=True, slots=True)
class DailyRun:
    """Work that is asked for again each day: when it was last done, and when it is due."""

    kind: str
    last_done_at: datetime | None
    next_at: datetime | None
    """None: nobody has asked for it, which a runner does when it begins."""


def job(session: Session, job_id: int, *, now: datetime) -> JobSeen | None:
    """The job under its number, as it stands at `now`; None where there is none."""
    found = session.get(Job, job_id, populate_existing=True)
    return _seen(found, now) if found else None


def recent(session: Session, *, now: datetime, state: JobState | None = None, limit: int = 50) -> Sequence[JobSeen]:
    """The latest jobs, newest first; those of one state where it is given."""
    statement = select(Job).order_by(Job.id.desc()).limit(limit)
    if state is not None:
        statement = statement.where(*_in_state(state, now))
    return [_seen(job, now) for job in session.scalars(statement)]


def counts(session: Session, *, now: datetime) -> dict[JobState, int]:
    """How many jobs are in each state."""
    found = {}
    for state in JobState:
        found[state] = session.scalar(select(func.count()).select_from(Job).where(*_in_state(state, now))) or 0
    return found


def count_dead(session: Session) -> int:
    """How many have been given up."""
    return session.scalar(select(func.count()).select_from(Job).where(Job.dead_at.is_not(None))) or 0


def oldest_waiting(session: Session, *, now: datetime) -> datetime | None:
    """Since when the job that waits longest could have been begun; far back means that no runner lives."""
    due = (*_in_state(JobState.WAITING, now), Job.run_after <= now)
    return session.scalars(select(Job.run_after).where(*due).order_by(Job.run_after).limit(1)).first()


def is_any_under_way(session: Session, *, now: datetime) -> bool:
    """Whether some runner has a job in hand."""
    return session.scalar(select(Job.id).where(*_in_state(JobState.RUNNING, now)).limit(1)) is not None


def is_any_open(session: Session) -> bool:
    """Whether a job is neither done nor given up."""
    return session.scalar(select(Job.id).where(Job.done_at.is_(None), Job.dead_at.is_(None)).limit(1)) is not None


def counts_by_kind(session: Session, *, now: datetime) -> tuple[KindCounts, ...]:
    """Every kind of which there is a job, by name."""
    states = (JobState.WAITING, JobState.RUNNING, JobState.DONE, JobState.DEAD)
    columns = (func.sum(case((and_(*_in_state(state, now)), 1), else_=0)) for state in states)
    asked = select(Job.kind, *columns).group_by(Job.kind).order_by(Job.kind)
    return tuple(KindCounts(kind, *(int(count) for count in found)) for kind, *found in session.execute(asked))


def failing(session: Session, *, now: datetime, limit: int) -> Sequence[JobSeen]:
    """Open jobs whose last try failed: they are tried again by themselves, the next one first."""
    asked = select(Job).where(Job.done_at.is_(None), Job.dead_at.is_(None), Job.last_error.is_not(None))
    return [_seen(job, now) for job in session.scalars(asked.order_by(Job.run_after, Job.id).limit(limit))]


def daily(session: Session) -> tuple[DailyRun, ...]:
    """What is done each day, as far as it was ever asked for: its jobs are named by kind and day."""
    is_daily = Job.key.like(Job.kind + literal(" ____-__-__"))
    is_open = and_(Job.done_at.is_(None), Job.dead_at.is_(None))
    asked = (
        select(Job.kind, func.max(Job.done_at), func.min(case((is_open, Job.run_after))))
        .where(is_daily)
        .group_by(Job.kind)
        .order_by(Job.kind)
    )
    return tuple(DailyRun(kind, done, due) for kind, done, due in session.execute(asked))


def _in_state(state: JobState, now: datetime) -> tuple[ColumnElement[bool], ...]:
    if state is JobState.DONE:
        return (Job.done_at.is_not(None),)
    if state is JobState.DEAD:
        return (Job.dead_at.is_not(None),)
    is_open = (Job.done_at.is_(None), Job.dead_at.is_(None))
    if state is JobState.RUNNING:
        return (*is_open, Job.locked_until > now)
    return (*is_open, Job.locked_until.is_(None) | (Job.locked_until <= now))


def _seen(job: Job, now: datetime) -> JobSeen:
    return JobSeen(
        id=job.id,
        kind=job.kind,
        state=_state(job, now),
        attempts=job.attempts,
        created_at=job.created_at,
        run_after=job.run_after,
        ended_at=job.done_at or job.dead_at,
        last_error=job.last_error,
    )


def _state(job: Job, now: datetime) -> JobState:
    if job.done_at is not None:
        return JobState.DONE
    if job.dead_at is not None:
        return JobState.DEAD
    return JobState.RUNNING if job.locked_until is not None and job.locked_until > now else JobState.WAITING
