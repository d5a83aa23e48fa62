"""How an invitation stands, and which posts begin only once whoever invited knows who took them."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.people.rules.posts import PERMISSIONS_BY_POST, Permission, Post

INVITATION_TTL = timedelta(days=14)
"""How long an invitation can be taken, and how long somebody who took it waits to be confirmed."""


class InvitationState(StrEnum):
    OPEN = "open"
    WAITING = "waiting"
    """Somebody took it; whoever invited has not said yet that it is the right person."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"
    EXPIRED = "expired"


def needs_confirmation(post: Post) -> bool:
    """Whether the post lets its holder stamp, sign, administer or see what the public does not.

    The link is a key that can be passed on: whoever holds such a post has to be the one who was meant.
    """
    return bool(PERMISSIONS_BY_POST[post] - {Permission.RECORD_FOR_OTHERS})


def standing(
    *,
    accepted_at: datetime | None,
    confirmed_at: datetime | None,
    declined_at: datetime | None,
    revoked_at: datetime | None,
    expires_at: datetime,
    now: datetime,
) -> InvitationState:
    """What became of an invitation: what somebody decided stays, time alone ends what nobody has decided."""
    if confirmed_at is not None:
        return InvitationState.ACCEPTED
    if declined_at is not None:
        return InvitationState.DECLINED
    if accepted_at is not None:
        return InvitationState.WAITING if now < accepted_at + INVITATION_TTL else InvitationState.EXPIRED
    if revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.OPEN if now < expires_at else InvitationState.EXPIRED
