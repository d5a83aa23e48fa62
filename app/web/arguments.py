"""What stands behind the question mark of an address: read strictly, each mistake told by the name of its argument."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from flask import request

from app.core.errors import FieldError, Invalid, invalid
from app.core.text import Text

EVERYWHERE = frozenset({"lang"})


def arguments(known: Collection[str]) -> Mapping[str, str]:
    """The arguments that were given and are not empty. Unknown and repeated ones are refused: they would silently do nothing."""
    errors = [_unknown(name, known) for name in request.args if name not in {*known, *EVERYWHERE}]
    errors += [
        FieldError(name, "repeated", Text("Isian ini tertulis dua kali.", "This field is given twice."))
        for name, given in request.args.lists()
        if len(given) > 1
    ]
    if errors:
        raise Invalid(errors)
    return {name: value for name, value in request.args.items() if value and name in known}


def _unknown(name: str, known: Collection[str]) -> FieldError:
    near = get_close_matches(name, known, n=1)
    indonesian = f"Isian {name} tidak dikenal" + (f"; mungkin maksudnya {near[0]}?" if near else ".")
    english = f"The argument {name} is not known" + (f"; did you mean {near[0]}?" if near else ".")
    return FieldError(name, "unknown_field", Text(indonesian, english))


def whole_number(given: Mapping[str, str], name: str, *, minimum: int, maximum: int, default: int) -> int:
    """The whole number given by that name, or the default."""
    text = given.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and minimum <= int(text) <= maximum):
        raise invalid(
            name,
            "out_of_range",
            f"Isi dengan bilangan bulat dari {minimum} sampai {maximum}.",
            f"This must be a whole number from {minimum} to {maximum}.",
        )
    return int(text)


def one_of(given: Mapping[str, str], name: str, choices: Collection[str], *, default: str) -> str:
    """The word given by that name, one of the choices, or the default."""
    word = given.get(name, default)
    if word not in choices:
        listed = ", ".join(choices)
        raise invalid(name, "choice", f"Pilih salah satu: {listed}.", f"Choose one of: {listed}.")
    return word
