"""When was it really? Three witnesses: the phone at the action, the phone put right by its skew, the fix's own time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions.rules.findings import Level
from app.actions.rules.submission import Submission
from app.actions.rules.timing import Skewed, Timing, is_server_suspect, last_suspicion, skew_minutes, timing
from tests.actions.cases import MONDAY_SEVEN, SENT, WIB, submission

S, M, H, D = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OK, LOOK, HOLD = Level.OK, Level.LOOK, Level.HOLD


def heard(sent: Submission, received_at: datetime = SENT, *, suspect: bool = False) -> Timing:
    return timing(sent, received_at, WIB.key, is_server_suspect=suspect)


# The phone's clock at the action and when sending, and the fix's own time: each as it differs from the truth, which is Monday
# 07.05 and sent at 15.05 (None: the fix tells no time). Then what is found, and what the taken start differs from the truth.
WITNESSES = [
    ("all agree", 0 * M, 3 * S, 0 * M, "clock_ok", OK, 0 * M),
    ("no fix, a right clock", 0 * M, None, 0 * M, "clock_ok", OK, 0 * M),
    ("two minutes ahead are ignored", 2 * M, None, 2 * M, "clock_ok", OK, 2 * M),
    ("two minutes behind are ignored", -2 * M, None, -2 * M, "clock_ok", OK, -2 * M),
    ("three hours ahead, the fix bears out the skew", 3 * H, 0 * M, 3 * H, "clock_corrected", OK, 0 * M),
    ("three hours behind, the fix bears out the skew", -3 * H, 0 * M, -3 * H, "clock_corrected", OK, 0 * M),
    ("a day ahead, the fix bears out the skew", 24 * H, 0 * M, 24 * H, "clock_corrected", OK, 0 * M),
    ("right at the action, wrong when sending, the fix bears out the action", 0 * M, 3 * S, 3 * H, "clock_ok", OK, 0 * M),
    ("the same, seen from a server that is three hours behind", 0 * M, 3 * S, 3 * H, "clock_ok", OK, 0 * M),
    ("the fix ten minutes before the action", 0 * M, -10 * M, 3 * H, "clock_ok", OK, 0 * M),
    ("the fix ten minutes after its end", 0 * M, 25 * M, 3 * H, "clock_ok", OK, 0 * M),
    ("the fix is near by both clocks: the nearer one", 9 * M, 3 * S, 9 * M, "clock_corrected", OK, 0 * M),
    ("the fix is near by both clocks, and by the action's nearer", 0 * M, 3 * S, 9 * M, "clock_ok", OK, 0 * M),
    ("nothing bears out the skew", 3 * H, None, 3 * H, "clock_corrected", LOOK, 0 * M),
    ("nothing bears out the skew, and it moves the day", 20 * H, None, 20 * H, "clock_other_day", HOLD, 0 * M),
    ("the fix fits neither clock", 3 * H, -3 * H, 3 * H, "clock_corrected", LOOK, 0 * M),
    ("two clocks agree against a fix of four hours before", 0 * M, -4 * H, 0 * M, "fix_time_off", LOOK, 0 * M),
    ("two clocks agree against a fix of eleven minutes before", 0 * M, -11 * M, 0 * M, "fix_time_off", LOOK, 0 * M),
    ("two clocks agree against a fix of four hours later", 0 * M, 4 * H, 0 * M, "fix_time_off", LOOK, 0 * M),
    ("two clocks agree against a fix of the day before", 0 * M, -20 * H, 0 * M, "clock_other_day", HOLD, 0 * M),
    ("wrong at the action, put right before sending", 3 * H, 0 * M, 0 * M, "fix_time_off", LOOK, 3 * H),
    ("a day wrong at the action, put right before sending", -1 * D, 0 * M, 0 * M, "clock_other_day", HOLD, -1 * D),
    ("more than a day ahead is not applied", 24 * H + M, None, 24 * H + M, "clock_wrong", HOLD, 24 * H + M),
    ("two days behind, though the fix bears out the skew", -2 * D, 0 * M, -2 * D, "clock_wrong", HOLD, -2 * D),
]


@pytest.mark.parametrize(
    ("at_action", "fix", "at_sending", "code", "level", "left"), [c[1:] for c in WITNESSES], ids=[c[0] for c in WITNESSES]
)
def test_of_three_witnesses_two_decide(
    at_action: timedelta, fix: timedelta | None, at_sending: timedelta, code: str, level: Level, left: timedelta
) -> None:
    fixed_at = None if fix is None else MONDAY_SEVEN + fix
    when = heard(submission(captured_at=MONDAY_SEVEN + at_action, fixed_at=fixed_at, sent_at=SENT + at_sending))
    assert (when.finding.code, when.finding.level, when.observed_at) == (code, level, MONDAY_SEVEN + left)
    assert when.arrived_at == SENT


# As above; the server's clock is behind by `behind`, and many accounts say so.
SUSPECT = [
    ("nothing else tells the time", 3 * H, None, "clock_server", LOOK),
    ("the fix bears out the phone", 3 * H, 3 * S, "clock_ok", OK),
    ("the fix is old", 3 * H, -4 * H, "clock_server", LOOK),
    ("the fix is of the day before", 3 * H, -20 * H, "clock_other_day", HOLD),
    ("the server is days behind", 3 * D, None, "clock_server", LOOK),
    ("the server is ahead", -3 * H, None, "clock_server", LOOK),
]


@pytest.mark.parametrize(("behind", "fix", "code", "level"), [c[1:] for c in SUSPECT], ids=[c[0] for c in SUSPECT])
def test_while_the_server_is_the_suspect_no_skew_is_applied(
    behind: timedelta, fix: timedelta | None, code: str, level: Level
) -> None:
    sent = submission(fixed_at=None if fix is None else MONDAY_SEVEN + fix)
    when = heard(sent, SENT - behind, suspect=True)
    assert (when.finding.code, when.finding.level, when.observed_at) == (code, level, MONDAY_SEVEN)
    assert when.arrived_at == SENT, "its age is told by the phone"


def test_a_phone_that_agrees_with_the_server_is_not_touched_by_the_suspicion() -> None:
    assert heard(submission(), suspect=True) == heard(submission())


@pytest.mark.parametrize(("accounts", "is_suspect"), [(1, False), (4, False), (5, True), (50, True)])
def test_five_accounts_make_the_server_the_suspect(accounts: int, is_suspect: bool) -> None:
    assert is_server_suspect(accounts) is is_suspect


def sent_by(account: int, minute: int, ahead: int) -> Skewed:
    return Skewed(account, SENT + minute * M, ahead)


SUSPICIONS = [
    ("nobody", [], None),
    ("five within an hour", [sent_by(n, n * 14, 180 + n) for n in range(5)], (56, 5, 182)),
    ("four", [sent_by(n, n, 180) for n in range(4)], None),
    ("five, one of them twice", [sent_by(n % 4, n, 180) for n in range(5)], None),
    ("five in more than an hour", [sent_by(n, n * 15, 180) for n in range(5)], None),
    ("five of both signs", [sent_by(n, n, (-1) ** n * 180) for n in range(5)], None),
    ("five behind among others ahead", [sent_by(n, n, 9 if n > 4 else -9) for n in range(8)], (4, 5, -9)),
    ("twice: the last time", [sent_by(n, n + 200 * (n // 5), 5) for n in range(10)], (209, 5, 5)),
]


@pytest.mark.parametrize(("skews", "expected"), [c[1:] for c in SUSPICIONS], ids=[c[0] for c in SUSPICIONS])
def test_when_the_server_was_the_suspect_last(skews: list[Skewed], expected: tuple[int, int, int] | None) -> None:
    found = last_suspicion(skews)
    assert (found and (found.at, found.accounts, found.minutes)) == (expected and (SENT + expected[0] * M, *expected[1:]))


@pytest.mark.parametrize(("ahead", "minutes"), [(0 * M, None), (2 * M, None), (-2 * M, None), (3 * M, 3), (-3 * H, -180)])
def test_the_skew_is_kept_where_it_is_not_ignored(ahead: timedelta, minutes: int | None) -> None:
    assert skew_minutes(SENT + ahead, SENT) == minutes


@given(st.timedeltas(min_value=-24 * H, max_value=24 * H))
def test_a_clock_that_is_wrong_all_the_time_never_moves_the_action_by_more_than_what_is_ignored(ahead: timedelta) -> None:
    when = heard(submission(captured_at=MONDAY_SEVEN + ahead, sent_at=SENT + ahead))
    assert abs(when.observed_at - MONDAY_SEVEN) <= 2 * M


@given(fix=st.timedeltas(min_value=-9 * D, max_value=9 * D))
def test_no_fix_moves_an_action_against_two_clocks_that_agree(fix: timedelta) -> None:
    assert heard(submission(fixed_at=MONDAY_SEVEN + fix)).observed_at == MONDAY_SEVEN


@given(fix=st.timedeltas(min_value=-9 * D, max_value=9 * D), ahead=st.timedeltas(min_value=-3 * D, max_value=3 * D))
def test_an_action_on_another_day_than_a_witness_names_is_held_or_borne_out_by_two(fix: timedelta, ahead: timedelta) -> None:
    sent = submission(fixed_at=MONDAY_SEVEN + fix, sent_at=SENT + ahead)
    when = heard(sent)
    days = {instant.astimezone(WIB).date() for instant in (sent.captured_at, MONDAY_SEVEN + fix, when.observed_at)}
    is_borne_out = when.observed_at - 10 * M <= MONDAY_SEVEN + fix <= when.observed_at + 25 * M
    assert len(days) == 1 or is_borne_out or when.finding.level is HOLD
