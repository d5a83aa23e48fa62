"""Jobs as the administration tells of them: what each kind does, and whether anybody does it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.core.text import Text

LATE = timedelta(minutes=15)
"""A job that could have been begun so long ago tells that no runner lives, or that it cannot keep up."""

JOB_NAMES: dict[str, Text] = {
    "integrity.inspect": Text("Membandingkan foto aksi", "Compare an action's photographs"),
    "jobs.forget_done": Text("Melupakan pekerjaan lama", "Forget old jobs"),
    "media.derive": Text("Menyiapkan foto", "Prepare a photograph"),
    "media.sweep": Text("Menghapus foto tanpa aksi", "Sweep photographs without an action"),
    "notices.push": Text("Mengirim pemberitahuan", "Send a notice"),
    "notices.sweep": Text("Merapikan pemberitahuan", "Sweep notices"),
    "people.news": Text("Memberi tahu pemilik akun", "Tell the owner of an account"),
    "stamping.give_back": Text("Mengembalikan aksi yang lama ditahan", "Give back what was held for long"),
    "tallies.fold": Text("Memasukkan hitungan yang sudah boleh tampil", "Fold counts that have become public"),
    "upkeep.follow_rules": Text("Sabuk mengikuti aturan baru", "Let belts follow new rules"),
}


class RunnerState(StrEnum):
    """What the queue says of the job runner."""

    WELL = "well"
    BEHIND = "behind"
    """It works, and what waits has waited long."""
    STOPPED = "stopped"
    """Something has waited long and nothing is under way."""
    NEVER = "never"
    """It has not even asked for the work of each day."""


def job_name(kind: str) -> Text:
    """What jobs of the kind do; one that this version does not know by its own name."""
    return JOB_NAMES.get(kind, Text(kind, kind))


def runner_state(now: datetime, *, oldest_waiting: datetime | None, running: int, knows_daily: bool) -> RunnerState:
    """Whether the runner seems to work, from what waits and since when."""
    is_late = oldest_waiting is not None and now - oldest_waiting > LATE
    if is_late:
        return RunnerState.BEHIND if running else RunnerState.STOPPED
    return RunnerState.WELL if knows_daily else RunnerState.NEVER
