"""Outlines for maps to move in: what a choropleth is drawn on, and among what a pin is set."""

from __future__ import annotations

from flask import Response, request

from app.core.errors import invalid
from app.core.text import Text
from app.database import db
from app.places import queries as places
from app.places.queries import AreaLevel
from app.public.answers import OutlineMap
from app.public.queries.outlines import city_outlines
from app.public.views.blueprint import wire_blueprint
from app.web.arguments import arguments
from app.web.described import SignIn, described, string_param

MAX_AGE_S = 24 * 3600
"""Outlines change when a council decides so."""


@wire_blueprint.get("/api/v1/outlines.geojson")
@described(
    {200: OutlineMap},
    arguments=[string_param("city", "the city's code; every kelurahan when left out", example="32.73")],
    media="application/geo+json",
    is_kept=True,
    sign_in=SignIn.NONE,
    refuses=[422, 503],
)
def outlines() -> Response:
    """The outlines of the kelurahan (of one `city`), simplified for maps on a phone: borders may differ by some 30 m."""
    code = arguments(("city",)).get("city")
    session = db.session()
    city = places.areas(session).by_code(code) if code else None
    if code and (city is None or city.level is not AreaLevel.CITY):
        raise invalid("city", "unknown", Text("Kota ini tidak ada."))
    response = Response(city_outlines(session, city.id if city else None), mimetype="application/geo+json")
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}"
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response
