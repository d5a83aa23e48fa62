"""The blueprints of what anybody may see: pages, and their wire."""

from __future__ import annotations

from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("public", __name__, Surface.PAGE)
wire_blueprint = SurfaceBlueprint("wire", __name__, Surface.WIRE)
blueprint.register_blueprint(wire_blueprint)
