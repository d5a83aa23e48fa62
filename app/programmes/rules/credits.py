"""What one stamped action counts for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from app.programmes.rules.definition import Definition

THOUSANDTHS = 1000
TOLD_ZERO = ".zero"
"""Ends the name under which it is counted that a measure was told as nothing: what nobody told is not known, it is not zero."""


def credits(
    definition: Definition,
    *,
    measures: Mapping[str, object],
    minutes: int | None,
    movement: str | None,
    on_programme_day: bool,
) -> dict[str, int]:
    """Tally measure -> whole number; decimals in thousandths, zeros left out.

    `credit` is what it adds on the ladder. An amount that was measured in one of several ways counts under that way only
    (kg.weighed, kg.estimated): the two are never added up. An amount told as 0 counts once under its name with `.zero`.
    """
    counted = {"actions": 1, "credit": _credit(definition, measures, on_programme_day=on_programme_day)}
    if minutes:
        counted["minutes"] = min(minutes, definition.minutes.longest) if definition.minutes else minutes
    for name, measure in definition.measures.items():
        if not measure.is_summed or name not in measures:
            continue
        scale = THOUSANDTHS if measure.type == "decimal" else 1
        amount = int(Decimal(str(measures[name])) * scale)
        told_as = f"{name}.{measures[measure.method_in]}" if measure.method_in else name
        counted[told_as] = amount
        counted[told_as + TOLD_ZERO] = int(amount == 0)
        if measure.by_movement:
            counted[f"{name}.{movement or 'volunteer'}"] = amount
    return {name: amount for name, amount in counted.items() if amount}


def _credit(definition: Definition, measures: Mapping[str, object], *, on_programme_day: bool) -> int:
    if definition.credit.programme_days_only and not on_programme_day:
        return 0
    if definition.credit.measure is None:
        return 1
    return min(int(Decimal(str(measures.get(definition.credit.measure, 0)))), definition.credit.at_most)
