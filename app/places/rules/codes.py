"""Area codes: Kemendagri's PP.KK.CC.VVVV, an RW's name below it, and the words that name a place at the command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from app.places.rules.names import npsn, rw_name
from app.places.rules.words import AreaLevel

_DOTTED = re.compile(r"[0-9]{2}\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?")
_PLAIN = re.compile(r"([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{4})?)?")
_SERIAL = re.compile(r"[0-9]{1,4}")
_BPS_LEVELS = {4: AreaLevel.CITY, 7: AreaLevel.KECAMATAN, 10: AreaLevel.KELURAHAN}
_LEVELS = {2: AreaLevel.CITY, 3: AreaLevel.KECAMATAN, 4: AreaLevel.KELURAHAN}
_SERIAL_DIGITS = {AreaLevel.KECAMATAN: 2, AreaLevel.KELURAHAN: 4}

# Provinces outside western time. Kalimantan Barat and Tengah (61, 62) keep it.
_CENTRAL = frozenset(("51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"))
_EASTERN = frozenset(("81", "82", "91", "92", "93", "94", "95", "96"))


def code_text(value: object) -> str | None:
    """A code as text, from text or from the number that a table made of it; None for anything else or nothing."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value
    return str(value).strip() or None if isinstance(value, str | int) else None


def normal_code(value: object) -> str | None:
    """The code with its dots: "3273091003" and 3273091003 are "32.73.09.1003"; None for what has no such shape."""
    text = code_text(value)
    if text is None:
        return None
    if _DOTTED.fullmatch(text):
        return text
    plain = _PLAIN.fullmatch(text)
    return ".".join(part for part in plain.groups() if part) if plain else None


def joined_code(parent: str, serial: object) -> str | None:
    """The code of the part that its parent counts as number `serial`: "32.73.09" and 1003 are "32.73.09.1003"."""
    text = code_text(serial)
    below = {AreaLevel.CITY: AreaLevel.KECAMATAN, AreaLevel.KECAMATAN: AreaLevel.KELURAHAN}.get(level_of(parent))
    if text is None or below is None or not _SERIAL.fullmatch(text) or len(text) > _SERIAL_DIGITS[below]:
        return None
    return f"{parent}.{text.zfill(_SERIAL_DIGITS[below])}"


def level_of(code: str) -> AreaLevel:
    """The level that a code with dots stands for."""
    return AreaLevel.RW if "/" in code else _LEVELS[code.count(".") + 1]


def parent_code(code: str) -> str | None:
    """The code of the area that holds this one; None for a city, whose province is no area here."""
    if "/" in code:
        return code.partition("/")[0]
    return code.rpartition(".")[0] if code.count(".") > 1 else None


def rw_code(kelurahan_code: str, name: str) -> str:
    """The code of an RW: "32.73.09.1003" and "05" are "32.73.09.1003/05"."""
    return f"{kelurahan_code}/{name}"


def bps_level(code: str) -> AreaLevel | None:
    """The level of a code of the statistics office, which counts kecamatan with three digits."""
    return _BPS_LEVELS.get(len(code)) if code.isascii() and code.isdigit() else None


def bps_parent(code: str) -> str | None:
    """The first four digits of a kecamatan's code of the statistics office (7), seven of a kelurahan's (10); None for others."""
    return {7: code[:4], 10: code[:7]}.get(len(code))


def zone_of(code: str) -> str:
    """The time zone of the code's province."""
    if code[:2] in _CENTRAL:
        return "Asia/Makassar"
    return "Asia/Jayapura" if code[:2] in _EASTERN else "Asia/Jakarta"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What somebody wrote to name a place: exactly one of an area's code (perhaps with an RW), an NPSN, a site's UUID."""

    code: str | None = None
    rw: str | None = None
    npsn: str | None = None
    site: UUID | None = None


def parse_place(text: str) -> PlaceWords | None:
    """Reads "32.73.09.1003", "32.73.09.1003/05", "npsn:12345678" or "site:UUID"; None for anything else.

    A code of seven digits may be one of the statistics office.
    """
    text = text.strip()
    if text.startswith("npsn:"):
        number = npsn(text.removeprefix("npsn:"))
        return PlaceWords(npsn=number) if number else None
    if text.startswith("site:"):
        return _parse_site(text.removeprefix("site:"))
    written, slash, below = text.partition("/")
    code = normal_code(written) or (written if bps_level(written) else None)
    rw = rw_name(below) if slash else None
    if code is None or (slash and (rw is None or code.count(".") != 3)):
        return None
    return PlaceWords(code=code, rw=rw)


def _parse_site(text: str) -> PlaceWords | None:
    try:
        return PlaceWords(site=UUID(text))
    except ValueError:
        return None
