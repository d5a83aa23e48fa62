"""Several RW as people write them in one line."""

from __future__ import annotations

import re

MAX_BATCH = 100

_PART = re.compile(r"(?:rw\s*)?(\d{1,3})(?:\s*(?:-|–|sampai|s/d|to)\s*(?:rw\s*)?(\d{1,3}))?", re.IGNORECASE)


def read_rws(text: str) -> tuple[int, ...] | None:
    """The numbers of "1-12, 15" or "RW 01 sampai RW 12"; None for what is no such list, is empty or names too many."""
    numbers: list[int] = []
    for part in re.split(r"\s*[,;\n]\s*", text.strip().strip(",;")):
        found = _PART.fullmatch(part)
        if found is None:
            return None
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last:
            return None
        numbers += range(first, last + 1)
    unique = tuple(dict.fromkeys(numbers))
    return unique if 1 <= len(unique) <= MAX_BATCH else None
