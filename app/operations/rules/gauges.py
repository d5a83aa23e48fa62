"""Figures of one moment for a program that watches: their names, and labels out of a few fixed words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.operations.rules.milestones import Milestone
from app.operations.rules.state import Disk


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure, or the same of several things: label value -> figure. Without a label the key is empty."""

    name: str
    help: str
    label: str
    values: Mapping[str, float]


def seconds_since(moment: datetime | None, now: datetime) -> float:
    """0 where nothing waits."""
    return max((now - moment).total_seconds(), 0.0) if moment else 0.0


def disk_gauges(disks: Sequence[Disk]) -> list[Gauge]:
    free, total = "sabuk_disk_free_bytes", "sabuk_disk_total_bytes"
    return [
        Gauge(
            free,
            "Free where the folder lies; folders of one disk once, as all.",
            "folder",
            {disk.name: disk.free for disk in disks},
        ),
        Gauge(total, "Size of that disk.", "folder", {disk.name: disk.total for disk in disks}),
    ]


def queue_gauges(
    by_state: Mapping[str, int], *, oldest: datetime | None, counts_due: datetime | None, now: datetime
) -> list[Gauge]:
    jobs = {state: float(count) for state, count in by_state.items() if state != "done"}
    return [
        Gauge("sabuk_jobs", "Jobs of the queue; dead ones were given up.", "state", jobs),
        Gauge("sabuk_job_oldest_seconds", "How long the job that is due has waited.", "", {"": seconds_since(oldest, now)}),
        Gauge(
            "sabuk_counts_due_seconds", "How long the oldest count waits to be folded.", "", {"": seconds_since(counts_due, now)}
        ),
    ]


def slow_gauge(count: int) -> Gauge:
    return Gauge("sabuk_slow_statements_last_day", "Statements of requests over half a second, of 24 hours.", "", {"": count})


def milestone_gauge(reached: Mapping[Milestone, datetime], now: datetime) -> Gauge:
    ages = {milestone.value: seconds_since(at, now) for milestone, at in reached.items()}
    return Gauge(
        "sabuk_milestone_age_seconds", "Since the last backup and the last drill that were written down.", "milestone", ages
    )


def database_gauge(*, answers: bool) -> Gauge:
    return Gauge("sabuk_database_up", "1 where the database answered just now.", "", {"": float(answers)})
