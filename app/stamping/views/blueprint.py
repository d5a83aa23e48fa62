"""The blueprints of the officer's desk: its pages, and its wire."""

from __future__ import annotations

from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("stamping", __name__, Surface.PAGE)
wire_blueprint = SurfaceBlueprint("wire", __name__, Surface.WIRE)
blueprint.register_blueprint(wire_blueprint)
