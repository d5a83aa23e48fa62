"""`sabuk openapi`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.web.openapi import text


@click.command("openapi")
@with_appcontext
def openapi() -> None:
    """Print the description of the wire (OpenAPI 3.1), the same that is served at /api/v1/openapi.json.

    Example: sabuk openapi > openapi.json
    """
    click.echo(text(current_app), nl=False)
