"""When was it really? Phones have wrong clocks and send late.

Three witnesses are heard: the phone's clock at the action, the same clock put right by what it said when sending (the skew), and
the positioning system's own time of the fix.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from app.actions.rules.findings import Finding, Level
from app.actions.rules.submission import Submission
from app.core.clock import local_day

SKEW_IGNORED = timedelta(minutes=2)
SKEW_APPLIED = timedelta(hours=24)
FIX_MARGIN = timedelta(minutes=10)
"""A fix belongs to an action from this long before its start to this long after its end."""
SUSPECTED_FROM = 5
"""Accounts whose clocks all go wrong the same way within SUSPECTED_WITHIN: then it is the server's clock that is wrong."""
SUSPECTED_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Timing:
    observed_at: datetime
    """The start of the action, the phone's clock put right where that can be told."""
    arrived_at: datetime
    """When it came, by the clock against which its age is told: the server's, or the phone's while the server is the suspect."""
    finding: Finding


def skew_minutes(sent_at: datetime, received_at: datetime) -> int | None:
    """Whole minutes by which the phone's clock was ahead when sending; None within what is ignored."""
    ahead = sent_at - received_at
    return None if abs(ahead) <= SKEW_IGNORED else _minutes(ahead)


def is_server_suspect(accounts: int) -> bool:
    """Whether that many accounts, wrong the same way within the hour, say that the server's clock is the wrong one."""
    return accounts >= SUSPECTED_FROM


@dataclass(frozen=True, slots=True)
class Skewed:
    """A phone whose clock was not the server's when it sent."""

    account_id: int
    received_at: datetime
    minutes: int
    """By which it was ahead; negative: behind."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """That the server's clock is wrong, and how many say by how much."""

    at: datetime
    accounts: int
    minutes: int
    """By which the phones were ahead of the server, the middle one of them."""


def last_suspicion(skews: Sequence[Skewed]) -> Suspicion | None:
    """The latest moment at which the server was the suspect; None: it never was."""
    found = [each for ahead in (True, False) if (each := _last_of_sign([s for s in skews if (s.minutes > 0) is ahead]))]
    return max(found, key=lambda suspicion: suspicion.at, default=None)


def _last_of_sign(skews: Iterable[Skewed]) -> Suspicion | None:
    latest, window = None, deque[Skewed]()
    for skew in sorted(skews, key=lambda skew: (skew.received_at, skew.account_id)):
        window.append(skew)
        while window[0].received_at <= skew.received_at - SUSPECTED_WITHIN:
            window.popleft()
        accounts = len({each.account_id for each in window})
        if is_server_suspect(accounts):
            latest = Suspicion(skew.received_at, accounts, round(median(each.minutes for each in window)))
    return latest


def timing(submission: Submission, received_at: datetime, zone: str, *, is_server_suspect: bool = False) -> Timing:
    """The start of the action, and what was found about the clocks; `zone` is that of the place.

    The skew is `sent - received`: up to 2 minutes ignored, up to 24 hours applied, beyond that not applied and held. A fix
    within 10 minutes of the action makes a pair with the clock by which it is, and the pair decides. Where no pair is found the
    corrected time stays and an officer looks; where another witness names another day, the action is held. While the server is
    the suspect no skew is applied.
    """
    captured, ahead = submission.captured_at, submission.sent_at - received_at
    if abs(ahead) <= SKEW_IGNORED:
        ahead = timedelta(0)
    if is_server_suspect and ahead:
        return _by_the_phone(submission, zone)
    if abs(ahead) > SKEW_APPLIED:
        return Timing(captured, received_at, Finding("clock_wrong", Level.HOLD, {"minutes": _minutes(ahead)}))
    corrected = captured - ahead
    pair = _pair(submission, (captured, corrected))
    observed_at = corrected if pair is None else pair
    return Timing(observed_at, received_at, _found(submission, observed_at, ahead, zone, is_pair=pair is not None))


def _by_the_phone(submission: Submission, zone: str) -> Timing:
    """The server's clock is heard neither about the action nor about its age."""
    captured = submission.captured_at
    if _pair(submission, (captured,)) is not None:
        return Timing(captured, submission.sent_at, Finding("clock_ok", Level.OK))
    if _other_day(submission, (captured,), zone):
        return Timing(captured, submission.sent_at, Finding("clock_other_day", Level.HOLD))
    return Timing(captured, submission.sent_at, Finding("clock_server", Level.LOOK))


def _found(submission: Submission, observed_at: datetime, ahead: timedelta, zone: str, *, is_pair: bool) -> Finding:
    captured, fixed_at = submission.captured_at, submission.fix.fixed_at
    minutes = _minutes(ahead)
    if is_pair or (not ahead and fixed_at is None):
        is_right = observed_at == captured
        return Finding("clock_ok", Level.OK) if is_right else Finding("clock_corrected", Level.OK, {"minutes": minutes})
    if _other_day(submission, (captured, observed_at), zone):
        return Finding("clock_other_day", Level.HOLD)
    if ahead:
        return Finding("clock_corrected", Level.LOOK, {"minutes": minutes, "is_sure": False})
    off = captured - (fixed_at or captured)
    return Finding("fix_time_off", Level.LOOK, {"minutes": _minutes(off)})


def _pair(submission: Submission, starts: tuple[datetime, ...]) -> datetime | None:
    """The start with which the fix agrees; of several the one that it is nearest to."""
    fixed_at = submission.fix.fixed_at
    if fixed_at is None:
        return None
    lasting = timedelta(minutes=submission.minutes or 0)
    agreeing = [start for start in starts if start - FIX_MARGIN <= fixed_at <= start + lasting + FIX_MARGIN]
    return min(agreeing, key=lambda start: abs(fixed_at - start), default=None)


def _other_day(submission: Submission, starts: tuple[datetime, ...], zone: str) -> bool:
    """Whether the witnesses name more than one local day."""
    told = starts if submission.fix.fixed_at is None else (*starts, submission.fix.fixed_at)
    return len({local_day(instant, zone) for instant in told}) > 1


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)
