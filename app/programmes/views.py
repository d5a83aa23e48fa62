"""The programmes as they stand, for programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from flask import Response, jsonify, request

from app.core.catalogue import Language
from app.core.clock import utc_now
from app.core.errors import NotFound
from app.core.text import Text
from app.database import db
from app.places import queries as places
from app.programmes import queries
from app.programmes.answers import PROGRAMME, PROGRAMMES
from app.programmes.rules.definition import Definition, Part, Wording
from app.web.described import SignIn, described
from app.web.language import language
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("programmes", __name__, Surface.WIRE, url_prefix="/api/v1/programmes")

MAX_AGE_S = 60
"""Seconds for which whoever asked need not ask again."""


@blueprint.get("")
@described({200: PROGRAMMES}, sign_in=SignIn.NONE, is_kept=True, refuses=[503])
def index() -> Response:
    """The programmes as they stand today, with their public frame."""
    in_force = queries.all_current(db.session(), places.day_at(db.session(), utc_now()))
    return _cacheable({"programmes": [programme_json(each.definition, language()) for each in in_force]})


@blueprint.get("/<code>")
@described({200: PROGRAMME}, sign_in=SignIn.NONE, is_kept=True, refuses=[503])
def show(code: str) -> Response:
    """One programme as it stands today."""
    in_force = queries.current(db.session(), code, places.day_at(db.session(), utc_now()))
    if in_force is None:
        raise NotFound(Text("Program ini tidak ada."))
    return _cacheable(programme_json(in_force.definition, language()))


def programme_json(definition: Definition, spoken: Language) -> dict[str, Any]:
    """What the programme file says, key by key (docs/programmes.md), each text in the one language."""
    said: dict[str, Any] = _plain(definition, spoken)
    said["counts"] = sorted(definition.tally_measures())
    return said


def _plain(value: object, spoken: Language) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Wording):
        return value.text.said(spoken)
    if isinstance(value, Part):
        return {name: _plain(getattr(value, name), spoken) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {str(key): _plain(inner, spoken) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner, spoken) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _cacheable(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}"
    response.headers["Content-Language"] = language()
    # The language is chosen by header or cookie.
    response.vary.update(["Accept-Language", "Cookie"])
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]
