"""What an address is to whoever asks it: a page, a part of the wire, a probe, or the same for all. A blueprint is made with it.

A room that has both pages and a part of the wire has two blueprints, the second one hung into the first.
"""

from __future__ import annotations

from enum import StrEnum

from flask import Blueprint, Flask, current_app, request
from werkzeug.exceptions import MethodNotAllowed

_WIRE_BEGINS = "/api/"


class Surface(StrEnum):
    PAGE = "page"
    """HTML for people; what writes carries the token of a page of ours; who must sign in is led there."""
    WIRE = "wire"
    """JSON for programs and phones; a session writes with our own Origin and header, and is never led anywhere."""
    PROBE = "probe"
    """JSON for machines that watch; no reader, no language."""
    STATIC = "static"
    """The same for everybody: scripts, the worker, what a phone keeps."""

    @property
    def speaks_json(self) -> bool:
        return self in (Surface.WIRE, Surface.PROBE)

    @property
    def has_reader(self) -> bool:
        """Whether an answer may depend on who asks."""
        return self in (Surface.PAGE, Surface.WIRE)


class SurfaceBlueprint(Blueprint):
    """A blueprint of one surface."""

    def __init__(self, name: str, import_name: str, surface: Surface, *, url_prefix: str | None = None) -> None:
        super().__init__(name, import_name, url_prefix=url_prefix)
        self.surface = surface


def surface_of(app: Flask, endpoint: str) -> Surface | None:
    """The surface of the blueprint on which the endpoint hangs; None where it hangs on none."""
    blueprint = app.blueprints.get(endpoint.rpartition(".")[0])
    return blueprint.surface if isinstance(blueprint, SurfaceBlueprint) else None


def surface() -> Surface:
    """The surface of the address that is asked, served or not: what is not there is wire below /api/, else a page."""
    by_place = Surface.WIRE if request.path.startswith(_WIRE_BEGINS) else Surface.PAGE
    return surface_of(current_app, _endpoint()) or by_place


def _endpoint() -> str:
    refused = request.routing_exception
    if isinstance(refused, MethodNotAllowed) and refused.valid_methods:
        return str(current_app.url_map.bind("").match(request.path, next(iter(refused.valid_methods)))[0])
    return request.endpoint or ""
