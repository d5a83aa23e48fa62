"""What officers are answered with."""

from __future__ import annotations

from typing_extensions import TypedDict

from app.actions.rules.findings import Level
from app.actions.rules.words import Capacity, Status
from app.web.described import CodeAndName, Moment, Uuid


class QueueSite(TypedDict):
    id: Uuid
    name: str
    distance_m: int | None


class QueueFinding(TypedDict):
    code: str
    level: Level
    sentence: str


class QueueAction(TypedDict):
    """An action as the officers of its place see it."""

    id: Uuid
    programme: str
    status: Status
    person: str
    capacity: Capacity
    observed_at: Moment
    received_at: Moment
    minutes: int | None
    measures: dict[str, int | float | str]
    note: str
    kelurahan: CodeAndName | None
    rw: str | None
    rw_proposed: str | None
    rt: str | None
    site: QueueSite | None
    needs_note: bool
    findings: list[QueueFinding]


class Queue(TypedDict):
    """`next` is the `after` of the next page; null at the end."""

    actions: list[QueueAction]
    next: str | None


class Decided(TypedDict):
    """What became of one action: its stamp, or the problem's code with its sentence in `detail`."""

    action: Uuid
    stamp: Uuid | None
    status: Status | None
    problem: str | None
    detail: str | None


class Decisions(TypedDict):
    results: list[Decided]


class Voided(TypedDict):
    stamp: Uuid
    action: Uuid
    status: Status
    voided_at: Moment | None
