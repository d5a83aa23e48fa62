"""What the assessment noticed. A finding is never a rejection by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.actions.rules.words import Status


class Level(StrEnum):
    """What a finding leads to: nothing, an officer's look, or a hold until an officer says a word."""

    OK = "ok"
    LOOK = "look"
    HOLD = "hold"


OFF_DAY = "day_other"
"""The code for a deed on a day that is none of its programme's."""


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    level: Level
    values: Mapping[str, object] = field(default_factory=dict)
    """What its sentence speaks of: metres, names, days."""

    @property
    def leaves_uncounted(self) -> bool:
        """Whether the deed is recorded and stamped without counting towards a belt."""
        return self.code == OFF_DAY and not self.values.get("counted", False)

    def stored(self) -> list[object]:
        """As it is kept with the action."""
        return [self.code, self.level.value, dict(self.values)]

    @staticmethod
    def read(row: list[object]) -> Finding:
        code, level, values = row
        if not isinstance(values, dict):
            raise TypeError("a stored finding is [code, level, values]")
        return Finding(str(code), Level(str(level)), values)


def is_programme_day(stored: Iterable[Sequence[object]]) -> bool:
    """Whether none of a deed's stored findings says that its day was none of its programme's."""
    return all(row[0] != OFF_DAY for row in stored)


def leads_to(findings: Iterable[Finding]) -> Status:
    """Held when one of the findings holds, else waiting for its stamp."""
    return Status.HELD if any(finding.level is Level.HOLD for finding in findings) else Status.WAITING


PENDING = "photos_pending"
OF_PHOTOGRAPHS = frozenset(
    {PENDING, "photos_ok", "photo_broken", "photo_repeated", "photo_similar", "photo_time_off", "photo_place_off"}
)
"""What is said once the photographs have been looked at, and until then."""


def with_photographs(findings: Iterable[Finding], found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with what was found in the photographs in the place of what was said of them before."""
    before: list[Finding] = []
    after: list[Finding] = []
    is_past = False
    for finding in findings:
        if finding.code in OF_PHOTOGRAPHS:
            is_past = True
        else:
            (after if is_past else before).append(finding)
    return (*before, *found, *after)
