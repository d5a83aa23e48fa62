"""That likeness is counted for every change and every kind of different photograph, and what the counts must not fall below."""

from __future__ import annotations

import pytest

from app.media.rules import NEAR
from bench import likeness

CERTAIN = (
    "saved again with quality 40",
    "half as large",
    "a quarter darker",
    "more contrast",
    "grey",
    "mirrored",
    "turned by 90 degrees",
)


@pytest.fixture(scope="module")
def originals():
    return likeness.photographs(2)


def test_what_was_only_saved_again_made_smaller_or_turned_is_recognised(originals):
    counted = {each.name: each for each in likeness.recognised(originals)}
    assert counted.keys() == likeness.CHANGES.keys()
    for name in CERTAIN:
        assert counted[name].within(NEAR) == len(originals), name


def test_no_other_photograph_is_taken_for_one(originals):
    counted = list(likeness.taken_for_one(2, originals))
    assert len(counted) == len(likeness.FRAMES) + 2
    for each in counted:
        assert each.within(NEAR) == 0, each.name
