"""What an action adds to the count, and what the count earns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from app.core.text import Text
from app.programmes.rules.part import Belt, Code, Contradiction, Count, Part, Wording


class Credit(Part):
    """What one stamped action adds on the ladder."""

    measure: Code | None = None
    """Counts this measure; each action counts one when left out."""
    at_most: int = Field(default=1, ge=1, le=100)
    programme_days_only: bool = False


class Rung(Part):
    """A belt, the count at which it is tied, and the counts at which its stripes are sewn on."""

    belt: Belt
    name: Wording
    threshold: Count
    stripes: tuple[Count, ...] = Field(default=(), strict=False, max_length=3)


class Ladder(Part):
    """Thresholds of the count, ascending; after the last belt a stripe each `further` ones."""

    policy: Wording
    """Whose numbers these are."""
    rungs: tuple[Rung, ...] = Field(strict=False, min_length=1, max_length=20)
    further: Count | None = None

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        last = 0
        for key, step in self._steps():
            if step <= last:
                raise Contradiction(key, Text("Harus lebih besar dari %(last)s, jenjang sebelumnya.", last=last))
            last = step
        belts = [rung.belt for rung in self.rungs]
        for place, belt in enumerate(belts):
            if belt in belts[:place]:
                raise Contradiction(
                    f"rungs[{place}].belt",
                    Text("Sabuk %(belt)s sudah ada di jenjang ini.", belt=belt),
                )
        return self

    def _steps(self) -> Iterator[tuple[str, int]]:
        for place, rung in enumerate(self.rungs):
            yield f"rungs[{place}].threshold", rung.threshold
            for stripe, step in enumerate(rung.stripes):
                yield f"rungs[{place}].stripes[{stripe}]", step


class Badge(Part):
    """A recognition beside the ladder, earned by one of the rules that badges know."""

    code: Code
    name: Wording
    rule: Literal["first", "weeks_in_a_row", "amount", "places"]
    least: Count
    measure: Code | None = None

    @model_validator(mode="after")
    def _measured(self) -> Self:
        if (self.rule == "amount") != (self.measure is not None):
            raise Contradiction(
                "measure",
                Text("Aturan amount perlu measure; aturan lain tidak memakainya."),
            )
        return self
