"""What was found in an action's photographs, as sentences that a volunteer understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.text import Listing, Number, Text, Value

_ID, _EN = INDONESIAN, ENGLISH
Values = Mapping[str, Any]


def _which(photos: Sequence[int]) -> Text:
    """ "Foto 1 dan 3"; they are counted from 1."""
    *before, last = (str(photo) for photo in photos)
    if not before:
        return Text("Foto %(number)s", number=last)
    return Text.pgettext("several", "Foto %(numbers)s dan %(last)s", numbers=", ".join(before), last=last)


def span(minutes: int) -> Text:
    """ "3 jam 20 menit"."""
    hours, rest = divmod(minutes, 60)
    spans: list[Value] = [Text("%(hours)s jam", hours=hours)] * bool(hours)
    return Listing(spans + [Text("%(minutes)s menit", minutes=rest)] * bool(rest or not hours), separator=" ")


def _long_span(minutes: int) -> Text:
    """From two days on whole days."""
    return Text("%(days)s hari", days=round(minutes / (24 * 60))) if minutes >= 2 * 24 * 60 else span(minutes)


def metres(value: float) -> Text:
    """ "1.234 m"."""
    return Text("%(metres)s m", metres=Number(value, 0))


def _far(value: int) -> Text:
    return metres(value) if value < 10_000 else Text("%(km)s km", km=Number(value / 1000, 0))


SEEN_FIRST = "seen"
"""The value under which a sentence of two keeps what was seen; the other says what follows until somebody has decided."""


def to_be_looked_at(seen: Text) -> Text:
    return Text("%(seen)s Petugas akan memeriksanya.", seen=seen)


def to_be_checked(seen: Text) -> Text:
    return Text("%(seen)s Perlu diperiksa petugas dulu.", seen=seen)


def _ok(values: Values) -> Text:
    return Text("%(photos)s foto sudah diperiksa.", photos=values["photos"])


_BROKEN = {
    "too_large": Text("%(photos)s terlalu besar untuk dibuka."),
    "unreadable": Text("%(photos)s rusak dan tidak dapat dibuka."),
    "gave_up": Text("%(photos)s belum dapat dibuka di server."),
}


def _broken(values: Values) -> Text:
    return to_be_looked_at(_BROKEN[values["fault"]].given(photos=_which(values["photos"])))


def _held(code: str) -> Callable[[Values], Text]:
    def said(values: Values) -> Text:
        seen = SEEN[code](values)
        return to_be_checked(seen)

    return said


SEEN: dict[str, Callable[[Values], Text]] = {
    "photo_repeated": lambda values: Text("%(photos)s sudah dipakai untuk aksi lain.", photos=_which(values["photos"])),
    "photo_similar": lambda values: Text("%(photos)s mirip sekali dengan foto aksi lain.", photos=_which(values["photos"])),
    "photo_time_off": lambda values: Text(
        "%(photos)s diambil %(span)s di luar waktu aksi.", photos=_which(values["photos"]), span=_long_span(values["minutes"])
    ),
    "photo_place_off": lambda values: Text(
        "%(photos)s diambil %(far)s dari tempat aksi.", photos=_which(values["photos"]), far=_far(values["metres"])
    ),
}
"""What looks wrong, whatever follows from it."""

SENTENCES: dict[str, Callable[[Values], Text]] = {
    "photo_follows": lambda values: Text("%(n)s foto menyusul; ditunggu paling lama 7 hari.", n=values["photos"]),
    "photo_never_came": lambda values: to_be_looked_at(
        Text("%(n)s foto yang akan menyusul tidak datang dalam 7 hari.", n=values["photos"])
    ),
    "photos_ok": _ok,
    "photo_broken": _broken,
    **{code: _held(code) for code in SEEN},
}
