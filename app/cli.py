"""`sabuk`: only gathers each room's commands."""

from __future__ import annotations

import click
from flask.cli import FlaskGroup

from app import create_app
from app.database import cli as database_cli
from app.people import cli as people_cli
from app.programmes import cli as programmes_cli
from app.serve import serve
from app.upkeep.cli import programmes as upkeep_programmes


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False, add_version_option=False)
def sabuk() -> None:
    """Sabuk Hijau: residents' deeds for their neighbourhood, stamped and counted."""


sabuk.add_command(serve)
sabuk.add_command(database_cli.group)
sabuk.add_command(people_cli.people)
sabuk.add_command(people_cli.token)
sabuk.add_command(people_cli.sites)
for command in (upkeep_programmes.diff, upkeep_programmes.apply):
    programmes_cli.group.add_command(command)
sabuk.add_command(programmes_cli.group)

if __name__ == "__main__":
    sabuk()
