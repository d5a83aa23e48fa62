"""What a number may be said, and why one is not said. Not known is never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.core.periods import Period
from app.core.text import Text
from app.programmes.rules.credits import TOLD_ZERO
from app.programmes.rules.definition import Definition, Indicator
from app.tallies.rules import ACTIONS, CREDIT, PEOPLE

THOUSANDTHS = 1000


class Reason(StrEnum):
    """Why there is no value."""

    NOT_YET = "not_yet"
    BEFORE_PROGRAMME = "before_programme"
    NOT_MEASURED = "not_measured"
    FEWER_THAN_5 = "fewer_than_5"
    REVEALS_FEWER_THAN_5 = "reveals_fewer_than_5"


class FigureKind(StrEnum):
    """What somebody writes down of an indicator beside the counting."""

    BASELINE = "baseline"
    TARGET = "target"


WHY = {
    Reason.NOT_YET: Text("Periode ini belum mulai."),
    Reason.BEFORE_PROGRAMME: Text("Program belum berjalan pada periode ini."),
    Reason.NOT_MEASURED: Text(
        "Ada aksi yang dicap, tetapi tidak satu pun mencatat ukuran ini: nilainya tidak diketahui, bukan berarti nol."
    ),
    Reason.FEWER_THAN_5: Text("Kurang dari 5 orang: angkanya tidak ditampilkan agar tidak ada orang yang dapat dikenali."),
    Reason.REVEALS_FEWER_THAN_5: Text(
        "Angka ini tidak ditampilkan karena dengan pengurangan akan membuka jumlah orang yang kurang dari 5."
    ),
}

ERROR_UNKNOWN = Text(
    "Ini perkiraan orang yang mencatat; besar kesalahannya belum pernah diukur, jadi batas bawah dan atasnya tidak diketahui."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, or why there is none."""

    value: int | float | None
    reason: Reason | None = None


def is_decimal(definition: Definition, measure: str) -> bool:
    """Whether the tally measure is kept in thousandths."""
    told = definition.measures.get(measure.partition(".")[0])
    return told is not None and told.type == "decimal"


def amount(definition: Definition, measure: str, raw: int, decimals: int) -> int | float:
    """A tally's whole number as people read it, rounded half up to so many decimals."""
    if not is_decimal(definition, measure):
        return raw
    exact = (Decimal(raw) / THOUSANDTHS).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return float(exact) if decimals else int(exact)


def is_always_told(definition: Definition, measure: str) -> bool:
    """Whether every action tells this measure, so that nothing told means nothing done."""
    base = measure.partition(".")[0]
    if base in (ACTIONS, CREDIT, PEOPLE) or (base == "minutes" and definition.minutes is not None):
        return True
    told = definition.measures.get(base)
    return told is not None and told.required


def told(credits: Mapping[str, int]) -> dict[str, int]:
    """What one stamped action counts for, by measure; what was told as nothing is 0."""
    return {measure.removesuffix(TOLD_ZERO): 0 if measure.endswith(TOLD_ZERO) else value for measure, value in credits.items()}


def read(
    indicator: Indicator,
    definition: Definition,
    tally: Mapping[str, int],
    period: Period,
    *,
    today: date,
    begun_on: date,
) -> Reading:
    """What the tallies of an area and period say of the indicator, small counts of people included.

    No stamped action at all is a counted zero. Actions of which none tells an optional measure leave it unknown; one that tells
    it as nothing makes it known.
    """
    if period.first is not None and period.first > today:
        return Reading(None, Reason.NOT_YET)
    if period.last is not None and period.last < begun_on:
        return Reading(None, Reason.BEFORE_PROGRAMME)
    raw = tally.get(indicator.measure, 0)
    is_told = is_always_told(definition, indicator.measure) or tally.get(indicator.measure + TOLD_ZERO, 0) > 0
    if raw == 0 and tally.get(ACTIONS, 0) > 0 and not is_told:
        return Reading(None, Reason.NOT_MEASURED)
    return Reading(amount(definition, indicator.measure, raw, indicator.decimals))


def counts_people(indicator: Indicator) -> bool:
    """Whether its number tells how many different persons there were."""
    return indicator.measure == PEOPLE
