"""What shows several rooms at once. All of these pages hang on one blueprint."""

from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("home", __name__, Surface.PAGE)
wire_blueprint = SurfaceBlueprint("wire", __name__, Surface.WIRE)
blueprint.register_blueprint(wire_blueprint)

# Each module hangs its pages on the blueprint above.
from app.home.views import (  # noqa: E402
    account,
    boards,
    city,
    facts,
    kelurahan,
    landing,
    me,
    method,
    mine,
    notices,
    outlines,
    programmes,
)

__all__ = [
    "account",
    "blueprint",
    "boards",
    "city",
    "facts",
    "kelurahan",
    "landing",
    "me",
    "method",
    "mine",
    "notices",
    "outlines",
    "programmes",
]
