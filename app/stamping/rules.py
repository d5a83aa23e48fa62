"""Who may put their word under whose action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.people.rules import DEEDS, Deed, Held


@dataclass(frozen=True, slots=True)
class Place:
    """Where an action lies, as far as it matters for the right to stamp."""

    site_id: int | None
    rw_id: int | None
    around: frozenset[int]
    """The kelurahan and all areas around it; for an action outside every kelurahan: the cities."""
    rws: frozenset[int]
    """The RWs of that kelurahan."""


def may_stamp(held: Iterable[Held], stampers: Sequence[str], place: Place, *, is_own: bool) -> Held | None:
    """The post by whose right its holder may stamp, refuse or void; None where there is none, and never for one's own.

    `stampers` is the programme's list for the capacity in which somebody acted, as POST@site, POST@kelurahan or
    POST@other_rw; the first that fits is taken.
    """
    if is_own:
        return None
    mine = [h for h in held if Deed.STAMP in DEEDS[h.post]]
    for stamper in stampers:
        post, _, where = stamper.partition("@")
        for h in mine:
            if h.post.value == post and _reaches(h, where, place):
                return h
    return None


def _reaches(held: Held, where: str, place: Place) -> bool:
    if where == "site":
        return held.site_id is not None and held.site_id == place.site_id
    if held.area_id is None:
        return False
    if held.area_id in place.around:
        return True
    if where == "other_rw":
        return held.area_id in place.rws and held.area_id != place.rw_id
    return held.area_id == place.rw_id
