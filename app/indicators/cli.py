"""`sabuk indicators`: what was there before, and what is aimed at."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

import click
from flask.cli import with_appcontext

from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.indicators import service
from app.web.commands import speaks_plainly

DAY = click.DateTime(["%Y-%m-%d"])


class DecimalParameter(click.ParamType[Decimal]):
    """A plain decimal number."""

    name = "number"

    def convert(self, value: str | Decimal, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            return Decimal(value)
        except InvalidOperation:
            self.fail(f"{value!r} is not a number; write it like 1250 or 12.5.", param, ctx)


@click.group("indicators")
def group() -> None:
    """Baselines and targets of the published numbers."""


@group.command()
@click.argument("programme")
@click.argument("area")
@click.argument("indicator")
@click.argument("value", type=DecimalParameter())
@click.option("--counted-on", type=DAY, required=True, help="The day of the count.")
@click.option("--source", required=True, help="Who counted, and where it is written.")
@click.option("--reason", default="", help="Why it replaces what was written down for that day.")
@with_appcontext
@speaks_plainly
def baseline(programme: str, area: str, indicator: str, value: Decimal, counted_on: datetime, source: str, reason: str) -> None:
    """Write down what was there before: INDICATOR's count in AREA (a code) was VALUE.

    The same day again replaces it; what was there stays to be read beside it.

    Example: sabuk indicators baseline biopori 32.73.09.1003 holes 412 --counted-on 2025-01-31 --source "Rekap PKK Citarum"
    """
    with write_transaction(db.session()) as session:
        service.set_baseline(
            session,
            programme,
            area,
            indicator,
            value,
            counted_on=counted_on.date(),
            source=source,
            recorded_by=None,
            now=utc_now(),
            reason=reason,
        )
    click.echo(f"{programme} {area} {indicator}: {value} on {counted_on.date()}")


@group.command()
@click.argument("programme")
@click.argument("area")
@click.argument("indicator")
@click.argument("value", type=DecimalParameter())
@click.option("--due-on", type=DAY, required=True, help="The day by which it is to be reached.")
@click.option("--source", required=True, help="Who set it, and where it is written.")
@click.option("--reason", default="", help="Why it replaces what was written down for that day.")
@with_appcontext
@speaks_plainly
def target(programme: str, area: str, indicator: str, value: Decimal, due_on: datetime, source: str, reason: str) -> None:
    """Write down what AREA (a code) means to reach of INDICATOR.

    The same day again replaces it; what was there stays to be read beside it.

    Example: sabuk indicators target biopori 32.73.09.1003 holes 1000 --due-on 2027-12-31 --source "SK Lurah 4/2026"
    """
    with write_transaction(db.session()) as session:
        service.set_target(
            session,
            programme,
            area,
            indicator,
            value,
            due_on=due_on.date(),
            source=source,
            recorded_by=None,
            now=utc_now(),
            reason=reason,
        )
    click.echo(f"{programme} {area} {indicator}: {value} by {due_on.date()}")
