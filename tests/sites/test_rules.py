"""How far a site reaches: its own radius, within what the programme allows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from app.core.geo import Point
from app.sites.rules import radius_m
from tests.actions import cases


@dataclass(frozen=True)
class Site:
    site_id: int
    uuid: UUID
    centre: Point
    radius_m: float | None


@pytest.mark.parametrize(("own", "radius"), [(None, 200), (100, 100), (99, 100), (150, 150), (300, 300), (301, 300), (0, 100)])
def test_a_sites_own_radius_stays_within_what_the_programme_allows(own, radius):
    site = Site(1, UUID(int=1), Point(107.6, -6.9), radius_m=own)
    assert radius_m(site, cases.definition().place) == radius
