"""When was it really? Phones have wrong clocks and send late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.actions.rules.findings import Finding, Level
from app.actions.rules.submission import Submission

SKEW_IGNORED = timedelta(minutes=2)
SKEW_APPLIED = timedelta(hours=24)
FIX_AROUND = timedelta(minutes=10)
"""A fix belongs to a deed from this long before its start to this long after its end."""


@dataclass(frozen=True, slots=True)
class Timing:
    observed_at: datetime
    """The start of the deed, the phone's clock put right where that can be told."""
    finding: Finding


def timing(submission: Submission, received_at: datetime) -> Timing:
    """The start of the deed, and what was found about the phone's clock.

    The skew is `received - sent_at`: up to 2 minutes ignored, up to 24 hours applied, beyond that held. The positioning
    system's own time is the better witness where it contradicts the phone's clock at the deed: a clock that was wrong then and
    right when sending has no skew.
    """
    captured = submission.captured_at
    offset = _offset_at_deed(submission)
    if offset is None:
        offset = submission.sent_at - received_at
        if abs(offset) <= SKEW_IGNORED:
            return Timing(captured, Finding("clock_ok", Level.OK))
    minutes = round(offset.total_seconds() / 60)
    if abs(offset) <= SKEW_APPLIED:
        return Timing(captured - offset, Finding("clock_corrected", Level.OK, {"minutes": minutes}))
    return Timing(captured, Finding("clock_wrong", Level.HOLD, {"minutes": minutes}))


def _offset_at_deed(submission: Submission) -> timedelta | None:
    """By how much the phone's clock was ahead at the deed, where the fix's own time tells it."""
    fixed_at = submission.fix.fixed_at
    if fixed_at is None:
        return None
    end = submission.captured_at + timedelta(minutes=submission.minutes or 0)
    if submission.captured_at - FIX_AROUND <= fixed_at <= end + FIX_AROUND:
        return None
    return submission.captured_at - fixed_at
