"""`sabuk sites`: where actions count."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from uuid import UUID

import click
from flask.cli import with_appcontext

from app.core.clock import utc_now
from app.core.geo import Point
from app.core.spreadsheets import read_sheet
from app.core.text import in_english_and_indonesian
from app.database import db
from app.database.transaction import write_transaction
from app.people import service as people
from app.places import queries as places_queries
from app.sites import service
from app.sites.service import SiteOutcome, facts
from app.web.commands import speaks_plainly


@click.group("sites")
def group() -> None:
    """Schools and workplaces around which actions count."""


@group.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(["school", "workplace"]), required=True)
@click.option("--lon", type=float, required=True, help="Degrees east.")
@click.option("--lat", type=float, required=True, help="Degrees north; south is negative.")
@click.option("--radius", "radius_m", type=float, help="Metres; the programme's when left out.")
@click.option("--npsn", help="A school's national number, 8 digits.")
@click.option("--rw", help="The RW in which it lies.")
@click.option("--rt", help="The RT in which it lies.")
@with_appcontext
@speaks_plainly
def add(
    name: str, kind: str, lon: float, lat: float, radius_m: float | None, npsn: str | None, rw: str | None, rt: str | None
) -> None:
    """Add the site NAME; prints it as site:UUID. Actions in its circle ask for a look until an officer has confirmed it.

    Example: sabuk sites add "SDN Citarum" --kind school --npsn 20219345 --lon 107.6187 --lat -6.9025
    """
    with write_transaction(db.session()) as session:
        site = facts.add_site(
            session,
            kind=places_queries.SiteKind(kind),
            name=name,
            centre=Point(lon, lat),
            radius_m=radius_m,
            npsn=npsn,
            rw=rw,
            rt=rt,
            set_by=None,
            now=utc_now(),
        )
    click.echo(f"site:{site.uuid}")


def _site_uuid(text: str) -> UUID:
    """The site named as site:UUID or npsn:12345678."""
    where = places_queries.find_place(db.session(), text)
    site = places_queries.site_by_id(db.session(), where.site_id) if where.site_id is not None else None
    if site is None:
        raise click.BadParameter(f"{text!r} is no site; say site:UUID or npsn:12345678.")
    return site.uuid


@group.command()
@click.argument("site")
@click.option("--by", required=True, help="Username of the officer or principal whose word it is.")
@with_appcontext
@speaks_plainly
def confirm(site: str, by: str) -> None:
    """Confirm that SITE (site:UUID or npsn:12345678) is real and lies where it is marked.

    Example: sabuk sites confirm npsn:20219345 --by petugas.citarum
    """
    uuid = _site_uuid(site)
    with write_transaction(db.session()) as session:
        service.confirm_site(session, uuid, by=people.account(session, by), now=utc_now())
    click.echo(f"{site} confirmed")


@group.command()
@click.argument("site")
@click.option("--lon", type=float, required=True)
@click.option("--lat", type=float, required=True)
@click.option("--radius", "radius_m", type=float, help="Metres; the programme's when left out.")
@click.option("--by", required=True, help="Username of the officer whose word it is.")
@with_appcontext
@speaks_plainly
def move(site: str, lon: float, lat: float, radius_m: float | None, by: str) -> None:
    """Move the circle of SITE from now on; actions of before keep the old circle.

    Example: sabuk sites move npsn:20219345 --lon 107.6190 --lat -6.9030 --by petugas.citarum
    """
    uuid = _site_uuid(site)
    with write_transaction(db.session()) as session:
        service.move_site(session, uuid, centre=Point(lon, lat), radius_m=radius_m, by=people.account(session, by), now=utc_now())
    click.echo(f"{site} moved")


@group.command()
@click.argument("site")
@click.argument("count", type=click.IntRange(min=0))
@click.option("--by", required=True, help="Username of the officer or principal whose word it is.")
@with_appcontext
@speaks_plainly
def pupils(site: str, count: int, by: str) -> None:
    """Write down that the school SITE has COUNT pupils, by which boards tell its actions per head; 0: not known any more.

    Example: sabuk sites pupils npsn:20219345 412 --by kepala.sekolah
    """
    uuid = _site_uuid(site)
    with write_transaction(db.session()) as session:
        service.count_pupils(session, uuid, count or None, by=people.account(session, by), now=utc_now())
    click.echo(f"{site} {count or 'not known'}")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--confirm-by", metavar="NAME", help="Username of the officer in whose reach, and by whose word, the sites lie there."
)
@click.option("--dry-run", is_flag=True, help="Tell what would happen and change nothing.")
@with_appcontext
@speaks_plainly
def import_file(*, file: Path, confirm_by: str | None, dry_run: bool) -> None:
    """Import the schools and workplaces of FILE, an XLSX or CSV table. docs/places.md names its columns.

    Prints a line for each row. What is refused is left out; the same file again changes nothing.

    Example: sabuk sites import sekolah.xlsx --dry-run
    """
    sheet = read_sheet(file.read_bytes())
    with write_transaction(db.session()) if not dry_run else nullcontext(db.session()) as session:
        by = people.account(session, confirm_by) if confirm_by else None
        report = service.import_sites(session, sheet, by=by, confirms=bool(by), is_dry_run=dry_run, now=utc_now())
    for line in report.lines:
        notes = "; ".join(in_english_and_indonesian(note) for note in line.notes)
        click.echo("  ".join((f"{line.number:>5}", f"{line.outcome:<14}", line.kelurahan or "-", line.name, notes)).rstrip())
    counts = ", ".join(f"{count} {outcome.value}" for outcome in SiteOutcome if (count := report.count(outcome)))
    click.echo(f"{'Dry run, nothing was changed. ' if dry_run else ''}{len(report.lines)} rows: {counts}.")


@group.command("list")
@with_appcontext
def list_sites() -> None:
    """List the open sites with where they lie now, a line each.

    Example: sabuk sites list
    """
    for site in places_queries.open_sites(db.session(), utc_now()):
        state = "confirmed" if site.is_confirmed else "to be confirmed"
        npsn = site.npsn or "-"
        click.echo(f"site:{site.uuid}  {npsn:<8}  {site.centre.lon:.6f},{site.centre.lat:.6f}  {state:<16}  {site.name}")
