"""Programme files for tests: the ones that ship, changed in one place."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from app.programmes.rules.definition import Definition
from app.programmes.rules.reading import definition_of, read
from app.programmes.service import bundled


def text_of(code: str) -> str:
    return bundled()[code].decode()


@cache
def _document(code: str) -> dict[str, Any]:
    return read(bundled()[code]).document


def document_of(code: str = "gps", **changes: Any) -> dict[str, Any]:
    """The file's content with some keys changed; a double underscore goes one level down: place__radius_m=150."""
    document = deepcopy(_document(code))
    for path, value in changes.items():
        *way, last = path.split("__")
        part = document
        for step in way:
            part = part[step]
        part[last] = value
    return document


def make_definition(code: str = "gps", **changes: Any) -> Definition:
    return definition_of(document_of(code, **changes))
