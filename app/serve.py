"""`sabuk serve`: everything that a person needs to look at Sabuk Hijau, with one command."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import click
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from app.database.engine import engine_options, prepare_engine
from app.database.mutex import Unreachable, mutex, reaching
from app.database.schema import Schema, State, schema_of
from app.processes import run_together
from app.settings import ROOT, Settings

DEMO_SIGN_INS = "demo-sign-ins.txt"
"""The file in the instance folder in which the demo's loader leaves names and passwords."""


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to answer on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on; 0.0.0.0 for the whole network.")
@click.option("--no-demo", is_flag=True, help="Leave an empty database empty instead of loading the demo city.")
@click.option(
    "--places",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of areas to import instead of the demo city (sabuk places import).",
)
def serve(port: int, host: str, no_demo: bool, places: Path | None) -> None:  # noqa: FBT001 - click hands over a flag
    """Bring the database up to date, load the demo city into an empty one, and serve until stopped.

    DATABASE_URL=postgresql+psycopg://... serves from PostgreSQL with PostGIS; the file below instance/ is then not used.

    Example: sabuk serve --port 8080 --places kelurahan.geojson
    """
    settings = Settings.from_env()
    _refuse_a_taken_port(host, port)
    try:
        with mutex(settings.database_url, "serve"):
            _make_ready(settings, demo=not no_demo, places=places)
    except Unreachable as error:
        raise click.ClickException(str(error)) from error
    address = os.environ.setdefault("SABUK_ADDRESS", _address(host, port))
    _greet(settings, host, port)
    _tell_next_steps(settings, address)
    if settings.trusted_proxies and address == _address(host, port):
        click.echo(
            f"Invitations and letters name {address}: say SABUK_ADDRESS=https://... if people reach us by another.", err=True
        )
    import app.application  # noqa: F401 - once, for all children

    sys.exit(run_together([lambda: _web_server(host, port)], revived=[lambda: _job_runner(settings)]))


@click.command("run")
def run_jobs() -> None:
    """Do what was asked for, photographs above all, until stopped. `sabuk serve` runs one already; more may run beside it.

    Example: sabuk jobs run
    """
    _job_runner(Settings.from_env())


def _refuse_a_taken_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "no such host"
        raise click.ClickException(f"cannot answer on {host}:{port} ({why}); choose another with --port or --host") from error


def _make_ready(settings: Settings, *, demo: bool, places: Path | None) -> None:
    """The schema current, and something to look at in it. Work that is seldom needed runs in processes of its own."""
    engine = create_engine(
        settings.database_url, poolclass=NullPool, connect_args=engine_options(settings.database_url)["connect_args"]
    )
    prepare_engine(engine)
    schema = _schema(engine)
    if schema.state in (State.EMPTY, State.OLD):
        click.echo("Bringing the database up to date ...", err=True)
        _sabuk("db", "upgrade")
        schema = _schema(engine)
    if schema.state is not State.CURRENT:
        raise click.ClickException(_why_not(schema))
    if places:
        _sabuk("places", "import", str(places))
    elif demo and _is_empty(engine):
        _sabuk("demo", "load")


def _schema(engine: Engine) -> Schema:
    with reaching(), engine.connect() as connection:
        return schema_of(connection)


def _why_not(schema: Schema) -> str:
    if schema.state is State.UNKNOWN:
        return (
            f"the database is of version {schema.revision}, which this program does not know: "
            "it was made by another version. Start that one, or restore a backup that this one made."
        )
    lacks = f"; missing: {', '.join(schema.missing)}" if schema.missing else ""
    return (
        f"the database is half made (version: {schema.revision or 'none'}{lacks}). Nothing was changed. "
        "Restore a backup, or start with an empty database."
    )


def _is_empty(engine: Engine) -> bool:
    with engine.connect() as connection:
        return not connection.scalar(text("SELECT EXISTS (SELECT 1 FROM area) OR EXISTS (SELECT 1 FROM person)"))


def _sabuk(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", "app.cli", *command], cwd=ROOT, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise click.ClickException(f"`sabuk {' '.join(command)}` failed; the message above says why")


def _address(host: str, port: int) -> str:
    """How addresses begin by which this machine, and others where it answers to all, reach the server."""
    name = socket.gethostname() if host in ("0.0.0.0", "::") else host  # noqa: S104 - asked about, not bound
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def _greet(settings: Settings, host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Sabuk Hijau: http://{shown}:{port}/")
    sign_ins = settings.instance / DEMO_SIGN_INS
    if sign_ins.exists():
        click.echo(sign_ins.read_text().rstrip())


def _tell_next_steps(settings: Settings, address: str) -> None:
    """How the first administrator comes to sign in, as long as there is none."""
    engine = create_engine(settings.database_url, poolclass=NullPool)
    with reaching(), engine.connect() as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT 1 FROM tenure WHERE post = 'administrator')")):
            return
        city = connection.scalar(text("SELECT code FROM area WHERE level = 'city' AND closed_at IS NULL ORDER BY code"))
    steps = (
        []
        if city
        else [
            "bin/sabuk places import kelurahan.geojson",
            'bin/sabuk people create admin --full-name "YOUR NAME" --post administrator@CITY',
        ]
    )
    steps += [f'bin/sabuk people create admin --full-name "YOUR NAME" --post administrator@{city}'] if city else []
    steps += ["bin/sabuk people password admin"]
    click.echo("Nobody can administer it yet. Next, in another terminal:")
    for step in steps:
        click.echo(f"  {step}")
    where = "" if city else "CITY is the code of the city, as 32.73. "
    click.echo(f"{where}The last one prints a code: open {address}/atur-ulang, type admin, the code and a new password.")
    if not settings.database_url.startswith("sqlite"):
        click.echo("(with the same DATABASE_URL)")


def _job_runner(settings: Settings) -> None:
    from app.work import run_forever

    run_forever(settings)


def _web_server(host: str, port: int) -> None:
    from gunicorn.app.wsgiapp import WSGIApplication

    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    sys.argv = ["gunicorn", "--bind", bind, "--chdir", str(ROOT), "--config", "python:app.gunicorn_config", "wsgi:app"]
    WSGIApplication("%(prog)s", prog="gunicorn").run()
