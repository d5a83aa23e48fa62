"""Does what was asked for, one job after the other, until it is told to stop.

At least once: a job is begun in one transaction, does its work in transactions of its own, and is done in a last one. Whatever
dies in between begins again.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.core.clock import utc_now
from app.database import db
from app.database.transaction import writing
from app.jobs import queue
from app.jobs.queue import Claim
from app.jobs.work import MOST_ATTEMPTS, NotYet, Run, Work

SHORTEST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 2.0
PAUSE_OF_TROUBLE_S = 5.0

log = logging.getLogger("sabuk.jobs")


def run(work: Work, stop: threading.Event) -> None:
    """Work until the event is set; the job under way is finished. Needs an application context."""
    pause = SHORTEST_PAUSE_S
    is_ready = False
    while not stop.is_set():
        try:
            if not is_ready:
                _begin(work)
                is_ready = True
            pause = 0.0 if run_next(work) else min(max(pause * 1.5, SHORTEST_PAUSE_S), LONGEST_PAUSE_S)
        except (DBAPIError, PoolTimeout) as error:
            # The database is away or busy; it comes back, and so do the jobs.
            log.error("jobs: %s", type(error).__name__, exc_info=error)
            db.session.rollback()
            pause = PAUSE_OF_TROUBLE_S
        finally:
            db.session.remove()
        stop.wait(pause)


def stop_at_signs() -> threading.Event:
    """An event that is set when this process is told to stop."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, lambda *_: stop.set())
    return stop


def _begin(work: Work) -> None:
    now = utc_now()
    session = db.session()
    with writing(session):
        taken = queue.take_back(session, now=now)
        queue.ask_for_daily(session, work, now=now)
    if taken:
        log.warning("took back %s jobs of runners that have died", taken)


def run_due(work: Work, clock: Callable[[], datetime] = utc_now) -> int:
    """Do everything that is due, and end; how many jobs were begun."""
    begun = 0
    while run_next(work, clock):
        begun += 1
    return begun


def run_next(work: Work, clock: Callable[[], datetime] = utc_now) -> bool:
    """Do the job that has waited longest; False where nothing is due."""
    session = db.session()
    now = clock()
    if not queue.is_due(session, now):
        session.rollback()
        return False
    who = queue.name_of_this_runner()
    with writing(session):
        job = queue.claim(session, who, now=now)
    if job is not None:
        _do(job, who, work, clock)
    return job is not None


def _do(job: Claim, who: str, work: Work, clock: Callable[[], datetime]) -> None:
    session = db.session()
    try:
        if job.attempts > MOST_ATTEMPTS:
            # Its last try did not even come to fail.
            _give_up(job, who, work, None, clock)
            return
        _handler(job, work)(job.payload, clock())
        with writing(session):
            queue.finish(session, job, who, work, now=clock())
    except NotYet as early:
        session.rollback()
        with writing(session):
            queue.put_off(session, job, who, early.after, now=clock())
    except Exception as error:
        session.rollback()
        log.error("job %s %s: %s", job.id, job.kind, type(error).__name__, exc_info=error)
        told = f"{type(error).__name__}: {error}"
        if job.attempts >= MOST_ATTEMPTS:
            _give_up(job, who, work, told, clock)
            return
        with writing(session):
            queue.fail(session, job, who, told, now=clock())


def _handler(job: Claim, work: Work) -> Run:
    if job.kind not in work.handlers:
        raise LookupError(f"nobody handles {job.kind}: it was asked for by another version of this program")
    return work.handlers[job.kind].run


def _give_up(job: Claim, who: str, work: Work, error: str | None, clock: Callable[[], datetime]) -> None:
    session = db.session()
    handler = work.handlers.get(job.kind)
    if handler is not None and handler.give_up is not None:
        try:
            handler.give_up(job.payload, clock())
        except Exception as trouble:
            session.rollback()
            log.error("job %s %s could not be given up", job.id, job.kind, exc_info=trouble)
    with writing(session):
        queue.bury(session, job, who, error, work, now=clock())
