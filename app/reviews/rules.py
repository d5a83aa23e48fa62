"""What somebody may decide who has looked at a stamped action again."""

from __future__ import annotations

from enum import StrEnum


class Decision(StrEnum):
    """What whoever looked at a stamped action again has decided."""

    STANDS = "stands"
    """The stamp stays."""
    VOID = "void"
    """It was taken back."""
