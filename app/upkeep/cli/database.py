"""`sabuk db upgrade`: the schema, and the programmes without which nothing can be recorded."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.clock import utc_now
from app.database import db, migrations
from app.database.transaction import writing
from app.programmes import service as programmes

NEWEST = "head"


@click.command()
@click.argument("revision", default=NEWEST)
@with_appcontext
def upgrade(revision: str) -> None:
    """Bring the schema up to REVISION (the newest when left out), and bring in shipped programmes that are missing.

    Example: sabuk db upgrade
    """
    try:
        migrations.upgrade(current_app.config["SETTINGS"].database_url, revision)
    except migrations.SchemaProblem as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"upgraded to {revision}")
    if revision == NEWEST:
        with writing(db.session()) as session:
            for applied in programmes.apply_bundled(session, now=utc_now()):
                click.echo(f"programme {applied.code} version {applied.version}")
