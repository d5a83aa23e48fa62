"""The choices by which lists of the administration are narrowed; each stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from app.core.text import Text
from app.people import queries as people
from app.places import queries as places
from app.places.queries import AreaLevel

Given = tuple[str, Text, Sequence[tuple[str, Text | str]]]
"""Name of the argument, words for it, its values with their words."""

ALL = Text("Semua")


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    label: Text
    choices: tuple[tuple[str, Text | str], ...]
    chosen: str


def filters_of(*given: Given) -> tuple[Filter, ...]:
    """Each with "all" as its first choice, and what the address has chosen."""
    return tuple(Filter(name, label, (("", ALL), *choices), request.args.get(name, "")) for name, label, choices in given)


def area_filter(session: Session) -> Given:
    """City, kecamatan and kelurahan, each level by name."""
    index = places.areas(session)
    named = [
        (area.code, people.place_name(session, area.id, None))
        for level in (AreaLevel.CITY, AreaLevel.KECAMATAN, AreaLevel.KELURAHAN)
        for area in sorted(index.of_level(level), key=lambda area: (area.name, area.code))
    ]
    return ("wilayah", Text("Wilayah"), named)
