"""`/saya`: the volunteer's home."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.database import db
from app.mine.queries import my_home
from app.mine.views.blueprint import blueprint
from app.people.access import me, my_posts
from app.people.rules import Permission


@blueprint.get("/saya")
def mine() -> ResponseReturnValue:
    """Belt, what comes next, what waits for a stamp."""
    account, session = me(), db.session()
    home = my_home(session, account, stamps_others=bool(my_posts(session, Permission.STAMP)), now=utc_now())
    return render_template("mine/mine.html", home=home)
