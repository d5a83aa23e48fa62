"""`sabuk demo`: an invented city to look around in."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.demo.service.load import is_loaded
from app.demo.service.load import load as load_demo
from app.media.service import store_in
from app.web.commands import speaks_plainly

WITH_PHOTOGRAPHS = range(300, 9001)
"""So many actions are for looking around, and a dozen drawings go with them; more are for measuring, fewer for tests."""


@click.group("demo")
def group() -> None:
    """An invented city with invented people."""


@group.command()
@click.option("--people", type=click.IntRange(1, 1_000_000), help="How many people act; one for each 50 actions, at least 40.")
@click.option(
    "--actions",
    type=click.IntRange(0, 10_000_000),
    default=6000,
    show_default=True,
    envvar="SABUK_DEMO_ACTIONS",
    help="How many actions they did; a few are all recent, thousands are a year.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed invents the same city and people.")
@with_appcontext
@speaks_plainly
def load(people: int | None, actions: int, seed: int) -> None:
    """Load the demo city into the database, once.

    Example: sabuk demo load --actions 10000
    """
    session = db.session()
    if is_loaded(session):
        click.echo("The demo city is here already; nothing was changed.")
        return
    sign_ins = current_app.config["SETTINGS"].instance / "demo-sign-ins.txt"
    with (
        click.progressbar(length=actions, label="Demo", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar,
        write_transaction(session),
    ):
        loaded = load_demo(
            session,
            count=people or max(40, actions // 50),
            actions=actions,
            seed=seed,
            sign_ins=sign_ins,
            now=utc_now(),
            advance=bar.update,
            store=store_in(current_app.config["SETTINGS"].instance) if actions in WITH_PHOTOGRAPHS else None,
        )
    click.echo(f"Kota Contoh (demo): {loaded.people} people, {loaded.actions} actions, {loaded.stamps} stamped.")
