"""`sabuk programmes diff` and `apply`: a change of rules, with what it does to people's belts."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.awards.rules.belts import LadderDifference
from app.core.clock import utc_now
from app.core.text import in_english_and_indonesian
from app.database import db
from app.database.transaction import write_transaction
from app.places import queries as places
from app.programmes.rules.definition import Definition
from app.programmes.rules.diff import KeyChange
from app.rulebook import service
from app.rulebook.queries import comparison
from app.web.commands import speaks_plainly

MAX_SHOWN_LENGTH = 60

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@with_appcontext
@speaks_plainly
def diff(file: Path) -> None:
    """Show what FILE changes against the newest version, and how many people's belts would move. Changes nothing.

    Example: sabuk programmes diff gps-2.yaml
    """
    today = places.day_at(db.session(), utc_now())
    compared = comparison(db.session(), file.read_bytes(), today=today)
    new = compared.definition
    for error in compared.refused:
        click.echo(f"apply would refuse: {error.field}: {in_english_and_indonesian(error.message)}", err=True)
    if compared.before is None or compared.people is None:
        click.echo(f"{new.code} is not in force yet: everything is new, and nobody's belt moves.")
        return
    old = compared.before.definition
    state = "in force" if old.effective_from <= today else f"to come on {old.effective_from}"
    click.echo(f"{new.code}: version {old.version} {state}, version {new.version} from {new.effective_from}")
    _echo_changes(compared.keys)
    _echo_people(compared.people, old, new)


@click.command()
@click.argument("file", type=FILE)
@with_appcontext
@speaks_plainly
def apply(file: Path) -> None:
    """Bring FILE into force as its programme's next version. The same file again changes nothing.

    Actions recorded before keep the rules of their day; belts and badges follow the rules in force.

    Example: sabuk programmes apply gps-2.yaml
    """
    with write_transaction(db.session()) as session:
        applied, in_force = service.bring_in_at_once(session, file.read_bytes(), now=utc_now())
    state = "applied" if applied.is_new else "is there already, unchanged"
    click.echo(f"{applied.code} version {applied.version}, effective from {applied.effective_from}: {state}")
    if applied.is_new and not in_force:
        click.echo(
            f"Belts and badges follow on {applied.effective_from}; where no job runner lives, run `sabuk rebuild` then.",
            err=True,
        )


def _echo_changes(changed: tuple[KeyChange, ...]) -> None:
    if not changed:
        click.echo("No key changes.")
    for change in changed:
        click.echo(f"  {change.key}: {_shown(change.before)} -> {_shown(change.after)}")


def _shown(value: object) -> str:
    text = "(nothing)" if value is None else str(value)
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{text[: MAX_SHOWN_LENGTH - 3]}..."


def _echo_people(difference: LadderDifference, old: Definition, new: Definition) -> None:
    if old.credit != new.credit:
        click.echo("What an action counts for changes for stamps to come; stamps given keep the credits of their day.")
    click.echo(f"\n{'belt':<24} {'now':>9} {'then':>9}")
    for row in difference.belts:
        click.echo(f"{row.belt or '(none yet)':<24} {row.before:>9} {row.after:>9}")
    click.echo(
        f"Of {difference.people} people with stamps {difference.rise} would rise, {difference.fall} would fall, "
        f"{difference.otherwise} would get other stripes."
    )
