"""What the assessment noticed. A finding is never a rejection by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.actions.rules.words import Status


class Level(StrEnum):
    """What a finding leads to: nothing, an officer's look, or a hold until an officer says a word."""

    OK = "ok"
    LOOK = "look"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    level: Level
    values: Mapping[str, object] = field(default_factory=dict)
    """What its sentence speaks of: metres, names, days."""

    def stored(self) -> list[object]:
        """As it is kept with the action."""
        return [self.code, self.level.value, dict(self.values)]

    @staticmethod
    def read(row: list[object]) -> Finding:
        code, level, values = row
        if not isinstance(values, dict):
            raise TypeError("a stored finding is [code, level, values]")
        return Finding(str(code), Level(str(level)), values)


def leads_to(findings: Iterable[Finding]) -> Status:
    """Held when one of the findings holds, else waiting for its stamp."""
    return Status.HELD if any(finding.level is Level.HOLD for finding in findings) else Status.WAITING
