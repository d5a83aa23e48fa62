"""When a photograph is public, and what may be said of it before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SHOWN_AFTER = timedelta(days=1)
"""Nobody is to be found by what is shown while it happens."""


class Standing(StrEnum):
    """Of a pair: its owner has not consented (any more); an officer is asked; it may be shown; an officer said no."""

    PRIVATE = "private"
    ASKED = "asked"
    CLEARED = "cleared"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Leave:
    """What was said of a photograph."""

    consented: bool
    cleared: bool
    declined: bool
    reason: str = ""
    """Why an officer said no."""


NOTHING_SAID = Leave(consented=False, cleared=False, declined=False)


def standing(leave: Leave) -> Standing:
    """An officer's word counts only while the owner consents."""
    if not leave.consented:
        return Standing.PRIVATE
    if leave.declined:
        return Standing.DECLINED
    return Standing.CLEARED if leave.cleared else Standing.ASKED


def is_public(leave: Leave, *, is_adult: bool, is_stamped: bool, observed_at: datetime, now: datetime) -> bool:
    """Whether anybody may see the photograph now: an adult's, of a stamped action, from a day after the action."""
    return standing(leave) is Standing.CLEARED and is_adult and is_stamped and observed_at + SHOWN_AFTER <= now
