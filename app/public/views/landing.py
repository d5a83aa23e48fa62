"""The front page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.database import db
from app.photo_consent.queries import PublicPair, public_pairs
from app.public.queries.landing import Landing, landing
from app.public.views.blueprint import blueprint
from app.public.views.city_map import CityMap, map_of_actions


@dataclass(frozen=True, slots=True)
class LandingPage:
    told: Landing
    map: CityMap | None
    pairs: tuple[PublicPair, ...]
    """The photographs before and after that were released last, if any."""


@blueprint.get("/")
def front() -> ResponseReturnValue:
    """What this is, what the city has done, and the way in."""
    session = db.session()
    told = landing(session, now=utc_now())
    drawn = map_of_actions(session, told.city, told.by_area, told.month) if told.city and told.by_area else None
    return render_template("public/landing.html", page=LandingPage(told, drawn, public_pairs(session, limit=1, now=utc_now())))
