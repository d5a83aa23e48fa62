"""One vocabulary: a class name stands for one thing in the whole house, and names that were given up stay away."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FORMER = {
    "Deed": "Permission, or action",
    "DEEDS": "PERMISSIONS_BY_POST",
    "Held": "ActiveTenure",
    "held_on": "active_on",
    "entitled": "with_permission",
    "hold_rows": "lock_rows",
    "hold_tables": "lock_tables",
    "one_at_a_time": "mutex",
    "see_one_moment": "repeatable_read",
    "Paused": "Throttled",
    "TryCount": "AttemptCounter",
    "count_try": "count_attempt",
    "not_in_vain": "attempt_succeeded",
    "Sealed": "PasswordHash",
    "NotYet": "RetryLater",
    "put_off": "retry_later",
    "TOGETHER": "BATCH_SIZE",
    "LONGEST": "MAX_LENGTH",
    "LEAST": "MIN_LENGTH",
    "SHORTEST": "MIN_LENGTH",
    "SMALLEST": "MIN_BYTES",
    "LARGEST": "MAX_VALUE, MAX_NUMBER",
    "FEWEST": "MIN_PEOPLE",
    "LARGEST_BYTES": "MAX_FILE_BYTES",
    "SMALLEST_RADIUS_M": "MIN_RADIUS_M",
    "LARGEST_RADIUS_M": "MAX_RADIUS_M",
    "LARGEST_PAGE": "MAX_PAGE_SIZE",
    "USUAL_PAGE": "DEFAULT_PAGE_SIZE",
    "ON_A_PAGE": "PAGE_SIZE",
    "IN_A_FILE": "MAX_FILE_ROWS",
    "AT_ONCE": "BATCH_SIZE",
    "FOLDED_TOGETHER": "FOLD_BATCH_SIZE",
    "FRESH_S": "MAX_AGE_S",
    "KEPT": "RETENTION, or ..._TTL",
    "usual_radius_m": "default_radius_m",
    "PATIENCE_S": "TIMEOUT_S",
    "patience_s": "timeout_s",
    "longest_s": "max_pause_s",
    "least_length": "min_length_of",
    "areas_around": "ancestors_at",
    "areas_around_site": "ancestors_of_site",
}
"""Name that was given up -> what it is called now."""


@cache
def _modules() -> dict[str, ast.Module]:
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "app").rglob("*.py"))}


def _names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, name) of everything that is defined, imported or looked up."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef() | ast.FunctionDef():
                yield node.lineno, node.name
            case ast.Name():
                yield node.lineno, node.id
            case ast.Attribute():
                yield node.lineno, node.attr
            case ast.arg():
                yield node.lineno, node.arg
            case ast.alias():
                yield node.lineno, node.asname or node.name


def _former(tree: ast.AST) -> list[str]:
    return [f"{line}: {name} is called {FORMER[name]}" for line, name in _names(tree) if name in FORMER]


def test_a_class_name_stands_for_one_thing():
    found: dict[str, list[str]] = {}
    for module, tree in _modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(f"{module}:{node.lineno}")
    assert len(found) > 400
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_names_that_were_given_up_stay_away():
    assert {module: said for module, tree in _modules().items() if (said := _former(tree))} == {}


@pytest.mark.parametrize(
    "source",
    ["class Deed: ...", "def put_off(): ...", "x = rules.LONGEST", "from a import Held", "def f(held_on): ...", "raise Paused"],
)
def test_a_former_name_is_found_wherever_it_may_stand(source):
    assert _former(ast.parse(source))


def test_the_glossary_says_each_term_once():
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    for section in page.split("\n## ")[1:]:
        terms = re.findall(r"^\| ([^|]+?) \|", section, flags=re.MULTILINE)
        assert [term for term, times in Counter(terms).items() if times > 1] == [], section.splitlines()[0]
