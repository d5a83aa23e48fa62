"""Names as people write them, and as we keep them."""

from __future__ import annotations

import re

from app.core.text import says_something

MAX_NAME_LENGTH = 120

_RW = re.compile(r"(?:RW[\s.]*)?0*([1-9][0-9]{0,2})", re.IGNORECASE)
_RT = re.compile(r"(?:RT[\s.]*)?0*([1-9][0-9]{0,2})", re.IGNORECASE)
_NPSN = re.compile(r"[0-9]{8}")
_LEVEL = re.compile(r"(?:kelurahan|kel\.|kecamatan|kec\.)\s+(?=\w)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What steers machines, turns the reading direction round or cannot be seen."""


def rw_name(text: str) -> str | None:
    """The RW's number with at least two digits: "5", "RW 5" and "005" are "05"; None for what is no number from 1 to 999."""
    return _numbered(_RW, text)


def rt_name(text: str) -> str | None:
    """The RT's number with at least two digits, read as `rw_name` reads an RW's."""
    return _numbered(_RT, text)


def _numbered(pattern: re.Pattern[str], text: str) -> str | None:
    # "00000005" is a slip of the hand, not a name.
    found = pattern.fullmatch(text.strip()) if len(text) <= 12 else None
    return f"{int(found[1]):02d}" if found else None


def npsn(text: str) -> str | None:
    """The school's national number when it has its eight digits."""
    stripped = text.strip()
    return stripped if _NPSN.fullmatch(stripped) else None


def clean_name(text: str) -> str | None:
    """The name without needless spaces; None when nothing is left or it holds control characters."""
    if _CONTROL.search(text.strip()):
        return None
    return " ".join(text.split()) if says_something(text) else None


def area_name(text: str) -> str | None:
    """`clean_name` without the word for the area's level, which every page says itself: "Kel. Citarum" is "Citarum"."""
    name = clean_name(text)
    return _LEVEL.sub("", name, count=1) if name and _LEVEL.match(name) else name


def same_name(a: str, b: str) -> bool:
    """Equal but for capitals, spaces and full stops ("Kb. Gedang" is "KB GEDANG")."""
    return folded_name(a) == folded_name(b)


def is_better_spelling(new: str, old: str) -> bool:
    """A name that says something else, or the same in mixed letters where the old one shouts."""
    return not same_name(new, old) or (old.isupper() and not new.isupper())


def folded_name(name: str) -> str:
    """The name as names are compared: `same_name` are those that are equal so."""
    return " ".join(name.replace(".", " ").casefold().split())
