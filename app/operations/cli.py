"""Commands of whoever runs the server."""

from __future__ import annotations

import click

from app.core.clock import utc_now
from app.operations.rules.milestones import Milestone
from app.operations.service import milestones
from app.settings import Settings


@click.command()
@click.argument("milestone", type=click.Choice([milestone.value for milestone in Milestone]))
def mark(milestone: str) -> None:
    """Write down that a backup was finished just now, or that one was restored elsewhere and added up (drill).

    Last line of a script that makes backups; /admin/keadaan and /metrics tell how long ago that was.

    Example: sabuk mark backup
    """
    milestones.reach(Settings.from_env().instance, Milestone(milestone), now=utc_now())
    click.echo(f"{milestone}: noted")
