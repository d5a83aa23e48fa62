"""The blueprints of what somebody sees of themselves: pages, and their wire."""

from __future__ import annotations

from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("mine", __name__, Surface.PAGE)
wire_blueprint = SurfaceBlueprint("wire", __name__, Surface.WIRE)
blueprint.register_blueprint(wire_blueprint)
