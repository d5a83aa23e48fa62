"""`sabuk rebuild`: everything derived, computed again from the stamps."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from app.core.clock import utc_now
from app.database import db
from app.database.bulk import see_one_moment
from app.database.transaction import writing
from app.upkeep.service import rebuild as service
from app.upkeep.service.chain import ChainFault
from app.web.commands import speaks_plainly

FAULTS = {
    ChainFault.MISSING: "is missing",
    ChainFault.CONTENT: "its content is not what was stamped",
    ChainFault.LINK: "it does not follow from the page before",
}


@click.command()
@click.option("--verify", is_flag=True, help="Change nothing: tell what differs; exit code 1 when something does.")
@with_appcontext
@speaks_plainly
def rebuild(verify: bool) -> None:  # noqa: FBT001 - an option of the command line
    """Compute tallies, boards, belts and badges again from the stamps, and put right what differs.

    Nobody can stamp meanwhile, on SQLite nobody can record either; about a minute for a million stamps and as long again to
    write them where nothing was stored. --verify looks only, disturbs nobody, and also compares the credits of each stamp with
    what its action earns, and every page of every booklet with its commitment and its link to the page before.

    Example: sabuk rebuild --verify
    """
    session = db.session()
    total = service.count_stamps(session)
    with click.progressbar(length=total, label="stamps", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        if verify:
            session.commit()
            see_one_moment(session)
            verdict = service.verify(session, now=utc_now(), advance=bar.update)
            session.rollback()
        else:
            with writing(session) as own:
                changed = service.rebuild(own, now=utc_now(), advance=bar.update)
    if not verify:
        for table, rows in changed.items():
            click.echo(f"{table}: {rows} rows put right")
        return
    _tell(verdict)
    if not verdict.is_clean:
        sys.exit(1)


def _tell(verdict: service.Verdict) -> None:
    for other in verdict.other_credits:
        click.echo(f"stamp {other.stamp_id}: stored credits {dict(other.stored)}, computed {dict(other.computed)}")
    for each in verdict.differences:
        place = " ".join(each.key)
        click.echo(f"{each.table} {place} {each.column}: stored {_shown(each.stored)}, computed {_shown(each.computed)}")
    for page in verdict.broken_pages:
        click.echo(f"booklet of person {page.person_id}, page {page.page}: {FAULTS[page.fault]}")
    if verdict.is_clean:
        click.echo(f"{verdict.stamps} stamps: everything derived is as they say")
    else:
        click.echo(
            f"{verdict.stamps} stamps: {verdict.count} rows differ, {verdict.other_credits_count} stamps have other credits, "
            f"{verdict.broken_pages_count} breaks in booklets"
        )


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)
