"""Which photographs of an action belong together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from app.actions.rules.words import PhotoRole


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
