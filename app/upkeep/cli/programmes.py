"""`sabuk programmes diff` and `apply`: a change of rules, with what it does to people's belts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from app.badges import service as badges
from app.belts import service as belts
from app.belts.rules import LadderDifference, ladder_difference
from app.core.clock import DEFAULT_ZONE, local_day, utc_now
from app.core.periods import ALL_TIME
from app.database import db
from app.database.transaction import writing
from app.programmes import queries, service
from app.programmes.rules.definition import Definition
from app.programmes.rules.diff import Change, changes
from app.programmes.rules.succession import may_follow
from app.tallies import queries as tallies
from app.tallies.rules import CREDIT, Subject
from app.web.commands import speaks_plainly

TOGETHER = 5000
"""How many people's counts are asked for in one question."""
LONGEST_SHOWN = 60

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@with_appcontext
@speaks_plainly
def diff(file: Path) -> None:
    """Show what FILE changes against the rules in force, and how many people's belts would move. Changes nothing.

    Example: sabuk programmes diff gps-2.yaml
    """
    session, today = db.session(), local_day(utc_now(), DEFAULT_ZONE)
    _, new = service.checked(file.read_bytes())
    held = queries.current(session, new.code, today)
    for error in may_follow(new, queries.newest(session, new.code), today=today):
        click.echo(f"apply would refuse: {error.field}: {error.message.en} ({error.message.id})", err=True)
    if held is None:
        click.echo(f"{new.code} is not in force yet: everything is new, and nobody's belt moves.")
        return
    old = held.definition
    click.echo(f"{new.code}: version {old.version} in force, version {new.version} from {new.effective_from}")
    _echo_changes(changes(old, new))
    _echo_people(ladder_difference(old.ladder, new.ladder, people_by_count(session, held.programme_id)), old, new)


@click.command()
@click.argument("file", type=FILE)
@with_appcontext
@speaks_plainly
def apply(file: Path) -> None:
    """Bring FILE into force as its programme's next version. The same file again changes nothing.

    Deeds recorded before keep the rules of their day; belts and badges follow the rules in force.

    Example: sabuk programmes apply gps-2.yaml
    """
    now = utc_now()
    with writing(db.session()) as session:
        applied = service.apply(session, file.read_bytes(), applied_by=None, now=now)
        held = queries.current(session, applied.code, local_day(now, DEFAULT_ZONE))
        in_force = held is not None and held.version_id == applied.version_id
        if held is not None and in_force and applied.is_new:
            belts.rebuild(session, applied.programme_id, held.definition.ladder)
            badges.rebuild(session, applied.programme_id, held.definition.badges)
    state = "applied" if applied.is_new else "is there already, unchanged"
    click.echo(f"{applied.code} version {applied.version}, effective from {applied.effective_from}: {state}")
    if applied.is_new and not in_force:
        click.echo(
            f"Run `sabuk rebuild` on {applied.effective_from}: belts and badges follow the new rules from then on.", err=True
        )


def people_by_count(session: Session, programme_id: int) -> Counter[int]:
    """Count of credits -> how many people have it, of those with a stamped action."""
    people = tallies.people_of(session, programme_id)
    counted: Counter[int] = Counter()
    for start in range(0, len(people), TOGETHER):
        together = people[start : start + TOGETHER]
        values = tallies.values(session, programme_id, Subject.PERSON, together, ALL_TIME.name, {CREDIT})
        counted.update(values.get((person_id, CREDIT), 0) for person_id in together)
    return counted


def _echo_changes(changed: list[Change]) -> None:
    if not changed:
        click.echo("No key changes.")
    for change in changed:
        click.echo(f"  {change.key}: {_shown(change.before)} -> {_shown(change.after)}")


def _shown(value: object) -> str:
    text = "(nothing)" if value is None else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def _echo_people(difference: LadderDifference, old: Definition, new: Definition) -> None:
    if old.credit != new.credit:
        click.echo("What a deed counts for changes for stamps to come; stamps given keep the credits of their day.")
    click.echo(f"\n{'belt':<24} {'now':>9} {'then':>9}")
    for row in difference.belts:
        click.echo(f"{row.belt or '(none yet)':<24} {row.before:>9} {row.after:>9}")
    click.echo(
        f"Of {difference.people} people with stamps {difference.rise} would rise, {difference.fall} would fall, "
        f"{difference.otherwise} would get other stripes."
    )
