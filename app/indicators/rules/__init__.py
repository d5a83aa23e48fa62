"""What may be said of a number, and why one is not said."""

from app.indicators.rules.numbers import (
    ERROR_UNKNOWN,
    WHY,
    FigureKind,
    Reading,
    Reason,
    amount,
    counts_people,
    is_always_told,
    is_decimal,
    read,
    told,
)
from app.indicators.rules.people import deciding, public_people, reveals, rws_to_tell
from app.tallies.rules import MIN_PEOPLE

__all__ = [
    "ERROR_UNKNOWN",
    "MIN_PEOPLE",
    "WHY",
    "FigureKind",
    "Reading",
    "Reason",
    "amount",
    "counts_people",
    "deciding",
    "is_always_told",
    "is_decimal",
    "public_people",
    "read",
    "reveals",
    "rws_to_tell",
    "told",
]
