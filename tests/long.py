"""Of a table whose cases are of one kind, a few each time and the others in the long run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def first(few: int, cases: Iterable[Any]) -> list[Any]:
    """The cases of a parametrised test, all but the first few of them long."""
    return [each if number < few else _long(each) for number, each in enumerate(cases)]


def _long(case: Any) -> Any:
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
