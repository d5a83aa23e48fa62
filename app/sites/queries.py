"""How far a site reaches that says nothing of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.programmes import queries as programmes
from app.programmes.rules.definition import Circle

DEFAULT_RADIUS_M = 200.0
"""Where no programme has circles."""


def default_radius_m(session: Session, today: date) -> float:
    """The radius in metres of a site that has none of its own, as the first programme with circles says."""
    circles = (each.definition.place for each in programmes.all_current(session, today))
    return next((circle.radius_m for circle in circles if isinstance(circle, Circle)), DEFAULT_RADIUS_M)
