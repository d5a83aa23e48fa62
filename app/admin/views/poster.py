"""`/admin/lokasi/{uuid}/poster`: what hangs at the site's gate, with the code that leads to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import segno
from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.admin.views.blueprint import blueprint
from app.admin.views.site import TOUCHES, site_in_reach
from app.core.errors import Conflict
from app.core.text import Text
from app.people.access import requires
from app.places import queries as places
from app.places.queries import SiteKind
from app.web.addresses import whole_address


@dataclass(frozen=True, slots=True)
class Poster:
    name: str
    is_school: bool
    code: str
    """As it stands below the QR code, for whoever types it."""
    link: str
    qr: Markup
    back: str


@blueprint.get("/admin/lokasi/<uuid:uuid>/poster")
@requires(*TOUCHES)
def poster(uuid: UUID) -> ResponseReturnValue:
    """The poster of a site within my reach. It tells nothing that is not known to whoever passes the gate."""
    found = site_in_reach(uuid)
    if found.closed_at is not None:
        raise Conflict(Text("%(name)s sudah ditutup.", name=found.name), "site_closed")
    code = places.site_code(uuid)
    link = whole_address("people.ask_age", lokasi=code)
    # Read from two metres, in the rain, with a corner torn off.
    drawn = segno.make(link, error="q").svg_inline(scale=1, omitsize=True, svgclass="qr", lineclass=None, border=4)
    shown = Poster(
        name=found.name,
        is_school=found.kind is SiteKind.SCHOOL,
        code=code,
        link=link,
        qr=Markup(drawn),  # noqa: S704 - drawn by segno from our own address
        back=url_for("admin.site", uuid=uuid),
    )
    return render_template("admin/poster.html", poster=shown)
