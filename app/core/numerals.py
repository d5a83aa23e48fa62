"""A number as people type it, with a comma or a point; the phone reads it by the same rule (static/js/common/numerals.js).

tests/numerals.json holds both to one table of cases.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from babel.numbers import get_decimal_symbol

from app.core.catalogue import Language


class Numeral(StrEnum):
    """What kind of number a field asks for."""

    AMOUNT = "amount"
    """May have decimals, and may be above a thousand."""
    WHOLE = "whole"
    """Has no decimals: what parts three digits are thousands."""
    DEGREES = "degrees"
    """Below a thousand: what parts the digits is a decimal mark."""


class Misread(StrEnum):
    """Why a text is not taken for a number."""

    NUMBER = "number"
    """It is none."""
    WHOLE = "whole"
    """It is no whole number, and only such a one makes sense."""
    UNCLEAR = "unclear"
    """"1.250" is 1250 to one reader and 1.25 to another: who wrote it is asked."""


_PLAIN = re.compile(r"-?(?=[.,]?[0-9])[0-9]{0,15}(?:[.,][0-9]{1,15})?")
_GROUPED = re.compile(
    r"-?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,15})?|(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,15})?)",
)
_MARK = re.compile(r"[.,]")
_LIKE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")


def read_number(text: str, kind: Numeral) -> Decimal | Misread:
    """The number that the text says, or why it says none; at most 15 digits on either side of the mark."""
    said = text.strip().replace("−", "-")
    is_plain = _PLAIN.fullmatch(said) is not None
    is_grouped = kind is not Numeral.DEGREES and _GROUPED.fullmatch(said) is not None
    if not (is_plain or is_grouped):
        return Misread.WHOLE if kind is Numeral.WHOLE else Misread.NUMBER
    if is_plain and is_grouped and kind is Numeral.AMOUNT:
        return Misread.UNCLEAR
    # The first mark of a grouped number parts thousands; the other one, where there is one, is the decimal mark.
    number = Decimal((said.replace(_MARK.findall(said)[0], "") if is_grouped else said).replace(",", "."))
    if kind is Numeral.WHOLE and number % 1:
        return Misread.WHOLE
    return number


def write_number(number: Decimal, language: Language) -> str:
    """The number as a field shows it, so that reading it again gives the same: 1.125 is written 1,1250."""
    text = f"{number:f}"
    if _LIKE_THOUSANDS.fullmatch(text):
        text += "0"
    return text.replace(".", get_decimal_symbol(language))
