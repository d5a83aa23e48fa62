"""`/saya`: the work of my posts, and my own belt."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.database import db
from app.duties import queries as duties
from app.mine.queries import my_home
from app.mine.views.blueprint import blueprint
from app.people.access import me


@blueprint.get("/saya")
def mine() -> ResponseReturnValue:
    """What my posts have to do; then belt, what comes next, what waits for a stamp."""
    account, session, now = me(), db.session(), utc_now()
    return render_template(
        "mine/mine.html", home=my_home(session, account, now=now), duties=duties.duties(session, account, now=now)
    )
