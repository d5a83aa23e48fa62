"""How far a site reaches."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from app.core.geo import Point
from app.programmes.rules.definition import Circle


class Nearby(Protocol):
    """A site as it lay at some time (places.queries.SiteAt)."""

    @property
    def site_id(self) -> int: ...
    @property
    def uuid(self) -> UUID: ...
    @property
    def centre(self) -> Point: ...
    @property
    def radius_m(self) -> float | None: ...


def radius_m(site: Nearby, circle: Circle) -> float:
    """Metres from the centre within which actions count: a site's own within what the programme allows, else the programme's."""
    if site.radius_m is None:
        return circle.radius_m
    return min(max(site.radius_m, circle.smallest_radius_m), circle.largest_radius_m)
