"""Does what was asked for, one job after the other, until it is told to stop.

At least once: a job is begun in one transaction, does its work in transactions of its own, and is done in a last one. Whatever
dies in between begins again.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from queue import Empty, SimpleQueue

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.jobs import queue
from app.jobs.attempts import Try, apart, here
from app.jobs.queue import Claim
from app.jobs.work import MAX_ATTEMPTS, MAX_ENDED, AttemptOutcome, AttemptResult, Handler, Work
from app.processes import STOP

MIN_PAUSE_S = 0.2
MAX_PAUSE_S = 2.0
PAUSE_OF_TROUBLE_S = 5.0

log = logging.getLogger("sabuk.jobs")


class StopSign:
    """Tells a loop to end. May be set by the handler of a sign while the loop waits: nothing in it holds a lock.

    A `threading.Event` does for moments of its `wait`, and a handler that sets it just then waits for itself.
    """

    def __init__(self) -> None:
        self._given: SimpleQueue[None] = SimpleQueue()
        self._is_set = False

    def set(self, *_sign: object) -> None:
        self._is_set = True
        self._given.put(None)

    def is_set(self) -> bool:
        return self._is_set

    def wait(self, timeout_s: float) -> None:
        """Until it is set; for so many seconds at most."""
        if not self._is_set:
            with suppress(Empty):
                self._given.get(timeout=timeout_s)


def run(work: Work, stop: StopSign, trying: Try = apart) -> None:
    """Work until told to stop; the job under way is finished. Needs an application context.

    Each try has a process of its own, so that none holds up the others for longer than it may.
    """
    pause = MIN_PAUSE_S
    is_ready = False
    while not stop.is_set():
        try:
            if not is_ready:
                _begin(work)
                is_ready = True
            pause = 0.0 if run_next(work, trying=trying) else min(max(pause * 1.5, MIN_PAUSE_S), MAX_PAUSE_S)
        except (DBAPIError, PoolTimeout) as error:
            # The database is away or busy; it comes back, and so do the jobs.
            log.error("jobs: %s", type(error).__name__, exc_info=error)
            db.session.rollback()
            pause = PAUSE_OF_TROUBLE_S
        finally:
            db.session.remove()
        stop.wait(pause)


def stop_at_signs() -> StopSign:
    """Set when this process is told to stop."""
    stop = StopSign()
    for sign in STOP:
        signal.signal(sign, stop.set)
    return stop


def _begin(work: Work) -> None:
    now = utc_now()
    session = db.session()
    with write_transaction(session):
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


def run_next(work: Work, clock: Callable[[], datetime] = utc_now, trying: Try = here) -> bool:
    """Do the job that has waited longest; False where nothing is due."""
    session = db.session()
    now = clock()
    if not queue.is_due(session, now):
        session.rollback()
        return False
    who = queue.name_of_this_runner()
    with write_transaction(session):
        job = queue.claim(session, who, now=now)
    if job is not None:
        _do(job, who, work, clock, trying)
    return job is not None


def _do(job: Claim, who: str, work: Work, clock: Callable[[], datetime], trying: Try) -> None:
    if job.attempts > MAX_ATTEMPTS:
        # Its last try did not even come to fail.
        _give_up(job, who, work, None, clock)
        return
    handler = work.handlers.get(job.kind, _UNKNOWN)
    if handler.prepare is not None and trying is not here:
        handler.prepare()

    def is_ours() -> bool:
        return _renew(job, who, clock())

    outcome = trying(lambda: handler.run(job.payload, clock()), handler.limits, is_ours)
    _settle(job, who, work, outcome, clock)


def _unknown(_payload: object, _now: datetime) -> None:
    raise LookupError("nobody handles such jobs: it was asked for by another version of this program")


_UNKNOWN = Handler(_unknown)


def _renew(job: Claim, who: str, now: datetime) -> bool:
    try:
        with write_transaction(db.session()) as session:
            return queue.renew(session, job, who, now=now)
    except (DBAPIError, PoolTimeout) as error:
        # As long as nobody can be asked, nobody else takes it either.
        log.warning("job %s %s: its lease could not be renewed: %s", job.id, job.kind, type(error).__name__)
        return True
    finally:
        db.session.remove()


def _settle(job: Claim, who: str, work: Work, outcome: AttemptOutcome, clock: Callable[[], datetime]) -> None:
    """Write down how the try ended."""
    told = outcome.error or ""
    if outcome.result not in (AttemptResult.DONE, AttemptResult.NOT_YET):
        log.error("job %s %s, try %s: %s: %s", job.id, job.kind, job.attempts, outcome.result.value, told)
    is_last = job.attempts >= {AttemptResult.FAILED: MAX_ATTEMPTS, AttemptResult.ENDED: MAX_ENDED}.get(
        outcome.result, job.attempts + 1
    )
    if is_last:
        _give_up(job, who, work, told, clock)
        return
    with write_transaction(db.session()) as session:
        match outcome.result:
            case AttemptResult.DONE:
                queue.finish(session, job, who, work, now=clock())
            case AttemptResult.NOT_YET:
                queue.retry_later(session, job, who, outcome.after, now=clock())
            case AttemptResult.TROUBLED:
                queue.set_aside(session, job, who, told, now=clock())
            case AttemptResult.FAILED | AttemptResult.ENDED:
                queue.fail(session, job, who, told, now=clock())


def _give_up(job: Claim, who: str, work: Work, error: str | None, clock: Callable[[], datetime]) -> None:
    session = db.session()
    handler = work.handlers.get(job.kind)
    log.error("job %s %s is given up after %s tries: %s", job.id, job.kind, job.attempts, error or "its runners died")
    if handler is not None and handler.give_up is not None:
        try:
            handler.give_up(job.payload, clock())
        except Exception as trouble:
            session.rollback()
            log.error("job %s %s could not be given up", job.id, job.kind, exc_info=trouble)
    with write_transaction(session):
        queue.mark_dead(session, job, who, error, work, now=clock())
    work.tell_dead(job.kind, error or "")
