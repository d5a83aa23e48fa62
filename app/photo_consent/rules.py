"""When a photograph is public, and what may be said of it before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from app.actions.rules.words import PhotoRole

SHOWN_AFTER = timedelta(days=1)
"""Nobody is to be found by what is shown while it happens."""


class ConsentState(StrEnum):
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


def standing(leave: Leave) -> ConsentState:
    """An officer's word counts only while the owner consents."""
    if not leave.consented:
        return ConsentState.PRIVATE
    if leave.declined:
        return ConsentState.DECLINED
    return ConsentState.CLEARED if leave.cleared else ConsentState.ASKED


def is_public(leave: Leave, *, is_adult: bool, is_stamped: bool, observed_at: datetime, now: datetime) -> bool:
    """Whether anybody may see the photograph now: an adult's, of a stamped action, from a day after the action."""
    return standing(leave) is ConsentState.CLEARED and is_adult and is_stamped and observed_at + SHOWN_AFTER <= now


class Playing(Protocol):
    """A photograph with what it shows."""

    @property
    def role(self) -> PhotoRole | None: ...


P = TypeVar("P", bound=Playing)


def paired(photos: Sequence[P]) -> tuple[list[tuple[P, P]], list[P]]:
    """Before and after in pairs, the first with the first; and the photographs that are in none, in their order."""
    before, after = ([photo for photo in photos if photo.role is role] for role in (PhotoRole.BEFORE, PhotoRole.AFTER))
    pairs = list(zip(before, after, strict=False))
    taken = {id(photo) for pair in pairs for photo in pair}
    return pairs, [photo for photo in photos if id(photo) not in taken]
