"""Which changes the measure of the rules' tests makes."""

from __future__ import annotations

import ast
import random

import pytest

from bench.mutants import changes, mutant, places_of

CHANGES = [
    ("a < b", ["a <= b"]),
    ("a <= b == c", ["a < b == c", "a <= b != c"]),
    ("a is not None", ["a is None"]),
    ("a and b", ["a or b"]),
    ("a + b", ["a - b"]),
    ("a ** b", []),
    ("not a", ["a"]),
    ("3", ["4", "2"]),
    ("True", ["False"]),
    ("'word'", []),
    ("min(a, b)", ["max(a, b)"]),
    ("a if b else c", ["a if not b else c"]),
    ("a if b > 1 else c", []),
]


@pytest.mark.parametrize(("source", "changed"), CHANGES)
def test_what_may_stand_in_a_place(source, changed):
    node = ast.parse(source, mode="eval").body
    assert [ast.unparse(ast.fix_missing_locations(each)) for each in changes(node)] == changed


def test_what_is_only_read_by_people_is_left_alone_and_one_place_changes_at_a_time(tmp_path):
    file = tmp_path / "rules.py"
    file.write_text(
        '"""Words."""\n\nMOST: Literal[5] = 3\n"""More words."""\n\n@given(7)\ndef f(a: 8) -> 9:\n    return a > MOST\n'
    )
    kept = ast.unparse(ast.parse(file.read_text()))
    changed = [ast.unparse(mutant(file, place, random.Random(1)).tree) for place in places_of(file)]
    assert len(changed) == 3
    for each in changed:
        before, after = kept.splitlines(), each.splitlines()
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
