"""What was found in an action's photographs, as sentences that a volunteer understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.core.text import Language, Text, number

_ID, _EN = Language.INDONESIAN, Language.ENGLISH
Values = Mapping[str, Any]


def _which(photos: Sequence[int]) -> tuple[str, str]:
    """ "Foto 1 dan 3" and "Photograph 1 and 3"; they are counted from 1."""
    *before, last = (str(photo) for photo in photos)
    if not before:
        return f"Foto {last}", f"Photograph {last}"
    return f"Foto {', '.join(before)} dan {last}", f"Photographs {', '.join(before)} and {last}"


def _span(minutes: int) -> tuple[str, str]:
    """ "3 jam 20 menit" and "3 h 20 min"; from two days on whole days."""
    if minutes >= 2 * 24 * 60:
        days = round(minutes / (24 * 60))
        return f"{number(days, _ID, 0)} hari", f"{number(days, _EN, 0)} days"
    hours, rest = divmod(minutes, 60)
    spans_id = [f"{hours} jam"] * bool(hours) + [f"{rest} menit"] * bool(rest or not hours)
    spans_en = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(spans_id), " ".join(spans_en)


def _far(metres: int) -> tuple[str, str]:
    if metres < 10_000:
        return f"{number(metres, _ID, 0)} m", f"{number(metres, _EN, 0)} m"
    return f"{number(metres / 1000, _ID, 0)} km", f"{number(metres / 1000, _EN, 0)} km"


def _ok(values: Values) -> Text:
    return Text(f"{values['photos']} foto sudah diperiksa.", f"Photographs checked: {values['photos']}.")


_WHY_BROKEN = {
    "too_large": ("terlalu besar untuk dibuka", "is too large to be opened"),
    "unreadable": ("rusak dan tidak dapat dibuka", "is damaged and cannot be opened"),
    "gave_up": ("belum dapat dibuka di server", "could not be opened on the server yet"),
}


def _broken(values: Values) -> Text:
    which_id, which_en = _which(values["photos"])
    why_id, why_en = _WHY_BROKEN[values["fault"]]
    return Text(f"{which_id} {why_id}. Petugas akan memeriksanya.", f"{which_en} {why_en}. An officer will check it.")


def _seen(values: Values, indonesian: str, english: str) -> Text:
    which_id, which_en = _which(values["photos"])
    return Text(f"{which_id} {indonesian}.", f"{which_en} {english}.")


def _held(code: str) -> Callable[[Values], Text]:
    def said(values: Values) -> Text:
        seen = SEEN[code](values)
        return Text(f"{seen.id} Perlu diperiksa petugas dulu.", f"{seen.en} An officer has to check it first.")

    return said


def _time_off(values: Values) -> Text:
    span_id, span_en = _span(values["minutes"])
    return _seen(values, f"diambil {span_id} di luar waktu aksi", f"taken {span_en} outside the time of the action")


def _place_off(values: Values) -> Text:
    far_id, far_en = _far(values["metres"])
    return _seen(values, f"diambil {far_id} dari tempat aksi", f"taken {far_en} from the place of the action")


SEEN: dict[str, Callable[[Values], Text]] = {
    "photo_repeated": lambda values: _seen(values, "sudah dipakai untuk aksi lain", "was already used for another action"),
    "photo_similar": lambda values: _seen(
        values, "mirip sekali dengan foto aksi lain", "looks just like a photograph of another action"
    ),
    "photo_time_off": _time_off,
    "photo_place_off": _place_off,
}
"""What looks wrong, whatever follows from it."""

SENTENCES: dict[str, Callable[[Values], Text]] = {
    "photos_ok": _ok,
    "photo_broken": _broken,
    **{code: _held(code) for code in SEEN},
}
