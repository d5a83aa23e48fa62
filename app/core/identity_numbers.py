"""Sixteen digits are somebody's NIK or a family's KK: they are hidden in what people write freely, and are no part of a name.

Both are written as PPKKCC DDMMYY NNNN (province to kecamatan, a day of birth or issue, a number; women's days are 40 more).
"""

from __future__ import annotations

import re

from app.core.text import Text

NO_IDENTITY_NUMBER = Text(
    "Jangan tulis NIK, nomor KK, atau nomor 16 angka lain di sini.",
    "Please write no NIK, KK or other number of 16 digits here.",
)
HIDDEN = "•"

_PARTS = r"[\s.\-\u2010-\u2015\u2212/_·\u200b-\u200f\u2060\ufeff]"
_SIXTEEN = re.compile(rf"(?<!\d)(?:\d{_PARTS}{{0,3}}){{15}}\d(?!\d)")
_UNSEEN = re.compile(r"[\d\u200b-\u200f\u2060\ufeff]")
_PROVINCES = frozenset(
    {*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98)}
)


def has_identity_number(text: str) -> bool:
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
    """In one piece or parted by one sign it is one; parted by several it may be hours and days: then its digits decide."""
    parted_by = set(_UNSEEN.sub("", written))
    if len(parted_by) < 2:
        return True
    digits = [int(letter) for letter in written if letter.isdecimal()]
    province, day, month = (digits[at] * 10 + digits[at + 1] for at in (0, 6, 8))
    return province in _PROVINCES and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12
