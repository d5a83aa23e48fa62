"""How many examples a test tries whose examples are dearer, or cheaper, than most."""

from __future__ import annotations

from hypothesis import settings


def percent(share: int) -> int:
    """So many of a hundred of the profile's examples, one at least."""
    return max(1, settings.default.max_examples * share // 100)
