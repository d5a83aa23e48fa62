"""Which sites lie within reach of somebody's posts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import Session

from app.people.rules import ActiveTenure
from app.places import queries as places
from app.places.models import Site
from app.places.queries import AreaLevel


def sites_in_reach(session: Session, tenures: Iterable[ActiveTenure]) -> ColumnElement[bool]:
    """Sites at which one of the posts is held, or that lie in its area; those outside every kelurahan are the nearest city's."""
    index, reach = places.areas(session), []
    tenures = list(tenures)
    own = {tenure.site_id for tenure in tenures if tenure.site_id is not None}
    areas = {tenure.area_id for tenure in tenures if tenure.area_id is not None}
    if own:
        reach.append(Site.id.in_(own))
    kelurahan = {kelurahan_id for area_id in areas for kelurahan_id in index.kelurahan_within(area_id)}
    if kelurahan:
        reach.append(Site.kelurahan_id.in_(kelurahan))
    cities = {area_id for area_id in areas if index.by_id[area_id].level is AreaLevel.CITY}
    if cities:
        reach.append(Site.id.in_(places.sites_outside(session, cities)))
    return or_(false(), *reach)
