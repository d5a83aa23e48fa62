"""The blueprints of recording: its pages, and the wire for phones."""

from __future__ import annotations

from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("sync", __name__, Surface.PAGE)
wire_blueprint = SurfaceBlueprint("wire", __name__, Surface.WIRE)
blueprint.register_blueprint(wire_blueprint)
