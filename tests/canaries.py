"""What people wrote, and what opens their accounts, must stand in no line of a log: everything that tests send is looked for.

A client of the tests tells what it sends (`watch`); whatever the program logs in this process, and what servers of the tests
wrote to their files, is held against all of it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from app.web.logging import JsonLines

FREE_TEXT = frozenset(
    """
    note catatan reason alasan name full_name password sandi current again code label address description endpoint
    """.split()  # noqa: SIM905 - names read better without quotes
)
"""Fields in which people write what they like."""
SHORTEST = 8
"""Shorter words stand in lines by chance."""

_watched: set[str] = {"Pak Budi", "Pak Lurah", "Bu Guru", "Bu Kader"}
_PATTERNS = {
    "a child's name": re.compile(r"\bAni\b"),
    "a position": re.compile(r"(?<![\d.])(?:10[678]\.\d{4,}|-[67]\.\d{4,})"),
    "a telephone number": re.compile(r"(?<![\w.])(?:\+62|08)\d{8,12}\b"),
    "a token": re.compile(r"Bearer [\w-]{20,}"),
}


def watch(sent: object, field: str = "") -> None:
    """Everything that somebody wrote in it is looked for from now on."""
    if isinstance(sent, Mapping):
        for name, value in sent.items():
            watch(value, str(name))
    elif isinstance(sent, list | tuple):
        for value in sent:
            watch(value, field)
    elif isinstance(sent, str) and field.rpartition("-")[2] in FREE_TEXT and len(sent.strip()) >= SHORTEST:
        _watched.add(sent.strip())


def watch_secret(secret: str) -> None:
    if len(secret) >= SHORTEST:
        _watched.add(secret)


def leaks_in(text: str) -> list[str]:
    """What stands in the text and must not."""
    found = [f"{kind}: {match.group()}" for kind, pattern in _PATTERNS.items() if (match := pattern.search(text))]
    return found + [canary for canary in _watched if canary in text]


class Net(logging.Handler):
    """Keeps the lines that the program would write, until they are looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))

    def spread(self) -> None:
        """Under the root of all loggers, from which an application that sets up its own may have taken it."""
        if self not in logging.getLogger().handlers:
            logging.getLogger().addHandler(self)

    def leaks(self) -> list[str]:
        """What the lines since the last look tell of people, each with its line."""
        lines, self._lines = self._lines, []
        return [f"{leak} in {line}" for line in lines for leak in leaks_in(line)]


NET = Net()


def request_told(request: Mapping[str, Any]) -> None:
    """A request of a test's client: its bodies, and the token that it carries."""
    for part in ("json", "data"):
        watch(request.get(part))
    watch_secret(str(request.get("headers", {}).get("Authorization", "")).removeprefix("Bearer "))
