"""Plain links of which one is where the reader is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request


def kept_arguments() -> tuple[tuple[str, str], ...]:
    """What the address asks for besides a search: a form that is sent by its address brings it along."""
    return tuple((name, value) for name, value in request.args.items() if name not in ("cari", "lang", "tema"))


@dataclass(frozen=True, slots=True)
class Choice:
    """Addresses with their words, and the address that is open, however it was written."""

    links: tuple[tuple[str, str], ...]
    here: str


def capital(words: str) -> str:
    """The words as they begin a line: "Semua waktu"."""
    return words[:1].upper() + words[1:]


def named_with_unit(name: str, unit: str) -> str:
    """ "Menit", "Berat ditimbang (kg)": the unit where the name does not say it."""
    return name if name.lower() == unit.lower() else f"{name} ({unit})"


def choice(options: Iterable[tuple[str, str, bool]]) -> Choice:
    """From (address, words, whether it is open)."""
    listed = list(options)
    here = next((address for address, _, is_open in listed if is_open), "")
    return Choice(tuple((address, words) for address, words, _ in listed), here)
