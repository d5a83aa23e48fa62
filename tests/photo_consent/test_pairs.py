"""Which photographs of an action belong together."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.actions.rules.words import PhotoRole
from app.photo_consent.rules import paired


@dataclass(frozen=True)
class Shot:
    name: str
    role: PhotoRole | None


ROLES = {"b": PhotoRole.BEFORE, "a": PhotoRole.AFTER, "d": PhotoRole.DETAIL, "p": PhotoRole.PERSON_FREE, "-": None}
CASES = {
    "nothing": ("", [], ""),
    "a pair": ("b1 a1", ["b1 a1"], ""),
    "the other way round": ("a1 b1", ["b1 a1"], ""),
    "one after for two before": ("b1 b2 a1", ["b1 a1"], "b2"),
    "two pairs, first with first": ("b1 b2 a1 a2", ["b1 a1", "b2 a2"], ""),
    "without roles": ("-1 -2", [], "-1 -2"),
    "beside others": ("d1 a1 -1 b1 p1", ["b1 a1"], "d1 -1 p1"),
    "after alone": ("a1 a2", [], "a1 a2"),
}


@pytest.mark.parametrize(("sent", "pairs", "others"), CASES.values(), ids=CASES)
def test_before_goes_with_after(sent: str, pairs: list[str], others: str) -> None:
    found, left = paired([Shot(name, ROLES[name[0]]) for name in sent.split()])
    assert [f"{before.name} {after.name}" for before, after in found] == pairs
    assert " ".join(shot.name for shot in left) == others
