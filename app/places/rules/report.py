"""What became of each feature of an import."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.text import Text
from app.places.rules.features import Feature

MAX_REFUSED_SHARE = 0.2
"""Where more than this part of a file is refused, the file is wrong or read wrongly: what is left would be full of holes."""


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
    MERGED = "merged"
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
    """False: the database is as it was (a dry run, or too much was refused)."""

    @property
    def refused(self) -> tuple[ReportLine, ...]:
        return tuple(line for line in self.lines if ImportOutcome.REFUSED in line.outcomes)

    def count(self, outcome: ImportOutcome) -> int:
        return sum(outcome in line.outcomes for line in self.lines)

    @property
    def is_mostly_sound(self) -> bool:
        """So little was refused that the rest may be imported without it."""
        told = sum(line.number is not None for line in self.lines)
        return len(self.refused) <= MAX_REFUSED_SHARE * told


def refused_line(feature: Feature) -> ReportLine:
    """The line of a feature that was refused, with every reason."""
    return ReportLine(feature.number, feature.code, feature.name or "", (ImportOutcome.REFUSED,), feature.refusals)


def merged_line(feature: Feature) -> ReportLine:
    """The line of a feature whose ground another one bears."""
    told = Text("sudah termasuk dalam unsur %(number)s", number=feature.merged_into or 0)
    return ReportLine(feature.number, feature.code, feature.name or "", (ImportOutcome.MERGED,), (told,))


def in_file_order(lines: list[ReportLine]) -> tuple[ReportLine, ...]:
    """As the features stand in the file; what the file only mentions comes last, by code."""
    return tuple(sorted(lines, key=lambda line: (line.number is None, line.number or 0, line.code)))
