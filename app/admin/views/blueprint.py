"""The blueprint of the administration, and what its one frame asks for."""

from __future__ import annotations

from flask import current_app

from app.admin.rules import AdminPage, pages_of
from app.database import db
from app.people.access import my_permissions, somebody
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("admin", __name__, Surface.PAGE)


@blueprint.context_processor
def frame() -> dict[str, object]:
    """What templates/admin/frame.html asks for: `admin_pages`, the pages that I may open."""
    return {"admin_pages": open_pages()}


def open_pages() -> tuple[AdminPage, ...]:
    """The pages that I may open, of those that there are."""
    if somebody() is None:
        return ()
    return pages_of(my_permissions(db.session()), {rule.rule for rule in current_app.url_map.iter_rules()})
