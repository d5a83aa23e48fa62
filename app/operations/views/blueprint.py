"""The blueprint of the pages about the server itself; they stand in the frame of the administration."""

from __future__ import annotations

from flask import current_app

from app.admin.rules import pages_of
from app.database import db
from app.people.access import my_permissions, somebody
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("operations", __name__, Surface.PAGE)


@blueprint.context_processor
def frame() -> dict[str, object]:
    """What templates/admin/frame.html asks for: the pages that the reader may open."""
    return {"admin_pages": () if somebody() is None else pages_of(my_permissions(db.session()), _served())}


def _served() -> frozenset[str]:
    return frozenset(rule.rule for rule in current_app.url_map.iter_rules())
