"""Numbers as people type them: one table of cases for server and phone (tests/js/numerals.test.js)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from app.core.catalogue import languages
from app.core.numerals import Misread, Numeral, read_number, write_number
from app.settings import ROOT

CASES = json.loads((ROOT / "tests" / "numerals.json").read_text(), parse_float=Decimal)


@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: case["text"])
def test_a_number_is_read_as_it_was_meant_or_asked_about(case: dict[str, Any]) -> None:
    for kind in Numeral:
        wanted = case[kind.value]
        assert read_number(case["text"], kind) == (Misread(wanted) if isinstance(wanted, str) else wanted), kind


@pytest.mark.parametrize("case", CASES["written"], ids=lambda case: str(case["number"]))
def test_a_number_that_a_field_shows_is_read_as_the_same(case: dict[str, Any]) -> None:
    for language in languages():
        written = write_number(Decimal(case["number"]), language)
        assert written == case[language]
        assert read_number(written, Numeral.AMOUNT) == case["number"]


@pytest.mark.parametrize("digits", ["9" * 400, "0," + "1" * 400, "1" + ".000" * 200])
def test_a_number_of_many_digits_is_none(digits: str) -> None:
    assert {read_number(digits, kind) for kind in Numeral} == {Misread.NUMBER, Misread.WHOLE}
