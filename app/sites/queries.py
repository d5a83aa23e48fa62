"""How far a site reaches that says nothing of it, and how many sites there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.people.queries.reach import sites_within
from app.people.rules import ActiveTenure, reach_of
from app.places.models import Site
from app.programmes import queries as programmes
from app.programmes.rules.definition import Circle

DEFAULT_RADIUS_M = 200.0
"""Where no programme has circles."""


def default_radius_m(session: Session, today: date) -> float:
    """The radius in metres of a site that has none of its own, as the first programme with circles says."""
    circles = (each.definition.place for each in programmes.all_current(session, today))
    return next((circle.radius_m for circle in circles if isinstance(circle, Circle)), DEFAULT_RADIUS_M)


@dataclass(frozen=True, slots=True)
class SiteCounts:
    open: int
    unconfirmed: int


def counted(session: Session, tenures: Iterable[ActiveTenure]) -> SiteCounts:
    """The open sites within reach of these posts."""
    asked = select(func.count(), func.count(Site.confirmed_at)).where(
        Site.closed_at.is_(None), sites_within(session, reach_of(tenures))
    )
    there, confirmed = session.execute(asked).one()
    return SiteCounts(there, there - confirmed)
