"""When was it really?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions.rules.findings import Level
from app.actions.rules.timing import timing
from tests.actions.cases import MONDAY_SEVEN, SENT, submission

M, H, D = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

SKEWS = [
    ("right", 0 * M, "clock_ok", 0 * M),
    ("two minutes ahead", 2 * M, "clock_ok", 0 * M),
    ("two minutes behind", -2 * M, "clock_ok", 0 * M),
    ("three hours ahead", 3 * H, "clock_corrected", 3 * H),
    ("three hours behind", -3 * H, "clock_corrected", -3 * H),
    ("a day ahead", 24 * H, "clock_corrected", 24 * H),
    ("more than a day ahead", 24 * H + M, "clock_wrong", 0 * M),
    ("two days behind", -2 * D, "clock_wrong", 0 * M),
]


@pytest.mark.parametrize(("ahead", "code", "taken_off"), [c[1:] for c in SKEWS], ids=[c[0] for c in SKEWS])
def test_the_phone_clock_is_put_right_up_to_a_day(ahead: timedelta, code: str, taken_off: timedelta) -> None:
    when = timing(submission(captured_at=MONDAY_SEVEN + ahead, sent_at=SENT + ahead), SENT)
    assert when.finding.code == code
    assert when.observed_at == MONDAY_SEVEN + ahead - taken_off
    assert (when.finding.level is Level.HOLD) == (code == "clock_wrong")


WITNESSED = [
    ("the fix agrees, the skew is applied", 3 * H, 3 * H, 3 * H, "clock_corrected", 0 * M),
    ("wrong at the deed and when sending, the fix knows better", 3 * H, 0 * H, 3 * H, "clock_corrected", 0 * M),
    ("wrong at the deed, right when sending", 3 * H, 0 * H, 0 * H, "clock_corrected", 0 * M),
    ("right at the deed, wrong when sending, the fix agrees with the deed", 0 * H, 0 * H, 0 * H, "clock_ok", 0 * M),
    ("two days wrong at the deed, right when sending", -2 * D, 0 * H, 0 * H, "clock_wrong", -2 * D),
]


@pytest.mark.parametrize(
    ("at_deed", "fix", "at_sending", "code", "left"), [c[1:] for c in WITNESSED], ids=[c[0] for c in WITNESSED]
)
def test_the_fix_is_the_better_witness(
    at_deed: timedelta, fix: timedelta, at_sending: timedelta, code: str, left: timedelta
) -> None:
    sent = submission(captured_at=MONDAY_SEVEN + at_deed, fixed_at=MONDAY_SEVEN + fix, sent_at=SENT + at_sending)
    when = timing(sent, SENT)
    assert (when.finding.code, when.observed_at) == (code, MONDAY_SEVEN + left)


@given(st.timedeltas(min_value=-24 * H, max_value=24 * H))
def test_a_wrong_clock_never_moves_the_deed_by_more_than_what_is_ignored(ahead: timedelta) -> None:
    when = timing(submission(captured_at=MONDAY_SEVEN + ahead, sent_at=SENT + ahead), SENT)
    assert abs(when.observed_at - MONDAY_SEVEN) <= 2 * M
