"""Areas from a file: their codes, names, outlines and figures, with their history."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.service import note
from app.core.errors import FieldError, Invalid, invalid
from app.core.identity_numbers import NO_IDENTITY_NUMBER, has_identity_number, hide_identity_numbers
from app.core.text import Number, Text
from app.places.rules import KEMENDAGRI, UNKNOWN_NAME, FieldOptions, ImportOutcome, ImportReport, ReportLine, Survey, survey
from app.places.rules.coverage import MAX_SLIVER_WIDTH_M, SLIVER_WIDTH_M
from app.places.rules.matching import AreaChange, settled
from app.places.rules.report import in_file_order, merged_line, refused_line
from app.places.service.aliases import alias_line, match_aliases, write_aliases
from app.places.service.changing import known_areas, write_changes
from app.places.service.revision import areas_changed

MAX_SOURCE_LENGTH = 400
_REGISTER = re.compile(r"[a-z][a-z0-9-]{1,19}")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file of areas is read and what may come of it."""

    fields: FieldOptions = field(default_factory=FieldOptions)
    register: str = KEMENDAGRI
    """Codes of any other register ("bps") become aliases of areas found by name and parent; outlines are not looked at."""
    source: str | None = None
    """Who drew the outlines; else what the file says of itself."""
    is_demo: bool = False
    is_dry_run: bool = False
    skips_refused: bool = False
    """Import what can be, however little; else a file of which more than a fifth is refused leaves everything as it was."""
    sliver_width_m: float = SLIVER_WIDTH_M
    """Overlaps and gaps between neighbours up to this width are put right."""
    by_account_id: int | None = None
    """Who did it; none: the operator at the command line."""


def import_areas(session: Session, collection: object, options: ImportOptions, *, now: datetime) -> ImportReport:
    """The report of importing a GeoJSON FeatureCollection. Raises Invalid when the whole of it cannot be read."""
    return import_survey(session, read_survey(collection, options), options, source=source_of(collection, options), now=now)


def read_survey(collection: object, options: ImportOptions, *, advance: Callable[[], None] = lambda: None) -> Survey:
    """The features of the collection, read and put right without the database: the slow part, to be done before a transaction.

    `advance` is called after each feature. Raises Invalid for a register's name that cannot be, and where the whole of the
    collection cannot be read; of single features the survey tells what was refused.
    """
    if not _REGISTER.fullmatch(options.register):
        raise invalid(
            "register", "malformed",
            Text("Nama daftar kode terdiri dari 2 sampai 20 huruf kecil, angka atau tanda hubung."),
        )  # fmt: skip
    if not 0 < options.sliver_width_m <= MAX_SLIVER_WIDTH_M:
        most = Number(MAX_SLIVER_WIDTH_M, 0)
        raise invalid("sliver_width", "malformed", Text("Lebar celah diisi 1 sampai %(most)s meter.", most=most))
    read = survey(collection, options.fields, options.register, sliver_width_m=options.sliver_width_m, advance=advance)
    if isinstance(read, FieldError):
        raise Invalid([read])
    return read


def source_of(collection: object, options: ImportOptions) -> str:
    """Who drew the outlines, as the operator or else the file itself says.

    Raises Invalid (field `source`) where what the operator says is empty, too long or holds an identity number.
    """
    if options.source is not None:
        if not 0 < len(options.source.strip()) <= MAX_SOURCE_LENGTH:
            raise invalid(
                "source",
                "malformed",
                Text("Sumber diisi 1 sampai %(max_source_length)s huruf.", max_source_length=MAX_SOURCE_LENGTH),
            )
        if has_identity_number(options.source):
            raise Invalid([FieldError("source", "identity_number", NO_IDENTITY_NUMBER)])
        return options.source.strip()
    members = collection if isinstance(collection, Mapping) else {}
    said = [str(members[key]) for key in ("source", "licence", "license") if isinstance(members.get(key), str)]
    return hide_identity_numbers(", ".join(said) or str(members.get("name") or UNKNOWN_NAME))[:MAX_SOURCE_LENGTH]


def import_survey(session: Session, read: Survey, options: ImportOptions, *, source: str, now: datetime) -> ImportReport:
    """The report of importing what was read before; the rest of `import_areas`."""
    if options.register != KEMENDAGRI:
        return _import_aliases(session, read, options, now)
    if not options.is_dry_run:
        # Whoever else imports waits here until this one is through, and then sees its areas.
        areas_changed(session)
    known = known_areas(session)
    planned = settled(read.accepted, known, read.sliver_width_m)
    report = _report([*map(_line, planned.changes), *map(refused_line, planned.refused)], read, options)
    if report.is_applied:
        write_changes(session, planned.changes, source=source, is_demo=options.is_demo, now=now)
    return _remembered(session, report, options, now)


def _import_aliases(session: Session, read: Survey, options: ImportOptions, now: datetime) -> ImportReport:
    if not options.is_dry_run:
        areas_changed(session)
    matched, refused = match_aliases(session, read)
    report = _report([*map(alias_line, matched), *map(refused_line, refused)], read, options)
    if report.is_applied:
        write_aliases(session, matched, options.register, now=now)
    return _remembered(session, report, options, now)


def _report(lines: Sequence[ReportLine], read: Survey, options: ImportOptions) -> ImportReport:
    """What becomes of every feature, and whether it is carried out: one bad feature keeps nobody out."""
    everything = [*lines, *map(refused_line, read.refused), *map(merged_line, read.merged)]
    report = ImportReport(in_file_order(everything), is_applied=False)
    return replace(report, is_applied=not options.is_dry_run and (options.skips_refused or report.is_mostly_sound))


def _line(change: AreaChange) -> ReportLine:
    feature, known = change.feature, change.known
    name = feature.name or (known.name if known else UNKNOWN_NAME)
    return ReportLine(feature.number, feature.code, name, change.outcomes, change.notes)


def _remembered(session: Session, report: ImportReport, options: ImportOptions, now: datetime) -> ImportReport:
    """The report, noted where it was carried out."""
    if report.is_applied:
        counts = {outcome.value: count for outcome in ImportOutcome if (count := report.count(outcome))}
        note(session, "places.import", f"areas:{options.register}", account_id=options.by_account_id, now=now, **counts)
        session.flush()
    return report
