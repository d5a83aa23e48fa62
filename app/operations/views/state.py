"""`/admin/keadaan`: how the server stands, for an administrator who is no computer person."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.core.text import Text, Verbatim
from app.database import db
from app.database.schema import newest_revision
from app.database.server import database_name
from app.jobs import queries as jobs
from app.jobs.queries import JobState
from app.operations.queries.state import queue_figures
from app.operations.rules import state as rules
from app.operations.rules.state import Sign, SignLevel
from app.operations.service import milestones
from app.operations.service.slow_statements import SlowStatement
from app.operations.views.blueprint import blueprint
from app.operations.views.reading import disks, settings, slow_of_a_day
from app.people.access import requires
from app.people.rules import Permission

SHOWN = 10


@dataclass(frozen=True, slots=True)
class StatePage:
    level: SignLevel
    signs: Sequence[Sign]
    slowest: Sequence[SlowStatement]
    versions: Sequence[tuple[Text, Text]]


@blueprint.get("/admin/keadaan")
@requires(Permission.SEE_AUDIT)
def state() -> ResponseReturnValue:
    """Each thing that may go wrong, whether it does, and what to do."""
    session, now = db.session(), utc_now()
    slow = slow_of_a_day(now)
    signs = _signs(session, len(slow), now)
    page = StatePage(
        level=rules.worst(signs),
        signs=signs,
        slowest=sorted(slow, key=lambda each: each.ms, reverse=True)[:SHOWN],
        versions=_versions(session),
    )
    return render_template("operations/state.html", page=page)


def _signs(session: Session, slow: int, now: datetime) -> list[Sign]:
    queue = queue_figures(session, now=now)
    return [
        rules.queue_sign(
            oldest=queue.oldest,
            waiting=queue.by_state[JobState.WAITING],
            running=queue.by_state[JobState.RUNNING],
            knows_runner=jobs.is_any_open(session) or bool(jobs.daily(session)),
            now=now,
        ),
        rules.failed_sign(queue.by_state[JobState.DEAD]),
        *map(rules.disk_sign, disks()),
        rules.slow_sign(slow),
        *rules.milestone_signs(milestones.reached(settings().instance), now=now),
    ]


def _versions(session: Session) -> list[tuple[Text, Text]]:
    return [
        (Verbatim("Sabuk Hijau"), Verbatim(version("sabuk-hijau"))),
        (Text("Skema basis data"), Verbatim(newest_revision() or "")),
        (Text("Basis data"), Verbatim(database_name(session))),
        (Verbatim("Python"), Verbatim(platform.python_version())),
    ]
