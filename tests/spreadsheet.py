"""A file of a table as a spreadsheet set to the language of the page opens it."""

from __future__ import annotations

import csv
import io

from werkzeug.test import TestResponse

SEPARATORS = {"id": ";", "en": ","}


def rows_of(answer: TestResponse, language: str = "id") -> list[list[str]]:
    """The cells of the file, its head first."""
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    return cells(answer.data.decode(), language)


def cells(text: str, language: str = "id") -> list[list[str]]:
    """The same of the file's text."""
    assert text.startswith("\ufeff"), "a spreadsheet would take its letters for those of another table"
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=SEPARATORS[language]))
