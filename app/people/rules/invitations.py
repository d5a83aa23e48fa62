"""How an invitation stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

LASTS = timedelta(days=14)


class Standing(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


def standing(*, accepted_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, now: datetime) -> Standing:
    """What became of an invitation: somebody's deed stays, time alone ends what nobody has decided."""
    if accepted_at is not None:
        return Standing.ACCEPTED
    if revoked_at is not None:
        return Standing.REVOKED
    return Standing.OPEN if now < expires_at else Standing.EXPIRED
