"""Signs that no device measured a position: two of them hold."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.actions.rules.positions import PastFix
from app.actions.rules.words import Source
from app.core.geo import Point
from tests.actions.cases import MONDAY_SEVEN, findings, submission

HERE = Point(107.61872, -6.90249)
NEAR = Point(107.6187201, -6.90249)
"""A centimetre beside it."""
DAY = timedelta(days=1)


def been(point: Point = HERE, accuracy_m: float | None = 12.0, *, ago: timedelta = 2 * DAY) -> PastFix:
    return PastFix(MONDAY_SEVEN - ago, point, accuracy_m)


SIGNS = [
    ("never before", {}, [], None, []),
    ("the same point for the second time", {}, [been()], None, []),
    ("the third time, and the same accuracy", {}, [been(), been(ago=4 * DAY)], None, ["same_point", "same_accuracy"]),
    ("a centimetre beside", {}, [been(NEAR), been(NEAR, ago=4 * DAY)], None, []),
    ("the same point, other accuracies", {}, [been(accuracy_m=9.0), been(ago=4 * DAY)], None, []),
    ("the same point and the centre", {}, [been(accuracy_m=9.0), been(ago=4 * DAY)], HERE, ["same_point", "centre"]),
    ("the centre alone", {}, [], HERE, []),
    ("the centre and the same accuracy", {}, [been(NEAR), been(NEAR, ago=4 * DAY)], HERE, ["same_accuracy", "centre"]),
    ("a cached fix of 60 m", {"accuracy_m": 60.0}, [been(accuracy_m=60.0), been(accuracy_m=60.0, ago=4 * DAY)], None, []),
    (
        "a cached fix of 60 m at the very centre",
        {"accuracy_m": 60.0},
        [been(accuracy_m=60.0), been(accuracy_m=60.0, ago=4 * DAY)],
        HERE,
        ["same_point", "same_accuracy", "centre"],
    ),
    ("all in one sitting", {}, [been(ago=timedelta(minutes=5)), been(ago=timedelta(minutes=9))], None, []),
    ("one sitting two days ago", {}, [been(), been(ago=2 * DAY + timedelta(minutes=20))], None, []),
    (
        "with others between",
        {},
        [been(), been(NEAR, ago=3 * DAY), been(ago=4 * DAY)],
        HERE,
        ["same_point", "same_accuracy", "centre"],
    ),
    ("a pin", {"source": Source.PIN, "accuracy_m": None}, [been(), been(ago=4 * DAY)], HERE, []),
]


@pytest.mark.parametrize(("change", "past", "centre", "signs"), [c[1:] for c in SIGNS], ids=[c[0] for c in SIGNS])
def test_two_signs_hold(change: dict[str, object], past: list[PastFix], centre: Point | None, signs: list[str]) -> None:
    found = findings(submission(**change), site_centre=centre, past_fixes=past)
    told = [finding.values["signs"] for finding in found if finding.code == "position_unlikely"]
    assert told == ([signs] if signs else [])
