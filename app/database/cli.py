"""`sabuk db`: the schema's life."""

from __future__ import annotations

import click
from alembic.util import CommandError
from flask import current_app
from flask.cli import with_appcontext

from app.database import migrations


@click.group("db")
def group() -> None:
    """Upgrade, downgrade or check the database's schema."""


@group.command()
@click.argument("revision", default="head")
@with_appcontext
def upgrade(revision: str) -> None:
    """Bring the schema up to REVISION (the newest when left out).

    Example: sabuk db upgrade
    """
    migrations.upgrade(current_app.config["SETTINGS"].database_url, revision)


@group.command()
@click.argument("revision")
@with_appcontext
def downgrade(revision: str) -> None:
    """Take the schema back to REVISION ("base" for an empty database, "-1" for one step).

    Example: sabuk db downgrade -- -1
    """
    migrations.downgrade(current_app.config["SETTINGS"].database_url, revision)


@group.command()
@with_appcontext
def check() -> None:
    """Tell whether the schema is what this program expects; exit code 1 when it is not.

    Example: sabuk db check
    """
    try:
        migrations.check(current_app.config["SETTINGS"].database_url)
    except CommandError as error:
        raise click.ClickException(str(error)) from error
