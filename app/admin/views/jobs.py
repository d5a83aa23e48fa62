"""`/admin/pekerjaan`: what the job runner has done, has to do and could not do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.admin.rules.job_words import job_name
from app.admin.service import jobs as service
from app.admin.views.blueprint import blueprint
from app.core.clock import utc_now
from app.core.errors import Conflict
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.jobs import queries
from app.jobs.queries import DailyRun, JobSeen, JobState, KindCounts
from app.jobs.watch import RunnerState, runner_state
from app.people.access import me, requires
from app.people.rules import Permission
from app.web.language import said

SHOWN = 50
AGAIN = Text("Pekerjaan %(job)s segera dicoba lagi.")


@dataclass(frozen=True, slots=True)
class JobsPage:
    runner: RunnerState
    oldest: datetime | None
    """Since when the job that waits longest could have been begun."""
    kinds: tuple[KindCounts, ...]
    daily: tuple[DailyRun, ...]
    dead: Sequence[JobSeen]
    dead_count: int
    failing: Sequence[JobSeen]


@blueprint.get("/admin/pekerjaan")
@requires(Permission.SEE_AUDIT)
def jobs() -> ResponseReturnValue:
    """The queue by kind, the work of each day, and what failed with its reason."""
    session, now = db.session(), utc_now()
    kinds, daily = queries.counts_by_kind(session, now=now), queries.daily(session)
    oldest = queries.oldest_waiting(session, now=now)
    running = sum(kind.running for kind in kinds)
    shown = JobsPage(
        runner=runner_state(now, oldest_waiting=oldest, running=running, knows_daily=bool(daily)),
        oldest=oldest,
        kinds=kinds,
        daily=daily,
        dead=queries.recent(session, now=now, state=JobState.DEAD, limit=SHOWN),
        dead_count=sum(kind.dead for kind in kinds),
        failing=queries.failing(session, now=now, limit=SHOWN),
    )
    return render_template("admin/jobs.html", page=shown, job_name=job_name)


@blueprint.post("/admin/pekerjaan/<int:job_id>/coba-lagi")
@requires(Permission.SEE_AUDIT)
def try_again(job_id: int) -> ResponseReturnValue:
    """Let the job be tried now."""
    by = me().id
    try:
        with write_transaction(db.session()) as session:
            service.try_again(session, job_id, by_account_id=by, now=utc_now())
    except Conflict as error:
        flash(said(error.message), "look")
    else:
        flash(said(AGAIN.given(job=str(job_id))), "ok")
    return redirect(url_for("admin.jobs"), 303)
