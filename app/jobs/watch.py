"""Whether anybody does the work that is asked for, told by what waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from app.jobs import queries

LATE = timedelta(minutes=15)
"""A job that could have been begun so long ago tells that no runner lives, or that it cannot keep up."""


class RunnerState(StrEnum):
    """What the queue says of the job runner."""

    WELL = "well"
    BEHIND = "behind"
    """It works, and what waits has waited long."""
    STOPPED = "stopped"
    """Something has waited long and nothing is under way."""
    NEVER = "never"
    """It has not even asked for the work of each day."""


def runner_state(now: datetime, *, oldest_waiting: datetime | None, running: int, knows_daily: bool) -> RunnerState:
    """Whether the runner seems to work, from what waits and since when."""
    is_late = oldest_waiting is not None and now - oldest_waiting > LATE
    if is_late:
        return RunnerState.BEHIND if running else RunnerState.STOPPED
    return RunnerState.WELL if knows_daily else RunnerState.NEVER


def look(session: Session, *, now: datetime) -> RunnerState:
    """The same, asked of the queue; only what is open is read."""
    return runner_state(
        now,
        oldest_waiting=queries.oldest_waiting(session, now=now),
        running=int(queries.is_any_under_way(session, now=now)),
        knows_daily=queries.is_any_open(session) or bool(queries.daily(session)),
    )
