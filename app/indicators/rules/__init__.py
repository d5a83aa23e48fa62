"""What may be said of a number, and why one is not said."""

from app.indicators.rules.numbers import (
    ERROR_UNKNOWN,
    WHY,
    Reading,
    Reason,
    amount,
    counts_people,
    is_always_told,
    is_decimal,
    read,
    told,
)
from app.indicators.rules.people import FEWEST, deciding, public_people, reveals

__all__ = [
    "ERROR_UNKNOWN",
    "FEWEST",
    "WHY",
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
    "told",
]
