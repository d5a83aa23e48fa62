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
        FieldError(name, "repeated", Text("Isian ini tertulis dua kali."))
        for name, given in request.args.lists()
        if len(given) > 1
    ]
    if errors:
        raise Invalid(errors)
    return {name: value for name, value in request.args.items() if value and name in known}


def _unknown(name: str, known: Collection[str]) -> FieldError:
    near = get_close_matches(name, known, n=1)
    if near:
        return FieldError(
            name, "unknown_field", Text("Isian %(name)s tidak dikenal; mungkin maksudnya %(near)s?", name=name, near=near[0])
        )
    return FieldError(name, "unknown_field", Text("Isian %(name)s tidak dikenal.", name=name))


def whole_number(given: Mapping[str, str], name: str, *, minimum: int, maximum: int, default: int) -> int:
    """The whole number given by that name, or the default."""
    text = given.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and minimum <= int(text) <= maximum):
        raise invalid(
            name,
            "out_of_range",
            Text("Isi dengan bilangan bulat dari %(minimum)s sampai %(maximum)s.", minimum=minimum, maximum=maximum),
        )
    return int(text)


def one_of(given: Mapping[str, str], name: str, choices: Collection[str], *, default: str) -> str:
    """The word given by that name, one of the choices, or the default."""
    word = given.get(name, default)
    if word not in choices:
        listed = ", ".join(choices)
        raise invalid(name, "choice", Text("Pilih salah satu: %(listed)s.", listed=listed))
    return word
