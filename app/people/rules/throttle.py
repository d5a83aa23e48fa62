"""The throttle: how long to wait after trying in vain. Some attempts are free, then the pauses double."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FORGOTTEN_AFTER = timedelta(days=1)
"""A day without a try, and it starts anew."""


class AttemptKind(StrEnum):
    """What was tried, and under which name it is counted."""

    SIGN_IN_PAIR = "sign_in_pair"
    SIGN_IN_NAME = "sign_in_name"
    SIGN_IN_ADDRESS = "sign_in_address"
    SIGN_IN_BROWSER = "sign_in_browser"
    CONFIRM = "confirm"
    CODE_PAIR = "code_pair"
    CODE_ADDRESS = "code_address"
    SIGN_UP_ADDRESS = "sign_up_address"
    CHECK_ADDRESS = "check_address"


@dataclass(frozen=True, slots=True)
class Limit:
    free: int
    """Tries without a pause."""
    first_s: int
    """The pause after the first that is not free; each later one is twice as long."""
    max_pause_s: int


LIMITS: dict[AttemptKind, Limit] = {
    # One name from one address: whoever tries elsewhere pauses nobody here.
    AttemptKind.SIGN_IN_PAIR: Limit(free=5, first_s=30, max_pause_s=15 * 60),
    # One name from everywhere. It pauses browsers that are not known alone, else anybody could lock anybody out.
    AttemptKind.SIGN_IN_NAME: Limit(free=100, first_s=30, max_pause_s=15 * 60),
    # A whole school stands behind one address.
    AttemptKind.SIGN_IN_ADDRESS: Limit(free=60, first_s=15, max_pause_s=15 * 60),
    # A browser in which that name has signed in before, wherever it is.
    AttemptKind.SIGN_IN_BROWSER: Limit(free=10, first_s=30, max_pause_s=15 * 60),
    # Whoever is signed in already and is asked for the password once more.
    AttemptKind.CONFIRM: Limit(free=5, first_s=30, max_pause_s=15 * 60),
    AttemptKind.CODE_PAIR: Limit(free=5, first_s=60, max_pause_s=60 * 60),
    AttemptKind.CODE_ADDRESS: Limit(free=30, first_s=30, max_pause_s=60 * 60),
    AttemptKind.SIGN_UP_ADDRESS: Limit(free=60, first_s=30, max_pause_s=60 * 60),
    # Codes of stamps that are none: slips of the finger, or somebody who guesses.
    AttemptKind.CHECK_ADDRESS: Limit(free=30, first_s=15, max_pause_s=60 * 60),
}


def left_s(limit: Limit, count: int, last_at: datetime, now: datetime) -> int:
    """Seconds still to wait after that many tries, the last of them then; 0: go on."""
    over = count - limit.free
    if over < 0 or now - last_at >= FORGOTTEN_AFTER:
        return 0
    pause = min(limit.first_s * 2 ** min(over, 20), limit.max_pause_s)
    return max(0, -((now - last_at - timedelta(seconds=pause)) // timedelta(seconds=1)))
