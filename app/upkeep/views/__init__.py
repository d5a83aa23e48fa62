"""Pages of the administration, below /admin. All of them hang on one blueprint and stand in one frame."""

from __future__ import annotations

from flask import Blueprint, current_app

from app.database import db
from app.people.access import my_deeds, somebody
from app.upkeep.rules import AdminPage, pages_of

blueprint = Blueprint("upkeep", __name__)


@blueprint.context_processor
def frame() -> dict[str, object]:
    """What templates/upkeep/frame.html asks for: `admin_pages`, the pages that I may open."""
    return {"admin_pages": open_pages()}


def open_pages() -> tuple[AdminPage, ...]:
    """The pages that I may open, of those that there are."""
    if somebody() is None:
        return ()
    there = {rule.rule for rule in current_app.url_map.iter_rules()}
    return tuple(page for page in pages_of(my_deeds(db.session())) if page.address in there)


from app.upkeep.views import overview as overview  # noqa: E402 - each module hangs its pages on the blueprint above
