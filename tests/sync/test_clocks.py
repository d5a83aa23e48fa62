"""Phones and a server with wrong clocks, over the wire: what is taken for the time of an action, and what is said of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories.actions import MONDAY, at, body, fix_at
from tests.factories.cast import Cast, make_account
from tests.factories.city import IN_MELATI
from tests.factories.fixtures import Clock
from tests.sync.wire import Sign, address, codes

SEVEN = "2026-11-16T00:05:00+00:00"


def fixed(instant: str) -> dict[str, Any]:
    return fix_at(IN_MELATI, north_m=60) | {"fixed_at": instant}


def clocks(receipt: dict[str, Any]) -> dict[str, str]:
    return {code: level for code, level in codes(receipt).items() if "clock" in code or "time" in code}


@pytest.mark.parametrize(
    ("change", "observed_at", "found", "status"),
    [
        ({"fix": fixed(at(MONDAY, 7, 6))}, SEVEN, {}, "waiting"),
        (
            {"captured_at": at(MONDAY, 9, 5), "sent_at": at(MONDAY, 17, 40), "fix": fixed(at(MONDAY, 7, 6))},
            SEVEN,
            {"clock_corrected": "ok"},
            "waiting",
        ),
        ({"captured_at": at(MONDAY, 9, 5), "sent_at": at(MONDAY, 17, 40)}, SEVEN, {"clock_corrected": "look"}, "waiting"),
        ({"fix": fixed("2026-11-15T11:05:00+07:00")}, SEVEN, {"clock_other_day": "hold"}, "held"),
        ({"fix": fixed(at(MONDAY, 3, 5))}, SEVEN, {"fix_time_off": "look"}, "waiting"),
        ({"sent_at": at(MONDAY, 18, 40), "fix": fixed(at(MONDAY, 7, 6))}, SEVEN, {}, "waiting"),
    ],
    ids=["agree", "the skew is borne out", "the skew alone", "a fix of the day before", "an old fix", "the action is borne out"],
)
def test_two_of_three_witnesses_decide(
    change: dict[str, Any], observed_at: str, found: dict[str, str], status: str, signed_in: Sign, cast: Cast
) -> None:
    receipt = signed_in(cast.budi).put(address(), json=body(**change), status=201).json
    assert (clocks(receipt), receipt["status"]) == (found, status)
    assert abs(_seconds(receipt["observed_at"], observed_at)) < 10


def _seconds(one: str, other: str) -> float:
    return (datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds()


def test_a_server_that_is_three_hours_behind_moves_no_action(signed_in: Sign, cast: Cast, session: Session, clock: Clock) -> None:
    """Its own clock says 12.40 while all phones say 15.40: four are put right by it and looked at, from the fifth on none."""
    clock.now -= timedelta(hours=3)
    receipts = []
    for number in range(6):
        clock.pass_by(minutes=1)
        phone = signed_in(make_account(session, f"warga{number}"))
        sent_at = (clock.now + timedelta(hours=3)).isoformat()
        receipts.append(phone.put(address(), json=body(captured_at=at(MONDAY, 15), sent_at=sent_at), status=201).json)
    assert [clocks(receipt) for receipt in receipts] == [{"clock_corrected": "look"}] * 4 + [{"clock_server": "look"}] * 2
    assert [receipt["observed_at"] for receipt in receipts[4:]] == ["2026-11-16T08:00:00+00:00"] * 2
    assert {receipt["status"] for receipt in receipts} == {"waiting"}, "nothing lies in the future"
    clock.pass_by(minutes=70)
    later = signed_in(cast.budi).put(address(), json=body(sent_at=(clock.now + timedelta(hours=3)).isoformat()), status=201).json
    assert clocks(later) == {"clock_corrected": "look"}


def test_one_account_alone_never_makes_the_server_the_suspect(signed_in: Sign, cast: Cast) -> None:
    sent_at = at(MONDAY, 18, 40)
    for hour in range(5, 12):
        receipt = signed_in(cast.budi).put(address(), json=body(captured_at=at(MONDAY, hour), sent_at=sent_at), status=201).json
        assert "clock_server" not in codes(receipt)
