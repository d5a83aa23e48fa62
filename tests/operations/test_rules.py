"""When a figure of the server is well, and what is said where it is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.catalogue import INDONESIAN
from app.jobs import watch
from app.operations.rules.milestones import MAX_AGE, Milestone
from app.operations.rules.state import (
    GB,
    LATE,
    MANY_SLOW,
    Disk,
    SignLevel,
    disk_level,
    disk_sign,
    failed_sign,
    milestone_sign,
    queue_sign,
    slow_sign,
    worst,
)

NOW = datetime(2026, 11, 16, 8, 40, tzinfo=UTC)
SECOND = timedelta(seconds=1)

DISKS = [
    (Disk("photographs", 50 * GB, 100 * GB), SignLevel.OK),
    (Disk("photographs", 10 * GB, 100 * GB), SignLevel.OK),
    (Disk("photographs", 10 * GB - 1, 100 * GB), SignLevel.LOOK),
    (Disk("photographs", GB, 2 * GB), SignLevel.OK),
    (Disk("photographs", GB - 1, 2 * GB), SignLevel.LOOK),
    (Disk("photographs", GB // 4, GB), SignLevel.LOOK),
    (Disk("photographs", GB // 4 - 1, GB), SignLevel.DANGER),
    (Disk("photographs", 0, 100 * GB), SignLevel.DANGER),
]


@pytest.mark.parametrize(("disk", "level"), DISKS)
def test_a_disk_is_told_before_it_is_full(disk, level):
    assert disk_level(disk) is level


QUEUES = [
    ({"oldest": None, "running": 0, "knows_runner": True}, SignLevel.OK),
    ({"oldest": NOW - LATE, "running": 0, "knows_runner": True}, SignLevel.OK),
    ({"oldest": NOW - LATE - SECOND, "running": 1, "knows_runner": True}, SignLevel.LOOK),
    ({"oldest": NOW - LATE - SECOND, "running": 0, "knows_runner": True}, SignLevel.DANGER),
    ({"oldest": None, "running": 0, "knows_runner": False}, SignLevel.LOOK),
]


@pytest.mark.parametrize(("given", "level"), QUEUES)
def test_a_queue_that_stands_still_is_told(given, level):
    assert queue_sign(**given, waiting=3, now=NOW).level is level


@pytest.mark.parametrize("milestone", list(Milestone))
@pytest.mark.parametrize(("age", "is_due"), [(None, True), (timedelta(), False), (SECOND, True), (-SECOND, False)])
def test_a_backup_and_a_drill_are_due_again(milestone, age, is_due):
    last = None if age is None else NOW - MAX_AGE[milestone] - age
    assert milestone_sign(milestone, last, now=NOW).level is (SignLevel.LOOK if is_due else SignLevel.OK)


def test_a_milestone_of_the_future_is_told_as_just_now():
    sign = milestone_sign(Milestone.BACKUP, NOW + timedelta(days=1), now=NOW)
    assert sign.told.said(INDONESIAN) == "Terakhir kurang dari satu jam yang lalu."


def test_whatever_is_not_well_says_what_to_do():
    signs = [
        *(disk_sign(disk) for disk, _ in DISKS),
        *(queue_sign(**given, waiting=3, now=NOW) for given, _ in QUEUES),
        *(failed_sign(dead) for dead in (0, 2)),
        *(slow_sign(count) for count in (0, MANY_SLOW - 1, MANY_SLOW)),
        *(milestone_sign(each, last, now=NOW) for each in Milestone for last in (None, NOW)),
    ]
    assert {bool(sign.advice) for sign in signs if sign.level is SignLevel.OK} == {False}
    assert {bool(sign.advice) for sign in signs if sign.level is not SignLevel.OK} == {True}
    assert worst(signs) is SignLevel.DANGER
    assert worst([]) is SignLevel.OK


def test_the_page_and_the_probe_call_the_same_queue_late():
    assert watch.LATE == LATE


def test_space_is_told_in_gigabytes():
    assert disk_sign(Disk("database", 2_500_000_000, 100 * GB)).told.said(INDONESIAN) == "Sisa 2,5 GB dari 100 GB."
