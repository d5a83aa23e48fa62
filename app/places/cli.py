"""`sabuk places`: the ground on which everything is counted."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.core.catalogue import ENGLISH
from app.core.clock import utc_now
from app.core.text import in_english_and_indonesian
from app.database import db
from app.database.transaction import write_transaction
from app.places import service
from app.places.rules import KEMENDAGRI, AreaLevel, FieldOptions, ImportOutcome, ImportReport, ReportLine
from app.places.rules.coverage import MAX_SLIVER_WIDTH_M, SLIVER_WIDTH_M
from app.web.commands import speaks_plainly


@click.group("places")
def group() -> None:
    """Cities, kecamatan and kelurahan with their outlines."""


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--level",
    type=click.Choice([AreaLevel.CITY.value, AreaLevel.KECAMATAN.value, AreaLevel.KELURAHAN.value]),
    help="What the file holds; told from the shape of its codes when left out.",
)
@click.option("--code-field", help="Field with the area's code.")
@click.option("--name-field", help="Field with the area's name.")
@click.option("--parent-field", help="Field with the code or name of the area above.")
@click.option("--population-field", help="Field with the number of people.")
@click.option("--households-field", help="Field with the number of households.")
@click.option("--layer", help="Layer of a GeoPackage or ZIP that has several.")
@click.option("--crs", help="Reference system of the coordinates, as EPSG:32748; what the file declares when left out.")
@click.option("--source", help="Who drew the outlines; what the file says of itself when left out.")
@click.option(
    "--register",
    default=KEMENDAGRI,
    show_default=True,
    help="Whose codes these are. Those of any other register (bps) become aliases of areas found by name.",
)
@click.option(
    "--sliver-width",
    type=click.FloatRange(1, MAX_SLIVER_WIDTH_M),
    default=SLIVER_WIDTH_M,
    show_default=True,
    help="Overlaps and gaps between neighbours up to so many metres are put right.",
)
@click.option("--skip-refused", is_flag=True, help="Import the rest, however many areas are refused.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen and change nothing.")
@with_appcontext
@speaks_plainly
def import_file(
    *,
    file: Path,
    level: str | None,
    code_field: str | None,
    name_field: str | None,
    parent_field: str | None,
    population_field: str | None,
    households_field: str | None,
    layer: str | None,
    crs: str | None,
    source: str | None,
    register: str,
    sliver_width: float,
    skip_refused: bool,
    dry_run: bool,
) -> None:
    """Import the areas of FILE: GeoJSON, GeoPackage, Shapefile, or a ZIP of one of them.

    Prints a line for each area with what became of it. Self-crossings, slivers and thin overlaps are put right and told; what
    cannot be is refused with its reason, and the rest is imported. Where more than a fifth of the areas is refused nothing is
    imported and the exit code is 1. Safe to run again: what is already so stays unchanged. docs/places.md tells all of it.

    Example: sabuk places import kelurahan.geojson --level kelurahan --dry-run
    """
    fields = FieldOptions(
        level=AreaLevel(level) if level else None,
        code=code_field,
        name=name_field,
        parent=parent_field,
        population=population_field,
        households=households_field,
    )
    options = service.ImportOptions(
        fields, register, source, is_dry_run=dry_run, skips_refused=skip_refused, sliver_width_m=sliver_width
    )
    told = service.read_file(file, layer, crs)
    collection = told.collection
    for note in told.notes:
        click.echo(in_english_and_indonesian(note))
    features = collection.get("features")
    with _progress(len(features) if isinstance(features, list) else 0) as advance:
        read = service.read_survey(collection, options, advance=advance)
    said_source = service.source_of(collection, options)
    if dry_run:
        report = service.import_survey(db.session(), read, options, source=said_source, now=utc_now())
        db.session.rollback()
    else:
        with write_transaction(db.session()) as session:
            report = service.import_survey(session, read, options, source=said_source, now=utc_now())
    for line in _table(report):
        click.echo(line)
    click.echo(_summary(report, is_dry_run=dry_run))
    if not (report.is_mostly_sound or skip_refused):
        raise SystemExit(1)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error where a terminal looks on."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=length, label="Reading areas", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _table(report: ImportReport) -> Iterator[str]:
    """The report with its columns aligned; sentences that a person has to act on in both languages."""
    head = ("No", "Code", "Name", "Outcome")
    rows = [(str(line.number or "-"), line.code, line.name, ", ".join(line.outcomes)) for line in report.lines]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row, notes in zip((head, *rows), ("Notes", *map(_notes, report.lines)), strict=True):
        cells = [row[0].rjust(widths[0]), *(cell.ljust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        yield "  ".join((*cells, notes)).rstrip()


def _notes(line: ReportLine) -> str:
    if ImportOutcome.REFUSED not in line.outcomes:
        return "; ".join(note.said(ENGLISH) for note in line.notes)
    return "; ".join(f"{in_english_and_indonesian(note)}" for note in line.notes)


def _summary(report: ImportReport, *, is_dry_run: bool) -> str:
    features = [line for line in report.lines if line.number is not None]
    said = f"{len(features)} areas in the file: {_counts(features)}."
    if len(features) < len(report.lines):
        said += f" Areas that they lie in: {_counts([line for line in report.lines if line.number is None])}."
    if is_dry_run:
        return f"Dry run, nothing was changed. {said}"
    if not report.is_applied:
        return (
            f"Nothing was imported, because more than a fifth of the areas is refused: {said} Mend the file; "
            "--skip-refused imports the rest all the same."
        )
    left_out = " The refused ones are left out: mend them and import the file again." if report.refused else ""
    return f"Imported. {said}{left_out}"


def _counts(lines: Sequence[ReportLine]) -> str:
    counts = Counter(outcome for line in lines for outcome in line.outcomes)
    return ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in ImportOutcome if counts[outcome])
