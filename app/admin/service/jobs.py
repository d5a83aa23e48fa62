"""An administrator lets a job be tried again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.errors import Conflict, NotFound
from app.core.text import Text
from app.jobs import queries, queue
from app.jobs.queries import JobState

GONE = Text("Pekerjaan ini tidak ada.")
DONE = Text("Pekerjaan ini sudah selesai.")
RUNNING = Text("Pekerjaan ini sedang berjalan.")


def try_again(session: Session, job_id: int, *, by_account_id: int, now: datetime) -> None:
    """The job waits as if it were new. One that waits so already stays as it is.

    Raises NotFound, or Conflict where it is done or under way.
    """
    seen = queries.job(session, job_id, now=now)
    if seen is None:
        raise NotFound(GONE)
    if seen.state is JobState.WAITING and seen.attempts == 0 and seen.run_after <= now:
        return
    if not queue.retry(session, job_id, now=now):
        raise Conflict(DONE if seen.state is JobState.DONE else RUNNING, seen.state.value)
    audit.note(session, "jobs.retry", f"job:{job_id}", account_id=by_account_id, now=now, kind=seen.kind, tries=seen.attempts)
