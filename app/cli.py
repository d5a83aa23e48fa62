"""`sabuk`: only gathers each room's commands."""

from __future__ import annotations

import click
from flask.cli import FlaskGroup

from app import create_app
from app.database import cli as database_cli
from app.demo import cli as demo_cli
from app.indicators import cli as indicators_cli
from app.jobs import cli as jobs_cli
from app.media import cli as media_cli
from app.people import cli as people_cli
from app.places import cli as places_cli
from app.programmes import cli as programmes_cli
from app.rebuild.cli import rebuild
from app.rulebook import cli as rulebook_cli
from app.serve import run_jobs, serve
from app.sites import cli as sites_cli
from app.web import cli as web_cli


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False, add_version_option=False)
def sabuk() -> None:
    """Sabuk Hijau: residents' actions for their neighbourhood, stamped and counted."""


# Flask's own options do nothing here: the settings come from the environment.
sabuk.params.clear()

sabuk.add_command(serve)
database_cli.group.add_command(programmes_cli.upgrade)
sabuk.add_command(database_cli.group)
sabuk.add_command(people_cli.people)
sabuk.add_command(people_cli.token)
sabuk.add_command(sites_cli.group)
sabuk.add_command(places_cli.group)
for command in (rulebook_cli.diff, rulebook_cli.apply):
    programmes_cli.group.add_command(command)
sabuk.add_command(programmes_cli.group)
sabuk.add_command(indicators_cli.group)
jobs_cli.group.add_command(run_jobs)
sabuk.add_command(jobs_cli.group)
sabuk.add_command(media_cli.group)
sabuk.add_command(rebuild)
sabuk.add_command(demo_cli.group)

sabuk.add_command(web_cli.openapi)

if __name__ == "__main__":
    sabuk()
