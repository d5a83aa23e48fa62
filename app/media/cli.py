"""`sabuk photos`: looking again at photographs that count as broken."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.media import queries, service


@click.group("photos")
def group() -> None:
    """Photographs that were sent in."""


@group.command("look-again")
@with_appcontext
def look_again() -> None:
    """Let the job runner look once more at every photograph that counts as broken and whose original is still there.

    After a fault of the machine, or a version of this program that reads more: what can be seen now is shown, its actions are
    compared anew, and what is broken stays so. Originals are kept 7 days, those that nobody could look at until somebody can.

    Example: sabuk photos look-again
    """
    session, store = db.session(), service.store_in(current_app.config["SETTINGS"].instance)
    there = [photo_id for photo_id, sha256 in queries.broken(session) if store.original(sha256).exists()]
    with write_transaction(session):
        for photo_id in there:
            service.look_later(session, photo_id, now=utc_now(), anew=True)
    click.echo(f"{len(there)} photographs will be looked at again")
