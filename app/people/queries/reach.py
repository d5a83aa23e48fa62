"""Which sites and which tenures lie where posts reach."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from app.people.models import Tenure
from app.people.rules import Reach
from app.places import queries as places
from app.places.models import Site
from app.places.queries import AreaLevel


def kelurahan_within(session: Session, reach: Reach) -> frozenset[int]:
    """The kelurahan that lie in the areas, that they are, or in which they lie."""
    index = places.areas(session)
    return frozenset(kelurahan_id for area_id in reach.areas for kelurahan_id in index.kelurahan_within(area_id))


def cities_within(session: Session, reach: Reach) -> frozenset[int]:
    """The cities among the areas: what lies outside every kelurahan is theirs."""
    index = places.areas(session)
    return frozenset(area_id for area_id in reach.areas if index.by_id[area_id].level is AreaLevel.CITY)


def sites_within(session: Session, reach: Reach) -> ColumnElement[bool]:
    """Sites at which one of the posts is held, or that lie in its area; those outside every kelurahan are the nearest city's."""
    within: list[ColumnElement[bool]] = []
    if reach.sites:
        within.append(Site.id.in_(reach.sites))
    if kelurahan := kelurahan_within(session, reach):
        within.append(Site.kelurahan_id.in_(kelurahan))
    if cities := cities_within(session, reach):
        within.append(Site.id.in_(places.sites_outside(session, cities)))
    return or_(false(), *within)


def tenures_within(session: Session, reach: Reach) -> ColumnElement[bool]:
    """Tenures at the sites, in the areas and all below them, and at the sites there."""
    areas = _with_all_below(session, reach)
    outside = places.sites_outside(session, cities_within(session, reach))
    in_area = select(Site.id).where(or_(Site.kelurahan_id.in_(areas), Site.id.in_(outside)))
    return or_(Tenure.area_id.in_(areas), Tenure.site_id.in_(reach.sites), Tenure.site_id.in_(in_area))


def _with_all_below(session: Session, reach: Reach) -> set[int]:
    index, areas, below = places.areas(session), set[int](), list(reach.areas)
    while below:
        area_id = below.pop()
        areas.add(area_id)
        below += [child.id for child in index.children(area_id)]
    return areas
