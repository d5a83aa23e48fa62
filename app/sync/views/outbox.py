"""`/kotak-keluar`: what waits on this phone. The server knows none of it: the page is the same for everybody."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.database import db
from app.places import queries as places
from app.programmes import queries as programmes
from app.sync.views.blueprint import blueprint


@blueprint.get("/kotak-keluar")
def outbox() -> ResponseReturnValue:
    """How records wait on a phone; its script puts those of this phone into the page."""
    current = programmes.all_current(db.session(), places.day_at(db.session(), utc_now()))
    return render_template("sync/outbox.html", programmes={each.definition.code: each.definition.name.text for each in current})
