"""`sabuk programmes`: look a programme file over. What needs people's counts (diff, apply) is in upkeep."""

from __future__ import annotations

from pathlib import Path

import click

from app.programmes import service
from app.programmes.rules.lint import lint
from app.web.commands import speaks_plainly


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
        click.echo(f"hint: {hint.field}: {hint.message.en} ({hint.message.id})", err=True)
    click.echo(f"{definition.code} version {definition.version}, effective from {definition.effective_from}: sound")
