"""The reference of keys: every part of a programme file with its keys, written from the models that check the file.

What a key is for stands in key_meanings.py; what may stand there, whether it is needed and what holds without it is read from the
same schema that refuses a wrong value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from app.core.text import Number, Text, Verbatim
from app.programmes.rules.definition import Definition
from app.programmes.rules.key_meanings import MEANINGS, OF_A_TEXT
from app.programmes.rules.key_words import KEYS, UNITS
from app.programmes.rules.part import SHAPES

Schema = dict[str, Any]

HEAD = Text("Kunci utama")
A_TEXT = Text("teks per bahasa")
A_LIST, NAMED = Text("daftar"), Text("nama dan nilainya")
WHOLE, DECIMAL = Text("bilangan bulat"), Text("angka")
DATE, WORDS = Text("tanggal, misalnya 2026-11-23"), Text("kata-kata")
YES_OR_NO = Text("true atau false")


@dataclass(frozen=True, slots=True)
class KeyTold:
    """One key of a part."""

    key: str
    meaning: Text
    values: tuple[Text, ...]
    """What may stand there, from the whole to the particular."""
    parts: tuple[str, ...]
    """The anchors of the parts of which one stands there; none: a plain value."""
    is_needed: bool
    otherwise: str
    """What holds when it is left out, as the file writes it; empty: nothing."""


@dataclass(frozen=True, slots=True)
class PartTold:
    """One part of the file."""

    anchor: str
    path: str
    """Where it stands in the file, as `ladder.rungs[]`, all places where there are several; empty: the file itself."""
    name: Text
    keys: tuple[KeyTold, ...]


@cache
def parts_told() -> tuple[PartTold, ...]:
    """Every part of the file, in the file's order; each part stands before the parts within it."""
    schema = Definition.model_json_schema()
    told: dict[str, PartTold] = {}
    for part in _parts(schema, schema["$defs"], "Definition", "", HEAD):
        before = told.get(part.anchor)
        told[part.anchor] = replace(before, path=f"{before.path}, {part.path}") if before else part
    return tuple(told.values())


def _parts(part: Schema, defs: dict[str, Schema], model: str, path: str, name: Text) -> Iterator[PartTold]:
    fields = part["properties"]
    needed = part.get("required", ())
    keys = tuple(
        KeyTold(
            key=key,
            meaning=MEANINGS[model][key],
            values=tuple(_values(key, field, defs)),
            parts=tuple(_anchor(inner) for inner in _inner(field) if inner in MEANINGS),
            is_needed=key in needed,
            otherwise=_otherwise(field),
        )
        for key, field in fields.items()
    )
    yield PartTold(_anchor(model), path, name, keys)
    for key, field in fields.items():
        for inner in _inner(field):
            if inner in MEANINGS:
                kind = f" (kind: {inner_kind})" if (inner_kind := _kind(defs[inner])) else ""
                yield from _parts(defs[inner], defs, inner, f"{path}.{key}{_many(field)}".strip(".") + kind, KEYS[key])


def _kind(part: Schema) -> str:
    """The word by which a part is chosen among others; empty where there is no other."""
    return str(part["properties"].get("kind", {}).get("const", ""))


def _anchor(model: str) -> str:
    return f"bagian-{model.lower()}"


def _many(field: Schema) -> str:
    return "[]" if field.get("type") == "array" else ".…" if "patternProperties" in field else ""


def _inner(field: Schema) -> list[str]:
    """The models that a key's value is made of."""
    if "$ref" in field:
        return [str(field["$ref"]).rpartition("/")[2]]
    below = [*field.get("anyOf", ()), *field.get("oneOf", ()), *field.get("patternProperties", {}).values()]
    return [name for each in [*below, *([field["items"]] if "items" in field else [])] for name in _inner(each)]


def _otherwise(field: Schema) -> str:
    default = field.get("default")
    if default in (None, [], "") or isinstance(default, dict):
        return ""
    if isinstance(default, list):
        return f"[{', '.join(map(str, default))}]"
    return f"{default:g}" if isinstance(default, float) else str(default).lower()


def _values(key: str, field: Schema, defs: dict[str, Schema]) -> Iterator[Text]:
    """What may stand there, in a few words each."""
    either = [each for each in field.get("anyOf", ()) if each.get("type") != "null"]
    if "decimal_places" in field:
        yield DECIMAL
    elif either:
        yield from _values(key, either[0], defs)
    elif "$ref" in field:
        yield from _referred(key, str(field["$ref"]).rpartition("/")[2], defs)
    elif field.get("type") == "array":
        yield A_LIST
        yield from _at_most(field)
        yield from _values(key, field["items"], defs)
    elif field.get("type") == "object":
        yield NAMED
        yield from _at_most(field)
        below: list[Schema] = [*field.get("patternProperties", {}).values(), field.get("additionalProperties", {})]
        yield from _values(key, below[0], defs)
    elif "oneOf" not in field:
        yield from _plain(field)
    yield from _bounds(key, field)


def _referred(key: str, model: str, defs: dict[str, Schema]) -> Iterator[Text]:
    if model == OF_A_TEXT:
        yield A_TEXT
    elif "enum" in defs[model]:
        yield from _plain(defs[model])


def _plain(field: Schema) -> Iterator[Text]:
    words = field.get("enum") or ([field["const"]] if "const" in field else [])
    if words:
        yield Verbatim(", ".join(words))
    elif field.get("format") == "date":
        yield DATE
    elif "pattern" in field:
        yield SHAPES[field["pattern"]]
    else:
        yield {"integer": WHOLE, "number": DECIMAL, "boolean": YES_OR_NO}.get(str(field.get("type")), WORDS)


def _bounds(key: str, field: Schema) -> Iterator[Text]:
    least, most = field.get("minimum", field.get("ge")), field.get("maximum", field.get("le"))
    if least is not None and most is not None:
        low, high = Number(least, 3), Number(most, 3)
        if key in UNITS:
            yield Text("%(low)s sampai %(high)s %(unit)s", low=low, high=high, unit=UNITS[key])
        else:
            yield Text("%(low)s sampai %(high)s", low=low, high=high)
    if "maxLength" in field:
        letters = field["maxLength"]
        yield Text("paling banyak %(n)s huruf", n=letters)


def _at_most(field: Schema) -> Iterator[Text]:
    many = field.get("maxItems", field.get("maxProperties"))
    if many is not None:
        yield Text("paling banyak %(n)s butir", n=many)
