"""`sabuk`: only gathers each room's commands. Each is loaded when it is asked for: most need a part of the house."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command or group stands, as "module:name", and what other rooms add to the group."""

    command: str
    summary: str
    """The first sentence of its help, for the list of all."""
    added: tuple[str, ...] = ()

    def load(self) -> click.Command:
        command = _command_at(self.command)
        if isinstance(command, click.Group):
            for each in map(_command_at, self.added):
                command.add_command(each)
        return command


def _command_at(address: str) -> click.Command:
    module, _, name = address.partition(":")
    command: click.Command = getattr(import_module(module), name)
    return command


COMMANDS = {
    "db": LazyCommand(
        "app.database.cli:group", "Upgrade, downgrade or check the database's schema.", ("app.programmes.cli:upgrade",)
    ),
    "demo": LazyCommand("app.demo.cli:group", "An invented city with invented people."),
    "indicators": LazyCommand("app.indicators.cli:group", "Baselines and targets of the published numbers."),
    "jobs": LazyCommand(
        "app.jobs.cli:group", "Work that outlives the request: photographs, nightly sweeps.", ("app.serve:run_jobs",)
    ),
    "mark": LazyCommand(
        "app.operations.cli:mark",
        "Write down that a backup was finished just now, or that one was restored elsewhere and added up (drill).",
    ),
    "openapi": LazyCommand(
        "app.web.cli:openapi", "Print the description of the wire (OpenAPI 3.1), the same that is served at /api/v1/openapi.json."
    ),
    "people": LazyCommand("app.people.cli:people", "Persons, their accounts and the posts they hold."),
    "photos": LazyCommand("app.media.cli:group", "Photographs that were sent in."),
    "places": LazyCommand("app.places.cli:group", "Cities, kecamatan and kelurahan with their outlines."),
    "programmes": LazyCommand(
        "app.programmes.cli:group",
        "Check programme files, compare them with the rules in force, bring them into force.",
        ("app.rulebook.cli:diff", "app.rulebook.cli:apply"),
    ),
    "rebuild": LazyCommand(
        "app.rebuild.cli:rebuild", "Compute tallies, boards, belts and badges again from the stamps, and put right what differs."
    ),
    "serve": LazyCommand(
        "app.serve:serve", "Bring the database up to date, load the demo city into an empty one, and serve until stopped."
    ),
    "sites": LazyCommand("app.sites.cli:group", "Schools and workplaces around which actions count."),
    "token": LazyCommand("app.people.cli:token", "Keys with which programs sign in."),
}


class LazyGroup(click.Group):
    """Commands by the table, with Flask's way to an application: `with_appcontext` makes it where one is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = COMMANDS.get(cmd_name)
        if found is None:
            return None
        command = found.load()
        if ctx.obj is None:
            ctx.obj = _script_info()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].summary) for name in self.list_commands(ctx)])


def _script_info() -> Any:  # noqa: ANN401 - Flask's own, which is not loaded for the list of commands
    from flask.cli import ScriptInfo

    return ScriptInfo(create_app=_create_app)


def _create_app() -> Flask:
    from app.application import create_app

    return create_app()


@click.group(cls=LazyGroup)
def sabuk() -> None:
    """Sabuk Hijau: residents' actions for their neighbourhood, stamped and counted."""


if __name__ == "__main__":
    sabuk()
