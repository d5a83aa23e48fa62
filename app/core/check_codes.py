"""The code under a printed stamp: 13 letters and digits that nobody mistakes for each other, by which anybody can check it."""

from __future__ import annotations

import re
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U."""
LENGTH = 13
_READ_AS = str.maketrans("ILO", "110", " -.\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\u00a0\u202f")
"""What is read for another letter, and what parts groups."""
_OUTSIDE_BITS = 128 - 5 * LENGTH
_OLD = re.compile(r"[0-9A-F]{8}")


def check_code(serial: UUID) -> str:
    """The first 65 bits of the stamp's serial, 60 of them random: "7K3QX9M2B4TAC"."""
    number = serial.int >> _OUTSIDE_BITS
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH - 1, -1, -1))


def grouped(code: str) -> str:
    """The code as people read it out: "7K3Q-X9M2-B4TAC"."""
    return "-".join((code[:4], code[4:8], code[8:]))


def read_code(typed: str) -> str | None:
    """The code that was meant, in whatever case and groups; None for what is none."""
    code = typed.upper().translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def serials(code: str) -> tuple[UUID, UUID]:
    """The first and the last serial that have the code."""
    number = 0
    for letter in code:
        number = number << 5 | ALPHABET.index(letter)
    first = number << _OUTSIDE_BITS
    return UUID(int=first), UUID(int=first | (1 << _OUTSIDE_BITS) - 1)


def is_old_code(typed: str) -> bool:
    """Whether it is one of the short numbers that stamps showed and booklets called a code: too short to look up."""
    return _OLD.fullmatch(typed.upper().translate(str.maketrans("", "", " -"))) is not None
