"""The data dictionary says what the models say, and leaves no column unexplained."""

from __future__ import annotations

from docs import dictionary


def test_the_page_is_what_the_models_say() -> None:
    assert dictionary.FILE.read_text() == dictionary.page(), "write it again: .venv/bin/python -m docs.dictionary"


def test_every_column_is_explained() -> None:
    rows = [row for row in dictionary.page().splitlines() if row.startswith("| `")]
    assert len(rows) > 150
    assert [row for row in rows if row.endswith("|  |")] == []
