"""Where somebody is at home here: the kelurahan that pages call "mine"."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from app.people import queries as people
from app.people.rules import Held
from app.places import queries as places


def own_kelurahan(session: Session, held: Collection[Held]) -> int | None:
    """The kelurahan of the first site to which the holder of these posts belongs, else of the first area at which one is held."""
    mine = people.member_sites(held)
    sites, index = places.sites_by_id(session, mine), places.areas(session)
    of_sites = (sites[site_id].kelurahan_id for site_id in mine if site_id in sites)
    of_areas = (index.kelurahan_of(tenure.area_id) for tenure in held if tenure.area_id is not None)
    return next((area_id for area_id in (*of_sites, *of_areas) if area_id is not None), None)
