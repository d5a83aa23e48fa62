"""The officer's desk: for programs and as a page. All of it hangs on one blueprint."""

from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("stamping", __name__, Surface.PAGE)
wire_blueprint = SurfaceBlueprint("wire", __name__, Surface.WIRE)
blueprint.register_blueprint(wire_blueprint)

from app.stamping.views import desk, photographs, wire  # noqa: E402, F401 - each module hangs its views on the blueprint above
