"""`sabuk db`: the schema's life. Its upgrade also brings in what no database can be without (app/programmes/cli.py)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from app.database import migrations
from app.settings import Settings


@click.group("db")
def group() -> None:
    """Upgrade, downgrade or check the database's schema."""


@group.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the schema back to REVISION ("base" for an empty database, "-1" for one step); what only the newer one holds is lost.

    Example: sabuk db downgrade -- -1
    """
    with _plainly():
        migrations.downgrade(Settings.from_env().database_url, revision)
    click.echo(f"downgraded to {revision}")


@group.command()
def check() -> None:
    """Tell whether the schema is what this program expects; exit code 1 when it is not.

    Example: sabuk db check
    """
    with _plainly():
        migrations.check(Settings.from_env().database_url)


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except migrations.SchemaProblem as error:
        raise click.ClickException(str(error)) from error
