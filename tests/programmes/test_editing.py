"""A value is changed in a programme's file, and nothing else is."""

from __future__ import annotations

from datetime import date
from difflib import ndiff

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.programmes.rules.editing import next_version, with_values
from app.programmes.rules.writing import written
from app.programmes.rules.yaml_text import plain
from tests.programmes.files import document_of, text_of

WHOLE = """# The programme
days: [monday, wednesday]  # two of them
hours:
  start: "07:30"  # planned
  end: '08:00'
minutes: {shortest: 10, longest: 30}
# From 2028 on joint leave is not known.
calendar:
  country: ID

caps:
  # more is held
  actions_per_day: 3
limits:
  perhaps_m: 30.5
ladder:
  rungs:
  - belt: white
    threshold: 1
    stripes: [7, 13,
              19]  # ours
  - belt: green # 25 of them
    threshold: 25
  further: 100
note: >-
  Folded words
  # that are no comment.
"""
WITHOUT = """# Nothing that may be missing
calendar: {country: ID}
caps:
limits: {}

# The belts
ladder:
    rungs:
      - {belt: white, threshold: 1}
      - {belt: green, threshold: 25}  # green
"""
FILES = {
    "whole": WHOLE,
    "without what may be missing": WITHOUT,
    "written": written(plain(WHOLE).document),
    "without a stop at its end": WHOLE.rstrip(),
    "from a Windows editor": WHOLE.replace("\n", "\r\n"),
}


def changed_lines(before, after):
    """The lines that were there and are not any more, and those that have come."""
    lines = list(ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


def put(document, path, value):
    *way, last = path
    for step in way:
        if isinstance(step, str) and document.get(step) is None:
            document[step] = {}
        document = document[step]
    document[last] = value


def test_one_value_is_one_line_with_its_comment():
    gone, come = changed_lines(text_of("gps"), with_values(text_of("gps"), {("place", "radius_m"): 150}))
    assert gone == ["  radius_m: 200           # sources say 100-200 m, 100-300 m or 200 m"]
    assert come == ["  radius_m: 150           # sources say 100-200 m, 100-300 m or 200 m"]


def test_the_next_version_is_the_same_file_under_another_number_and_day():
    following = next_version(text_of("gps"), version=2, effective_from=date(2026, 12, 1))
    assert plain(following).document == document_of("gps", version=2, effective_from="2026-12-01")
    assert list(plain(following).document) == list(document_of("gps"))
    assert len(changed_lines(text_of("gps"), following)[1]) == 2


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        ("a: 1 # x\n", {("a",): 2}, "a: 2 # x\n"),
        ("a: 'x'\n", {("a",): "07:30"}, "a: '07:30'\n"),
        ('a: "x"  # y\n', {("a",): "07:30"}, 'a: "07:30"  # y\n'),
        ("a: x\n", {("a",): "07:30"}, 'a: "07:30"\n'),
        ("a: x\n", {("a",): "null"}, 'a: "null"\n'),
        ("a: [1, 2] # x\nb: 1", {("a",): [3]}, "a: [3] # x\nb: 1"),
        ("a: # x\n- 1 # y\n# z\n- 2 # w\nb: 1\n", {("a",): [3]}, "a: [3]  # x  # y  # z # w\nb: 1\n"),
        ("a:\n  - 1\n\n# of b\nb: 1\n", {("a",): [1, 2]}, "a: [1, 2]\n\n# of b\nb: 1\n"),
        ("a:\n  b: 1 # x\nc: 1\n", {("a",): None}, "a: null # x\nc: 1\n"),
        ("a:\n  b: 1 # x\nc: 1\n", {("a", "b"): None}, "a:\n  b: null # x\nc: 1\n"),
        ("a: {}\n", {("a", "b"): 1}, "a: {b: 1}\n"),
        ("a:\nb: 1\n", {("a", "x"): 1, ("a", "y"): 2}, "a: {x: 1, y: 2}\nb: 1\n"),
        ("a: null # x\n", {("a", "x"): 1}, "a: {x: 1} # x\n"),
        ("a: {c: 1}\n", {("a", "b"): 2}, "a: {b: 2, c: 1}\n"),
        ("a:\n    c: 1\n", {("a", "b"): 2}, "a:\n    b: 2\n    c: 1\n"),
        ("x: 1\n\n# of it\ncalendar: 1\n", {("days",): ["monday"]}, "x: 1\n\ndays: [monday]\n# of it\ncalendar: 1\n"),
        ("{calendar: 1}\n", {("days",): ["monday"]}, "{days: [monday], calendar: 1}\n"),
        ("a:\n- threshold: 1\n", {("a", 0, "threshold"): 2}, "a:\n- threshold: 2\n"),
        ("a: 1\n", {("b",): None, ("c", "d"): None}, "a: 1\n"),
    ],
)
def test_what_is_written_where(before, values, after):
    assert with_values(before, values) == after


def test_a_missing_stripe_stands_above_its_belts_threshold():
    text = with_values(text_of("gps"), {("ladder", "rungs", 3, "stripes"): [250]})
    assert "      name: {id: Sabuk Hitam, en: Black belt}\n      stripes: [250]\n      threshold: 200\n" in text


def test_a_list_that_is_shorter_is_no_place_to_write_to():
    with pytest.raises(LookupError):
        with_values(text_of("gps"), {("ladder", "rungs", 9, "threshold"): 1})


def test_what_cannot_be_read_cannot_be_changed():
    with pytest.raises(Invalid):
        with_values("a: [", {("a",): 1})


COUNTS = st.integers(1, 999)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        ("days",): st.lists(st.sampled_from(["monday", "friday", "sunday"]), min_size=1, unique=True),
        ("hours", "start"): st.sampled_from(["06:30", "07:00"]),
        ("hours", "end"): st.sampled_from(["08:30", "09:00"]),
        ("minutes", "shortest"): COUNTS,
        ("minutes", "longest"): COUNTS,
        ("caps", "actions_per_day"): COUNTS,
        ("caps", "minutes_apart"): COUNTS,
        ("ladder", "rungs", 1, "threshold"): COUNTS,
        ("ladder", "rungs", 1, "stripes"): st.lists(COUNTS, max_size=3),
        ("ladder", "further"): COUNTS,
        ("limits", "perhaps_m"): st.floats(0, 200).map(lambda metres: round(metres, 2)),
    },
)


@pytest.mark.parametrize("file", FILES)
@given(values=VALUES)
def test_the_changed_file_says_what_it_said_but_for_the_values(file, values):
    before = FILES[file]
    after = with_values(before, values)
    expected = plain(before).document
    for path, value in values.items():
        put(expected, path, value)
    assert plain(after).document == expected
    comments = [line.partition("#")[2] for line in before.splitlines() if "#" in line]
    assert comments == [line.partition("#")[2] for line in after.splitlines() if "#" in line]
