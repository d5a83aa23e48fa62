"""What is the same content, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from app.actions.rules.submission import PhotoLink, digest
from app.actions.rules.words import PhotoRole, Source
from app.core.geo import Point
from tests.actions.cases import MONDAY_SEVEN, SENT, submission

BEFORE, AFTER = PhotoLink("a" * 64, PhotoRole.BEFORE), PhotoLink("b" * 64, PhotoRole.AFTER)

SAME: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("sent again later", {}, {"sent_at": SENT + timedelta(days=3)}),
    ("the same instant in another zone", {}, {"captured_at": MONDAY_SEVEN.astimezone(UTC)}),
    ("12 and 12.0", {"accuracy_m": 12}, {"accuracy_m": 12.0}),
    ("3.5 kg as a decimal", {"measures": {"kg": 3.5}}, {"measures": {"kg": Decimal("3.50")}}),
    ("a missing measure and null", {"measures": {}}, {"measures": {"kg": None}}),
]
OTHER: list[tuple[str, dict[str, Any]]] = [
    ("the programme", {"programme": "biopori"}),
    ("a microsecond", {"captured_at": MONDAY_SEVEN + timedelta(microseconds=1)}),
    ("the minutes", {"minutes": 16}),
    ("the site", {"site": UUID(int=1)}),
    ("the rw", {"rw": "05"}),
    ("the rt", {"rt": "05"}),
    ("a measure", {"measures": {"kg": 3.5}}),
    ("a choice", {"measures": {"kg_method": "weighed"}}),
    ("a truth", {"measures": {"rain": True}}),
    ("the note", {"note": "hujan"}),
    ("for whom", {"on_behalf_of": UUID(int=1)}),
    ("the position", {"accuracy_m": 12.5}),
    ("where the position came from", {"source": Source.PIN}),
    ("the fix's time", {"fixed_at": MONDAY_SEVEN}),
    ("photographs", {"photos": (BEFORE,)}),
]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_equal_values_are_the_same_content(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert digest(submission(**one)) == digest(submission(**other))


@pytest.mark.parametrize("change", [case[1] for case in OTHER], ids=[case[0] for case in OTHER])
def test_any_other_value_is_other_content(change: dict[str, Any]) -> None:
    assert digest(submission(**change)) != digest(submission())


def test_photographs_in_another_order_or_role_are_other_content() -> None:
    shown = submission(photos=(BEFORE, AFTER))
    assert digest(shown) != digest(replace(shown, photos=(AFTER, BEFORE)))
    assert digest(shown) != digest(replace(shown, photos=(replace(BEFORE, role=None), AFTER)))


def test_when_and_where_a_photograph_was_taken_is_content_where_it_is_told() -> None:
    shown, told = submission(photos=(BEFORE,)), replace(BEFORE, taken_at=MONDAY_SEVEN)
    assert digest(shown) != digest(replace(shown, photos=(told,)))
    assert digest(shown) != digest(replace(shown, photos=(replace(BEFORE, point=Point(107.6, -6.9)),)))
    elsewhere = replace(told, taken_at=MONDAY_SEVEN.astimezone(UTC))
    assert digest(replace(shown, photos=(told,))) == digest(replace(shown, photos=(elsewhere,)))


def test_a_photograph_of_which_nothing_more_is_told_has_the_digest_that_it_always_had() -> None:
    assert digest(submission(photos=(BEFORE, AFTER))) == "98b73eeca907b5d9e8b5c88f4ab28d68e3e705870b9d4354a31d8ef63753ac7f"
