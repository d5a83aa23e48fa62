"""The heads of official sheets and letters: from the city down to the office that speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.text import Text, Verbatim
from app.people.rules.posts import Post


@dataclass(frozen=True, slots=True)
class OfficePlace:
    """Where an office is, by the names of what it lies in; "" where there is none or it is not recorded."""

    city: str = ""
    kecamatan: str = ""
    kelurahan: str = ""
    site: str = ""


def letterhead(post: Post, place: OfficePlace) -> tuple[Text, ...]:
    """The lines of whoever holds the post. An administrator runs the software and does not speak for the city's government."""
    match post:
        case Post.ADMINISTRATOR:
            return (Verbatim("Sabuk Hijau"), *_named(Text("Pengelola %(name)s"), place.city))
        case Post.COORDINATOR:
            return (*_around(place), *_named(Text("Tim Penggerak PKK Kelurahan %(name)s"), place.kelurahan))
        case Post.PRINCIPAL | Post.OFFICER if place.site:
            return (*_around(place), *_bare(place.site))
        case _:
            return government(place)


def government(place: OfficePlace) -> tuple[Text, ...]:
    """The lines of a kelurahan or kecamatan."""
    kecamatan = _named(Text("Kecamatan %(name)s"), place.kecamatan)
    return (*_named(Text("Pemerintah %(name)s"), place.city), *kecamatan, *_named(Text("Kelurahan %(name)s"), place.kelurahan))


def _around(place: OfficePlace) -> Sequence[Text]:
    """City and kecamatan, as an office that is none of the government's names them."""
    return (*_bare(place.city), *_named(Text("Kecamatan %(name)s"), place.kecamatan))


def _named(line: Text, name: str) -> Sequence[Text]:
    return (line.given(name=name),) if name else ()


def _bare(name: str) -> Sequence[Text]:
    return (Verbatim(name),) if name else ()
