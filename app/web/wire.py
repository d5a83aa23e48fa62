"""What programs and phones send: JSON bodies read strictly, and the guard against other sites' scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request, session
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from app.core.errors import FieldError, Invalid, NotAllowed, invalid
from app.core.repetition import first_repeated
from app.core.text import Text
from app.web.surfaces import Surface, surface

DEEPEST = 12
MAX_ERRORS = 50
"""Mistakes told of one body: an answer stays small, whatever was sent."""
_HALF = re.compile("[\ud800-\udfff]")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Wire(BaseModel):
    """The form of a body: unknown fields are refused, booleans are not numbers, NaN is none."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


W = TypeVar("W", bound=Wire)


def body(form: type[W]) -> W:
    """The request's JSON body in that form; Invalid names every field that is not right."""
    if request.mimetype != "application/json" or request.headers.get("Content-Encoding", "identity") != "identity":
        abort(415)
    return parse(form, request.get_data(cache=False))


def parse(form: type[W], raw: bytes) -> W:
    _read(raw)
    try:
        return form.model_validate_json(raw)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise Invalid([_field_error(detail) for detail in found[:MAX_ERRORS]]) from error


def _read(raw: bytes) -> None:
    """Refuse what JSON parsers disagree about: repeated keys, halves of characters, endless numbers and depth, other encodings.

    NaN and its like are left to the form, which refuses them by the name of their field.
    """
    repeated: dict[int, tuple[dict[str, Any], str]] = {}

    def remember(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs) and (name := first_repeated(name for name, _ in pairs)) is not None:
            # The object is held too, so that no other one gets its number.
            repeated[id(made)] = (made, name)
        return made

    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=remember)
    except UnicodeDecodeError as error:
        raise invalid("", "encoding", Text("Isi harus berupa UTF-8.")) from error
    except json.JSONDecodeError as error:
        raise invalid(
            "",
            "json",
            Text("Isinya bukan JSON yang benar (baris %(lineno)s, kolom %(colno)s).", lineno=error.lineno, colno=error.colno),
        ) from error
    except ValueError as error:
        raise invalid("", "number", Text("Ada angka yang terlalu panjang.")) from error
    except RecursionError as error:
        raise _too_deep() from error
    if _depth(value, DEEPEST) < 0:
        raise _too_deep()
    if b"\\u" in raw and not _is_text(value):
        raise invalid("", "encoding", Text("Ada karakter yang tidak utuh."))
    if repeated:
        where = {id_: name for id_, (_, name) in repeated.items()}
        said = Text("Isian ini tertulis dua kali.")
        raise Invalid([FieldError(field, "repeated", said) for field in islice(_repetitions(value, where), MAX_ERRORS)])
    if not isinstance(value, dict):
        raise invalid("", "object", Text("Isi harus berupa objek JSON."))


def _too_deep() -> Invalid:
    return invalid("", "depth", Text("Isi bersarang terlalu dalam."))


def _depth(value: object, left: int) -> int:
    """How many levels are left below the deepest part; negative when there are too many."""
    if left < 0:
        return left
    if isinstance(value, dict):
        return min((_depth(part, left - 1) for part in value.values()), default=left)
    if isinstance(value, list):
        return min((_depth(part, left - 1) for part in value), default=left)
    return left


def _is_text(value: object) -> bool:
    """Whether every name and text in it can be written: no surrogate stands without its other half."""
    if isinstance(value, str):
        return _HALF.search(value) is None
    if isinstance(value, dict):
        return all(_is_text(name) and _is_text(part) for name, part in value.items())
    return all(map(_is_text, value)) if isinstance(value, list) else True


def _repetitions(value: object, repeated: Mapping[int, str], way: tuple[int | str, ...] = ()) -> Iterator[str]:
    """The name of each field that is there twice, found in one walk; none where a repeated name has pushed its object out."""
    if isinstance(value, dict) and id(value) in repeated:
        yield field_name((*way, repeated[id(value)]))
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        if isinstance(part, dict | list):
            yield from _repetitions(part, repeated, (*way, name))


_MESSAGES: dict[str, Text] = {
    "missing": Text("Isian ini wajib diisi."),
    "extra_forbidden": Text("Isian ini tidak dikenal."),
    "int_type": Text("Isi dengan bilangan bulat."),
    "int_from_float": Text("Isi dengan bilangan bulat."),
    "float_type": Text("Isi dengan angka."),
    "finite_number": Text("Isi dengan angka."),
    "string_type": Text("Isi dengan teks."),
    "list_type": Text("Isi dengan daftar."),
    "tuple_type": Text("Isi dengan daftar."),
    "dict_type": Text("Isi dengan objek JSON."),
    "model_type": Text("Isi dengan objek JSON."),
    "model_attributes_type": Text("Isi dengan objek JSON."),
    "uuid_parsing": Text("Isi dengan UUID."),
    "uuid_type": Text("Isi dengan UUID."),
    "timezone_aware": Text("Waktu harus menyebut zona, misalnya +07:00."),
    "datetime_parsing": Text("Isi dengan waktu seperti 2026-11-23T07:05:00+07:00."),
    "datetime_type": Text("Isi dengan waktu seperti 2026-11-23T07:05:00+07:00."),
    "string_pattern_mismatch": Text("Bentuknya tidak sesuai."),
}
_MESSAGES["json_invalid"] = Text("Isinya bukan JSON yang benar.")
_ONE_CODE = {"datetime_from_date_parsing": "datetime_parsing", "datetime_object_invalid": "datetime_parsing"}
"""What is one mistake to whoever made it has one code."""


def _field_error(detail: ErrorDetails) -> FieldError:
    kind = _ONE_CODE.get(detail["type"], detail["type"])
    told = detail.get("ctx", {}).get("error")
    if isinstance(told, WireFieldError):
        return FieldError(field_name(detail["loc"]), told.code, told.text)
    return FieldError(
        field_name(detail["loc"]), kind, _MESSAGES.get(kind) or _bounded(kind, detail.get("ctx", {}), detail["msg"])
    )


_BOUNDS = {
    "ge": Text("Paling sedikit %(bound)s."),
    "gt": Text("Harus lebih dari %(bound)s."),
    "le": Text("Paling banyak %(bound)s."),
    "lt": Text("Harus kurang dari %(bound)s."),
    "max_length": Text("Paling panjang %(bound)s."),
    "min_length": Text("Paling pendek %(bound)s."),
    "expected": Text("Pilih salah satu: %(bound)s."),
}


def _bounded(kind: str, ctx: Mapping[str, Any], message: str) -> Text:
    """Sentences that speak of a limit; pydantic's own English where the house has none."""
    for key, text in _BOUNDS.items():
        if key in ctx:
            return text.given(bound=str(ctx[key]))
    return Text("Tidak dapat diterima (%(kind)s: %(why)s).", kind=kind, why=message)


class WireFieldError(ValueError):
    """What a form's own validator has to say of a field."""

    def __init__(self, code: str, text: Text) -> None:
        self.code = code
        self.text = text
        super().__init__(text.message)


def field_name(location: tuple[int | str, ...]) -> str:
    """("photos", 0, "sha256") as photos[0].sha256."""
    name = ""
    for part in location:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            name += f".{part}" if name else part
    return name


def install(app: Flask) -> None:
    @app.before_request
    def refuse_other_sites() -> None:
        """A browser's session may write to the wire only from our own pages, whatever else the request carries.

        A program sends its token and no cookie, and needs no such guard.
        """
        if request.method in SAFE_METHODS or surface() is not Surface.WIRE:
            return
        if "_user_id" not in session and current_app.config["REMEMBER_COOKIE_NAME"] not in request.cookies:
            return
        origin = urlsplit(request.headers.get("Origin", ""))
        same = (origin.scheme, origin.netloc) == (request.scheme, request.host)
        if not same or request.headers.get("X-Sabuk") != "1":
            raise NotAllowed(
                Text("Permintaan ini tidak datang dari halaman kami sendiri."),
                "foreign_origin",
            )
