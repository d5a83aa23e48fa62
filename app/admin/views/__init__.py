"""Pages of the administration, below /admin. All of them hang on one blueprint and stand in one frame."""

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
    there = {rule.rule for rule in current_app.url_map.iter_rules()}
    return tuple(page for page in pages_of(my_permissions(db.session())) if page.address in there)


from app.admin.views import areas as areas  # noqa: E402 - each module hangs its pages on the blueprint above
from app.admin.views import audit as audit  # noqa: E402
from app.admin.views import giving as giving  # noqa: E402
from app.admin.views import importing as importing  # noqa: E402
from app.admin.views import jobs as jobs  # noqa: E402
from app.admin.views import moving as moving  # noqa: E402
from app.admin.views import overview as overview  # noqa: E402
from app.admin.views import people as people  # noqa: E402
from app.admin.views import person as person  # noqa: E402
from app.admin.views import programmes as programmes  # noqa: E402
from app.admin.views import reviews as reviews  # noqa: E402
from app.admin.views import site as site  # noqa: E402
from app.admin.views import site_deeds as site_deeds  # noqa: E402
from app.admin.views import sites as sites  # noqa: E402
