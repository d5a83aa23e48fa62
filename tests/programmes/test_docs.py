"""The reference of the programme file is held to the file's model."""

from __future__ import annotations

import re
from functools import cache

import pytest

from app.programmes.rules.part import Part, Wording
from app.programmes.rules.reading import read
from app.programmes.rules.yaml_text import DEEPEST, MAX_BYTES, MAX_VALUES, plain
from app.settings import ROOT
from tests.programmes.files import document_of

REFERENCE = (ROOT / "docs" / "programmes.md").read_text()
PARTS = [part for part in Part.__subclasses__() if part is not Wording]
EXAMPLES = re.findall(r"```yaml\n(.*?)```", REFERENCE, re.DOTALL)


@cache
def _all_examples():
    """A file that says of every key what the examples say."""
    said = document_of("gps")
    for example in EXAMPLES:
        said |= plain(example).document
    return said


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_key_is_explained(part):
    missing = [name for name in part.model_fields if f"`{name}`" not in REFERENCE]
    assert not missing


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split(":")[0])
def test_every_example_can_be_used(example):
    text = plain(example)
    assert text.errors == []
    for key, value in text.document.items():
        # Parts that speak of measures need the example's measures beside them.
        changed = _all_examples() | {key: value}
        assert read(changed).errors == ()


def test_every_part_of_a_file_has_an_example_but_its_head():
    shown = {key for example in EXAMPLES for key in plain(example).document}
    assert document_of("gps").keys() - shown == {"code", "version", "effective_from", "name", "summary"}


def test_the_limits_of_reading_are_told():
    for told in (f"{MAX_BYTES // 1024} KiB", f"{DEEPEST} levels", f"{MAX_VALUES:,} values"):
        assert told in REFERENCE


def test_every_word_that_may_be_chosen_is_told():
    words = ["pupil", "principal", "other_rw", "kecamatan", "person-free", "weeks_in_a_row", "own_area", "circle", "government"]
    assert not [word for word in words if f"`{word}`" not in REFERENCE]
