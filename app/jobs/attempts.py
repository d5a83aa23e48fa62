"""One try of a job: here, or in a process of its own, which can be ended and takes no more than it may."""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import time
import warnings
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.core.faults import is_of_the_machine
from app.database import db
from app.database.faults import words_of
from app.jobs.work import AttemptOutcome, AttemptResult, JobLimits, RetryLater
from app.processes import end_with_parent

RENEWAL = timedelta(minutes=1)
"""How often whoever waits for a try says that it is still under way."""
FAREWELL_S = 5.0
"""How long a process may take to end once it has told its outcome, or was killed."""

_STATM = Path("/proc/self/statm")
"""Linux: its first number is the address space of this process, in pages."""

log = logging.getLogger("sabuk.jobs")
_FORK = multiprocessing.get_context("fork")

Try = Callable[[Callable[[], None], JobLimits, Callable[[], bool]], AttemptOutcome]
"""Does the work within the limits. While it lasts, asks now and then whether it is still ours to do."""


def here(work: Callable[[], None], _limits: JobLimits, _is_ours: Callable[[], bool]) -> AttemptOutcome:
    """In this process, without limits."""
    try:
        work()
    except RetryLater as early:
        return AttemptOutcome(AttemptResult.NOT_YET, after=early.after)
    except Exception as error:
        log.error("a job failed: %s", type(error).__name__, exc_info=error)
        return AttemptOutcome(AttemptResult.TROUBLED if _passes(error) else AttemptResult.FAILED, _said_of(error))
    finally:
        db.session.rollback()
    return AttemptOutcome(AttemptResult.DONE)


def _said_of(error: Exception) -> str:
    """Why, for whoever looks after the jobs; of the database no value that it quotes."""
    return words_of(error) if isinstance(error, DBAPIError) else f"{type(error).__name__}: {error}"


def _passes(error: Exception) -> bool:
    """Whether it was the machine or the database, which says nothing about the work."""
    return is_of_the_machine(error) or isinstance(error, OperationalError | PoolTimeout)


def apart(work: Callable[[], None], limits: JobLimits, is_ours: Callable[[], bool]) -> AttemptOutcome:
    """In a process of its own, which is killed when it takes more than it may or is no longer ours."""
    # Two processes on one connection would mix up their answers.
    db.session.remove()
    db.engine.dispose()
    told, telling = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=_in_child, args=(work, limits, telling, os.getpid()))
    with warnings.catch_warnings():
        # Threads of numpy's libraries, which are made to be forked, are counted as if they were ours.
        warnings.simplefilter("ignore", DeprecationWarning)
        child.start()
    telling.close()
    try:
        outcome = _await(child, told, limits, is_ours)
        if outcome.result is not AttemptResult.ENDED:
            child.join(FAREWELL_S)
        return outcome
    finally:
        told.close()
        _end(child)


def _await(child: ForkProcess, told: Connection, limits: JobLimits, is_ours: Callable[[], bool]) -> AttemptOutcome:
    deadline = time.monotonic() + limits.time.total_seconds()
    while not wait([told, child.sentinel], min(max(deadline - time.monotonic(), 0.0), RENEWAL.total_seconds())):
        if time.monotonic() >= deadline:
            return AttemptOutcome(AttemptResult.ENDED, f"took longer than {limits.time}")
        if not is_ours():
            # Another runner has it by now: whatever is told of it here counts no more.
            child.kill()
            return AttemptOutcome(AttemptResult.NOT_YET)
    try:
        outcome: AttemptOutcome = told.recv()
    except EOFError:
        child.join(FAREWELL_S)
        return AttemptOutcome(AttemptResult.ENDED, _why(child.exitcode, limits))
    return outcome


def _why(code: int | None, limits: JobLimits) -> str:
    if code == -signal.SIGXCPU:
        return f"took more than {limits.processor_s} s of the processor"
    return f"its process ended with {signal.Signals(-code).name if code is not None and code < 0 else code}"


def _end(child: ForkProcess) -> None:
    child.kill()
    child.join(FAREWELL_S)
    if child.exitcode is None:
        log.error("process %s of a job does not end: it waits for the machine", child.pid)
    else:
        child.close()


def _in_child(work: Callable[[], None], limits: JobLimits, telling: Connection, parent: int) -> None:
    end_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        return
    _bound(limits)
    telling.send(here(work, limits, lambda: True))
    db.session.remove()
    db.engine.dispose()


def _bound(limits: JobLimits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits.processor_s is not None:
        _limit_resource(resource.RLIMIT_CPU, limits.processor_s)
    if limits.memory is not None and _STATM.exists():
        _limit_resource(resource.RLIMIT_AS, int(_STATM.read_text().split()[0]) * resource.getpagesize() + limits.memory)


def _limit_resource(of: int, maximum: int) -> None:
    _, hard = resource.getrlimit(of)
    resource.setrlimit(of, (maximum if hard == resource.RLIM_INFINITY else min(maximum, hard), hard))
