"""`sabuk rebuild`: everything derived, computed again from the stamps."""

from __future__ import annotations

import sys
import time
from collections import Counter

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.database import db
from app.database.bulk import on_one_connection, repeatable_read
from app.database.transaction import write_transaction
from app.rebuild.service import rebuild as service
from app.rebuild.service.chain import ChainFault
from app.web.commands import speaks_plainly

MAX_LOOKS = 5
PAUSE_S = 0.05
"""Between two transactions that write: whoever waits for a turn looks again within so long."""
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

    Works beside a running server: looking disturbs nobody (about a minute for a million stamps), what is wrong is put right a few
    thousand rows at a time. --verify looks only, and also compares the credits of each stamp with what its action earns, and
    every page of every booklet with its commitment and its link to the page before.

    Example: sabuk rebuild --verify
    """
    with (
        on_one_connection(db.engine) as session,
        click.progressbar(
            length=service.count_stamps(session), label="stamps", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar,
    ):
        session.commit()
        if verify:
            repeatable_read(session)
            verdict = service.verify(session, now=utc_now(), advance=bar.update)
        else:
            changed = _put_right(session, bar.update)
    if not verify:
        for table, rows in changed.items():
            click.echo(f"{table}: {rows} rows put right")
        return
    _tell(verdict)
    if not verdict.is_clean:
        sys.exit(1)


def _put_right(session: Session, advance: service.Advance) -> dict[str, int]:
    """Table -> how many rows were put right. Looks again until nothing is wrong: stamps go on meanwhile."""
    with write_transaction(session):
        strays = service.drop_strays(session)
    changed = Counter[str]()
    for look in range(MAX_LOOKS):
        session.commit()
        repeatable_read(session)
        wrong = service.find_wrong(session, now=utc_now(), advance=(lambda _: None) if look else advance)
        session.commit()
        changed.update(wrong.counts)
        if wrong.is_nothing:
            break
        while _put_some_right(session, wrong):
            time.sleep(PAUSE_S)
    return dict(changed) | {"tally_pending": strays}


def _put_some_right(session: Session, wrong: service.WrongRows) -> int:
    with write_transaction(session):
        return service.put_right(session, wrong)


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
