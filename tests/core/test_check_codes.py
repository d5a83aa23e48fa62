"""Check codes: read as they are printed, and in every way in which people write them down."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.check_codes import check_code, grouped, is_old_code, read_code, serials


@given(st.uuids(version=4))
def test_a_code_leads_back_to_its_stamp(serial: UUID) -> None:
    code = check_code(serial)
    first, last = serials(code)
    assert len(code) == 13
    assert first <= serial <= last
    assert check_code(first) == check_code(last) == code
    assert read_code(grouped(code)) == read_code(f" {code.lower()} ") == code


def test_the_next_serials_have_other_codes() -> None:
    first, last = serials("7K3QX9M2B4TAC")
    assert check_code(UUID(int=first.int - 1)) != "7K3QX9M2B4TAC" != check_code(UUID(int=last.int + 1))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7k3q-x9m2-b4tac", "7K3QX9M2B4TAC"),
        ("7K3Q X9M2 B4TAC", "7K3QX9M2B4TAC"),
        ("oOiIlL0123456", "0011110123456"),
        ("7K3QX9M2B4TA", None),
        ("7K3QX9M2B4TAU", None),  # no U
        ("7K3QX9M2B4TAC0", None),
        ("", None),
        ("\u0967" * 13, None),
    ],
)
def test_what_is_typed_is_read_as_it_was_meant(typed: str, read: str | None) -> None:
    assert read_code(typed) == read


@pytest.mark.parametrize(("typed", "is_old"), [("8aa40a21", True), ("8AA4 0A21", True), ("8aa40a2", False), ("8aa40g21", False)])
def test_the_short_numbers_of_old_are_known(typed: str, is_old: bool) -> None:
    assert is_old_code(typed) is is_old
