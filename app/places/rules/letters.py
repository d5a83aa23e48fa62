"""Letters that were written in one encoding and read in another."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SUSPECT = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u2122]"
)
"""The first byte of a letter in UTF-8 with a second one, both read as letters of their own."""
UNREADABLE = "\N{REPLACEMENT CHARACTER}"


def first_mangled(collection: Mapping[str, object]) -> str | None:
    """The first value of the features that looks as if its letters had been read wrongly; None where none does."""
    features = collection.get("features")
    for feature in features if isinstance(features, list) else ():
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        for value in properties.values() if isinstance(properties, Mapping) else ():
            if isinstance(value, str) and is_mangled(value):
                return value[:40]
    return None


def is_mangled(word: str) -> bool:
    """A sign that stands for what could not be read, or UTF-8 read as Windows' or ISO's Latin letters."""
    return UNREADABLE in word or bool(_SUSPECT.search(word) and _is_utf8_read_as(word))


def _is_utf8_read_as(word: str) -> bool:
    for encoding in ("cp1252", "latin-1"):
        try:
            return word.encode(encoding).decode("utf-8") != word
        except UnicodeError:
            continue
    return False
