"""Sixteen digits are somebody's NIK or a family's KK: they are hidden in what people write freely, and are no part of a name.

Both are written as PPKKCC DDMMYY NNNN (province to kecamatan, a day of birth or issue, a number; women's days are 40 more).
"""

from __future__ import annotations

import re

from app.core.text import Text

NO_IDENTITY_NUMBER = Text("Jangan tulis NIK, nomor KK, atau nomor 16 angka lain di sini.")
HIDDEN = "•"

_PARTS = r"[\s.\-\u2010-\u2015\u2212/_·\u200b-\u200f\u2060\ufeff]"
_SIXTEEN = re.compile(rf"(?<!\d)(?:\d{_PARTS}{{0,3}}){{15}}\d(?!\d)")
_UNSEEN_ALONE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_PRINTED = frozenset({(4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4), (2, 2, 2, 2, 2, 2, 4), (6, 10), (12, 4)})
"""How many digits stand together where one is written in pieces."""
_PROVINCES = frozenset(
    {*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98)}
)


def has_identity_number(text: str) -> bool:
    """Whether the text holds what `hide_identity_numbers` would hide."""
    return hide_identity_numbers(text) != text


def hide_identity_numbers(text: str) -> str:
    """The text with a dot for each digit of such a number, as long as before."""
    done, start = "", 0
    while found := _SIXTEEN.search(text, start):
        if _is_one(found[0]):
            done += text[start : found.start()] + re.sub(r"\d", HIDDEN, found[0])
            start = found.end()
        else:
            done += text[start : found.start() + 1]
            start = found.start() + 1
    return done + text[start:]


def _is_one(written: str) -> bool:
    """In one piece, or parted as cards and papers print it, it is one; parted otherwise it may be days, hours, or the
    numbers of houses: then its digits decide."""
    parted = _UNSEEN_ALONE.sub("", written)
    pieces = tuple(map(len, re.findall(r"\d+", parted)))
    if len(pieces) == 1 or (pieces in _PRINTED and len(set(re.sub(r"\d", "", parted))) == 1):
        return True
    digits = [int(letter) for letter in written if letter.isdecimal()]
    province, day, month = (digits[at] * 10 + digits[at + 1] for at in (0, 6, 8))
    return province in _PROVINCES and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12
