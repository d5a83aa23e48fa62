"""`sabuk programmes`: look a programme file over. What needs people's counts (diff, apply) is in rulebook.

Its `upgrade` is that of `sabuk db`: the schema, and the programmes without which nothing can be recorded.
"""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.clock import utc_now
from app.core.text import in_english_and_indonesian
from app.database import db, migrations
from app.database.transaction import write_transaction
from app.programmes import service
from app.programmes.rules.lint import lint
from app.web.commands import speaks_plainly

NEWEST = "head"


@click.group("programmes")
def group() -> None:
    """Check programme files, compare them with the rules in force, bring them into force."""


@group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@speaks_plainly
def check(file: Path) -> None:
    """Tell whether FILE is a sound programme file; needs no database. Exit code 1 when it is not.

    Example: sabuk programmes check gps.yaml
    """
    _, definition = service.checked(file.read_bytes())
    for hint in lint(definition):
        click.echo(f"hint: {hint.field}: {in_english_and_indonesian(hint.message)}", err=True)
    click.echo(f"{definition.code} version {definition.version}, effective from {definition.effective_from}: sound")


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
        with write_transaction(db.session()) as session:
            for applied in service.apply_bundled(session, now=utc_now()):
                click.echo(f"programme {applied.code} version {applied.version}")
