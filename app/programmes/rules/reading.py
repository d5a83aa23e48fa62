"""From a programme file to its definition, or to what is wrong with it, key by key."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.core.errors import FieldError
from app.core.text import Number, Text
from app.programmes.rules.definition import Definition, Part
from app.programmes.rules.part import SHAPES, Contradiction
from app.programmes.rules.yaml_text import plain


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read: a definition, or errors that each name their key."""

    document: dict[str, Any]
    """The file's content as plain JSON values, in the file's order."""
    definition: Definition | None
    errors: tuple[FieldError, ...]


def read(content: str | bytes | Mapping[str, Any]) -> ReadFile:
    """What the file says; its text, or its content as plain values."""
    if isinstance(content, Mapping):
        return _read(dict(content))
    found = _read_text(content)
    return replace(found, document=deepcopy(found.document))


@lru_cache(maxsize=8)
def _read_text(content: str | bytes) -> ReadFile:
    """Reading YAML takes a tenth of a second, and whoever changes a programme has the same text checked, compared and applied."""
    text = plain(content)
    if text.errors:
        return ReadFile(text.document, None, tuple(text.errors))
    return _read(text.document)


def _read(document: dict[str, Any]) -> ReadFile:
    unfit = tuple(_unfit(document, ""))
    if unfit:
        return ReadFile(document, None, unfit)
    try:
        return ReadFile(document, definition_of(document), ())
    except ValidationError as error:
        return ReadFile(document, None, tuple(_field_error(details) for details in error.errors(include_url=False)))


def _unfit(value: object, path: str) -> Iterator[FieldError]:
    """Values that JSON has no words for."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _unfit(key, path or "file")
            yield from _unfit(inner, f"{path}.{key}".strip("."))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _unfit(inner, f"{path}[{place}]")
    elif isinstance(value, str):
        if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
            yield FieldError(path, "text", Text("Ada karakter yang tidak utuh."))
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield FieldError(path, "number", Text("Isi dengan angka biasa."))
    elif value is not None and not isinstance(value, bool | int):
        yield FieldError(path, "value", Text("Nilai jenis ini tidak dapat dipakai."))


def definition_of(document: Mapping[str, Any]) -> Definition:
    """The definition that a document of plain values says. Raises pydantic's ValidationError where it says none."""
    # The way through JSON text is the same for a file and for what a database gave back: dates are words, lists are lists.
    return Definition.model_validate_json(json.dumps(document))


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the content: the same for the same keys and values in the same order."""
    return hashlib.sha256(json.dumps(document, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _field_error(details: ErrorDetails) -> FieldError:
    cause = details.get("ctx", {}).get("error")
    if isinstance(cause, Contradiction):
        return FieldError(_dotted(details["loc"], cause.key), "contradiction", cause.text)
    code = details["type"]
    if code.startswith("union_tag"):
        return FieldError(_dotted(details["loc"], "kind"), code, SENTENCES[code](details))
    said = SENTENCES.get(code)
    text = said(details) if said else Text("Isian ini tidak dapat dipakai: %(why)s.", why=details["msg"])
    return FieldError(_dotted(details["loc"]), code, text)


def _dotted(location: tuple[int | str, ...], inner: str = "") -> str:
    """("place", "circle", "radius_m") is place.radius_m: the kind of place was chosen by its tag and is no key."""
    steps = [step for place, step in enumerate(location) if step != "[key]" and not (place == 1 and location[0] == "place")]
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return f"{path}.{inner}".strip(".") or "file"


@cache
def _keys() -> tuple[str, ...]:
    return tuple(sorted({name for part in Part.__subclasses__() for name in part.model_fields}))


def _unknown(details: ErrorDetails) -> Text:
    near = get_close_matches(str(details["loc"][-1]), _keys(), 1)
    if near:
        return Text("Kunci ini tidak dikenal. Maksudnya %(near)s?", near=near[0])
    return Text("Kunci ini tidak dikenal.")


def _pattern(details: ErrorDetails) -> Text:
    return SHAPES[details["ctx"]["pattern"]]


def _bound(text: Text, name: str, value: str = "bound") -> Callable[[ErrorDetails], Text]:
    """Tells the bound as this value of the sentence: "n" where it counts something."""

    def said(details: ErrorDetails) -> Text:
        bound = details["ctx"][name]
        return text.given(**{value: Number(bound, 3) if isinstance(bound, int | float) else str(bound)})

    return said


def _choice(details: ErrorDetails) -> Text:
    expected = str(details["ctx"].get("expected") or details["ctx"].get("expected_tags"))
    return Text("Pilih salah satu: %(choices)s.", choices=expected.replace(" or ", ", "))


def _always(text: Text) -> Callable[[ErrorDetails], Text]:
    return lambda _details: text


_WHOLE = _always(Text("Isi dengan bilangan bulat."))
_NUMBER = _always(Text("Isi dengan angka."))
_DATE = _always(Text("Tulis tanggal seperti 2026-11-23."))
_KEYS = _always(Text("Di sini perlu kunci dan nilainya."))
_TOO_FEW = _bound(Text("Perlu paling sedikit %(bound)s."), "min_length")

SENTENCES: dict[str, Callable[[ErrorDetails], Text]] = {
    "missing": _always(Text("Kunci ini wajib ada.")),
    "extra_forbidden": _unknown,
    "string_type": _always(Text("Isi dengan teks.")),
    "string_pattern_mismatch": _pattern,
    "string_too_long": _bound(Text("Paling banyak %(n)s huruf."), "max_length", "n"),
    "string_too_short": _bound(Text("Paling sedikit %(n)s huruf."), "min_length", "n"),
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_max_places": _bound(Text("Paling banyak %(n)s angka di belakang koma."), "decimal_places", "n"),
    "bool_type": _always(Text("Isi dengan true atau false.")),
    "greater_than_equal": _bound(Text("Paling sedikit %(bound)s."), "ge"),
    "less_than_equal": _bound(Text("Paling banyak %(bound)s."), "le"),
    "literal_error": _choice,
    "enum": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _always(Text("Kunci kind wajib ada: circle atau own_area.")),
    "tuple_type": _always(Text("Di sini perlu sebuah daftar.")),
    "too_short": _TOO_FEW,
    "too_long": _bound(Text("Paling banyak %(bound)s."), "max_length"),
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
}
"""What pydantic calls an error -> how we say it."""
