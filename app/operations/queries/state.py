"""The figures of how the house stands, read at one moment."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs import queries as jobs
from app.jobs.queries import JobState
from app.operations.rules.state import Disk
from app.tallies.models import TallyPending


@dataclass(frozen=True, slots=True)
class QueueFigures:
    by_state: Mapping[JobState, int]
    oldest: datetime | None
    """Since when the job that waits longest could have been begun."""
    counts_due: datetime | None
    """Since when the oldest count that may be seen waits to be folded in; readers see it all the same."""


def queue_figures(session: Session, *, now: datetime) -> QueueFigures:
    due = select(func.min(TallyPending.public_at)).where(TallyPending.public_at <= now)
    return QueueFigures(
        by_state=jobs.counts(session, now=now),
        oldest=jobs.oldest_waiting(session, now=now),
        counts_due=session.scalar(due),
    )


def disks(folders: Mapping[str, Path]) -> Sequence[Disk]:
    """What is free where each folder lies; folders of one disk once, as "all"."""
    found: dict[int, Disk] = {}
    for name, folder in folders.items():
        with suppress(OSError):
            there = next(each for each in (folder, *folder.parents) if each.exists())
            usage = shutil.disk_usage(there)
            device = os.stat(there).st_dev
            found[device] = Disk("all" if device in found else name, usage.free, usage.total)
    return list(found.values())
