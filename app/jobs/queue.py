"""The queue of jobs: written in the transaction of the cause, claimed by one runner at a time."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.database import Base
from app.database.upsert import unless_there
from app.jobs.models import Job
from app.jobs.work import MAX_TROUBLED, Work, delay, next_time

JOB = Base.metadata.tables[Job.__tablename__]
LEASE = timedelta(minutes=5)
"""How long a runner that says nothing more may have a job for itself."""
RETENTION = timedelta(days=30)
"""How long what was done stays to be looked at."""
MAX_ERROR_LENGTH = 500

_OPEN = (Job.done_at.is_(None), Job.dead_at.is_(None))


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that its runner has for itself for a while."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    """This one counted."""


def enqueue(
    session: Session,
    kind: str,
    payload: Mapping[str, Any],
    *,
    now: datetime,
    run_after: datetime | None = None,
    key: str | None = None,
) -> None:
    """Ask for the work, in the transaction of its cause. The same key asks once: done work stays known for 30 days."""
    row = {"kind": kind, "payload": dict(payload), "key": key, "created_at": now, "run_after": run_after or now, "attempts": 0}
    session.execute(unless_there(session, JOB, "key"), row)


def ask_again(session: Session, kind: str, payload: Mapping[str, Any], key: str, *, now: datetime) -> None:
    """Ask for the work whether or not it was done or given up before; one that waits or is under way stays as it is."""
    ended = or_(JOB.c.done_at.is_not(None), JOB.c.dead_at.is_not(None))
    afresh = {"done_at": None, "dead_at": None, "attempts": 0, "last_error": None, "run_after": now, "payload": dict(payload)}
    if session.execute(update(JOB).where(JOB.c.key == key, ended).values(afresh).returning(JOB.c.id)).first() is None:
        enqueue(session, kind, payload, now=now, key=key)


def is_due(session: Session, now: datetime) -> bool:
    """Whether anything waits to be claimed: a reading, which disturbs nobody."""
    return session.execute(select(Job.id).where(*_due(now)).limit(1)).first() is not None


def claim(session: Session, who: str, *, now: datetime) -> Claim | None:
    """The job that has waited longest, now this runner's; None where nothing is due."""
    oldest = select(Job.id).where(*_due(now)).order_by(Job.run_after, Job.id).limit(1).with_for_update(skip_locked=True)
    claiming = (
        update(JOB)
        .where(JOB.c.id == oldest.scalar_subquery())
        .values(locked_until=now + LEASE, locked_by=who, attempts=JOB.c.attempts + 1)
        .returning(JOB.c.id, JOB.c.kind, JOB.c.payload, JOB.c.attempts)
    )
    row = session.execute(claiming).first()
    return Claim(*row) if row else None


def renew(session: Session, job: Claim, who: str, *, now: datetime) -> bool:
    """The runner still has the job and will for a while; False where another has it by now."""
    mine = update(JOB).where(JOB.c.id == job.id, JOB.c.locked_by == who).values(locked_until=now + LEASE)
    return session.execute(mine.returning(JOB.c.id)).first() is not None


def _due(now: datetime) -> tuple[Any, ...]:
    return (*_OPEN, Job.run_after <= now, or_(Job.locked_until.is_(None), Job.locked_until <= now))


def finish(session: Session, job: Claim, who: str, work: Work, *, now: datetime) -> None:
    """The job is done; a daily one has asked for its next day."""
    _release(session, job, who, done_at=now, last_error=None)
    _ask_for_next(session, job.kind, work, now)


def fail(session: Session, job: Claim, who: str, error: str, *, now: datetime) -> None:
    """The try failed; there will be another, later each time."""
    _release(session, job, who, run_after=now + delay(job.attempts), last_error=error[:MAX_ERROR_LENGTH])


def set_aside(session: Session, job: Claim, who: str, error: str, *, now: datetime) -> None:
    """The machine failed, which says nothing about the job: it is tried again for as long as that takes."""
    counted = min(job.attempts, MAX_TROUBLED)
    _release(session, job, who, run_after=now + delay(counted), attempts=counted, last_error=error[:MAX_ERROR_LENGTH])


def retry_later(session: Session, job: Claim, who: str, after: timedelta, *, now: datetime) -> None:
    """It was too early; that was no try."""
    _release(session, job, who, run_after=now + after, attempts=job.attempts - 1)


def mark_dead(session: Session, job: Claim, who: str, error: str | None, work: Work, *, now: datetime) -> None:
    """The job is given up and stays to be seen; the day after, a daily one is tried afresh."""
    told = {} if error is None else {"last_error": error[:MAX_ERROR_LENGTH]}
    _release(session, job, who, dead_at=now, **told)
    _ask_for_next(session, job.kind, work, now)


def _release(session: Session, job: Claim, who: str, **change: Any) -> None:  # noqa: ANN401 - columns of the job
    """Only the runner that has the job changes it: one that slept through its lease does not."""
    mine = (JOB.c.id == job.id, JOB.c.locked_by == who)
    session.execute(update(JOB).where(*mine).values(locked_until=None, locked_by=None, **change))


def _ask_for_next(session: Session, kind: str, work: Work, now: datetime) -> None:
    if kind in work.daily:
        at = next_time(work.daily[kind], now, work.zone(session))
        enqueue(session, kind, {}, now=now, run_after=at, key=f"{kind} {at.date()}")


def ask_for_daily(session: Session, work: Work, *, now: datetime) -> None:
    """Every daily job has its next run in the queue."""
    waiting = set(session.scalars(select(Job.kind).where(*_OPEN, Job.kind.in_(work.daily))))
    for kind in work.daily.keys() - waiting:
        _ask_for_next(session, kind, work, now)


def name_of_this_runner() -> str:
    return f"{socket.gethostname()[:80]}:{os.getpid()}"


def take_back(session: Session, *, now: datetime) -> int:
    """Jobs of runners of this machine that live no more wait again at once; how many they were.

    Those of other machines wait until their lease has run out. A job whose runner died more than once waits longer each time: it
    may be the job that kills.
    """
    machine = name_of_this_runner().rpartition(":")[0]
    taken = 0
    locked = select(Job).where(*_OPEN, Job.locked_by.startswith(f"{machine}:", autoescape=True))
    for job in session.scalars(locked.with_for_update(skip_locked=True)):
        if job.locked_by is not None and not _lives(job.locked_by):
            job.run_after = now if job.attempts < 2 else now + delay(job.attempts)
            job.locked_until = job.locked_by = None
            taken += 1
    return taken


def _lives(runner: str) -> bool:
    pid = runner.rpartition(":")[2]
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def retry(session: Session, job_id: int, *, now: datetime) -> bool:
    """The job waits again as if it were new; False where it is done, under way or not there."""
    free = or_(JOB.c.locked_until.is_(None), JOB.c.locked_until <= now)
    again = update(JOB).where(JOB.c.id == job_id, JOB.c.done_at.is_(None), free)
    row = session.execute(again.values(dead_at=None, attempts=0, run_after=now).returning(JOB.c.id)).first()
    return row is not None


def dead(session: Session) -> list[int]:
    return list(session.scalars(select(Job.id).where(Job.dead_at.is_not(None)).order_by(Job.id)))


def forget_done(session: Session, *, now: datetime) -> None:
    """What was done 30 days ago need not be remembered."""
    session.execute(delete(JOB).where(JOB.c.done_at < now - RETENTION))
