"""What became of each feature of an import."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.text import Text
from app.places.rules.survey import Feature


class ImportOutcome(StrEnum):
    ADDED = "added"
    UNCHANGED = "unchanged"
    OUTLINE_ADDED = "outline added"
    OUTLINE_CHANGED = "outline changed"
    CODE_CHANGED = "code changed"
    RENAMED = "renamed"
    MOVED = "moved"
    FIGURES_CHANGED = "figures changed"
    ALIAS_ADDED = "alias added"
    REPAIRED = "repaired"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One feature; without a number it is an area that others only mention."""

    number: int | None
    code: str
    name: str
    outcomes: tuple[ImportOutcome, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All features in the order of the file, then the areas that they mention."""

    lines: tuple[ReportLine, ...]
    is_applied: bool
    """False: the database is as it was (a dry run, or something was refused)."""

    @property
    def refused(self) -> tuple[ReportLine, ...]:
        return tuple(line for line in self.lines if ImportOutcome.REFUSED in line.outcomes)

    def count(self, outcome: ImportOutcome) -> int:
        return sum(outcome in line.outcomes for line in self.lines)


def refused_line(feature: Feature) -> ReportLine:
    """The line of a feature that was refused, with every reason."""
    return ReportLine(feature.number, feature.code, feature.name or "", (ImportOutcome.REFUSED,), feature.refusals)


def in_file_order(lines: list[ReportLine]) -> tuple[ReportLine, ...]:
    """As the features stand in the file; what the file only mentions comes last, by code."""
    return tuple(sorted(lines, key=lambda line: (line.number is None, line.number or 0, line.code)))
