"""The public frame: what the city is told of a programme."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from app.core.text import Text
from app.programmes.rules.part import TALLY_MEASURE, Code, Contradiction, Part, Wording

Rupiah = Annotated[int, Field(ge=0, le=10**15)]


class Outcome(Part):
    """What one of the parties gains or takes on."""

    party: Wording
    outcome: Wording


class Indicator(Part):
    """A published number per kelurahan and period: the sum of one tally measure."""

    code: Code
    name: Wording
    definition: Wording
    unit: Wording
    method: Wording
    measure: str = Field(pattern=TALLY_MEASURE)
    decimals: int = Field(default=0, ge=0, le=3)
    is_estimate: bool = False
    has_baseline: bool = False


class Money(Part):
    """A cost or a saving in rupiah; without amounts where nobody has a source for one."""

    item: Wording
    amount_low: Rupiah | None = None
    amount_high: Rupiah | None = None
    per: Wording
    source: Wording

    @model_validator(mode="after")
    def _a_range(self) -> Self:
        if (self.amount_low is None) != (self.amount_high is None):
            raise Contradiction(
                "amount_low",
                Text("amount_low dan amount_high diisi keduanya atau tidak sama sekali."),
            )
        if self.amount_low is not None and self.amount_high is not None and self.amount_low > self.amount_high:
            raise Contradiction("amount_low", Text("amount_low tidak boleh melebihi amount_high."))
        return self


class Method(Part):
    """How a number that people ask for is reached, or why it is not given."""

    name: Wording
    method: Wording
    source: Wording


class Frame(Part):
    """What the city is told of the programme."""

    source: Wording
    """Whose words the frame goes back to."""
    purpose: Wording
    change_management: tuple[Wording, ...] = Field(strict=False, min_length=1)
    outcomes: tuple[Outcome, ...] = Field(strict=False, min_length=1)
    indicators: tuple[Indicator, ...] = Field(strict=False, min_length=1)
    methods: tuple[Method, ...] = Field(default=(), strict=False)
    costs: tuple[Money, ...] = Field(strict=False)
    savings: tuple[Money, ...] = Field(strict=False)

    @model_validator(mode="after")
    def _codes_once(self) -> Self:
        codes = [indicator.code for indicator in self.indicators]
        for place, code in enumerate(codes):
            if code in codes[:place]:
                raise Contradiction(
                    f"indicators[{place}].code",
                    Text("Kode %(code)s sudah dipakai indikator lain.", code=code),
                )
        return self
