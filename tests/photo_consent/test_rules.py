"""When a photograph is public."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.photo_consent.queries import together
from app.photo_consent.rules import ConsentState, Leave, is_public, standing

NOW = datetime(2026, 11, 18, 8, tzinfo=UTC)


def leave(said: str) -> Leave:
    """ "con cle dec": what of it was said."""
    return Leave(consented="con" in said, cleared="cle" in said, declined="dec" in said, reason="wajah" if "dec" in said else "")


STANDINGS = {
    "nothing": ("", ConsentState.PRIVATE),
    "consent": ("con", ConsentState.ASKED),
    "consent and a look": ("con cle", ConsentState.CLEARED),
    "consent and a no": ("con dec", ConsentState.DECLINED),
    "a look, and consent taken back": ("cle", ConsentState.PRIVATE),
    "a no, and consent taken back": ("dec", ConsentState.PRIVATE),
}


@pytest.mark.parametrize(("said", "stands"), STANDINGS.values(), ids=STANDINGS)
def test_what_was_said_tells_how_it_stands(said: str, stands: ConsentState) -> None:
    assert standing(leave(said)) is stands


PUBLIC = {
    "both words, stamped, a day ago": ("con cle", True, True, 24, True),
    "a minute too early": ("con cle", True, True, 23.98, False),
    "a child's": ("con cle", False, True, 48, False),
    "not stamped, or void": ("con cle", True, False, 48, False),
    "no officer's word": ("con", True, True, 48, False),
    "no consent": ("cle", True, True, 48, False),
    "declined": ("con dec", True, True, 48, False),
}


@pytest.mark.parametrize(("said", "is_adult", "is_stamped", "hours", "public"), PUBLIC.values(), ids=PUBLIC)
def test_a_photograph_is_public_when_everything_is_there(
    said: str, is_adult: bool, is_stamped: bool, hours: float, public: bool
) -> None:
    observed_at = NOW - timedelta(hours=hours)
    assert is_public(leave(said), is_adult=is_adult, is_stamped=is_stamped, observed_at=observed_at, now=NOW) is public


PAIRS = {
    "both": ("con cle", "con cle", ConsentState.CLEARED),
    "one is not cleared": ("con cle", "con", ConsentState.ASKED),
    "one is declined": ("con cle", "con dec", ConsentState.DECLINED),
    "of one nothing is known": ("con cle", "", ConsentState.PRIVATE),
}


@pytest.mark.parametrize(("one", "other", "stands"), PAIRS.values(), ids=PAIRS)
def test_a_pair_needs_both_its_halves(one: str, other: str, stands: ConsentState) -> None:
    assert standing(together(leave(one), leave(other))) is stands
    assert standing(together(leave(other), leave(one))) is stands
    assert standing(together(leave(one), None)) is ConsentState.PRIVATE
