"""What leaks hold most often, with names and words, as fingerprints: `bin/common-passwords` writes the file.

Four bytes of SHA-256 each, sorted: 360 KB that are read at the first question. One in 48,000 others is taken for one of them.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

FILE = Path(__file__).with_name("common_passwords.bin")
MIN_LENGTH = 4
"""Shorter ones are pieces of too much else."""


def is_common(word: str) -> bool:
    """Whether the word, in lower case, is one of them."""
    if len(word) < MIN_LENGTH:
        return False
    known, mark = _known(), _fingerprint(word)
    at = bisect_left(known, mark)
    return at < len(known) and known[at] == mark


def packed(words: Iterable[str]) -> bytes:
    """The file for these words."""
    return _big(array("I", sorted({_fingerprint(word.casefold()) for word in words if len(word) >= MIN_LENGTH}))).tobytes()


@cache
def _known() -> array[int]:
    return _big(array("I", FILE.read_bytes()))


def _fingerprint(word: str) -> int:
    return int.from_bytes(sha256(word.encode()).digest()[:4], "big")


def _big(numbers: array[int]) -> array[int]:
    """The numbers with their bytes as they lie in the file: the largest first."""
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
