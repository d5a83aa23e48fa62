"""What an address of the wire takes and gives, said beside its view; app/web/openapi.py makes the document of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ParamSpec, TypeVar

from pydantic import Field, JsonValue
from typing_extensions import TypedDict

P = ParamSpec("P")
R = TypeVar("R")

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""An instant with its zone, as text."""
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Uuid = Annotated[str, Field(json_schema_extra={"format": "uuid"})]


class CodeAndName(TypedDict):
    code: str
    name: str


class ReasonJson(TypedDict):
    """One thing wrong: the field's name (empty: the body as a whole), a code for programs, a sentence for people."""

    field: str
    code: str
    message: str


class ProblemJson(TypedDict):
    """A "no" (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ReasonJson]


class SignIn(StrEnum):
    NEEDED = "needed"
    WELCOME = "welcome"
    """Answers everybody, and says more to whoever is signed in."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Argument:
    """One thing that may stand behind the question mark."""

    name: str
    what: str
    schema: Mapping[str, JsonValue]
    required: bool = False


def string_param(name: str, what: str, *, example: str | None = None, required: bool = False) -> Argument:
    schema: dict[str, JsonValue] = {"type": "string"}
    return Argument(name, what, schema | ({"examples": [example]} if example else {}), required)


def choice(name: str, what: str, words: Sequence[str], *, default: str | None = None) -> Argument:
    schema: dict[str, JsonValue] = {"type": "string", "enum": list(words)}
    return Argument(name, what, schema | ({"default": default} if default else {}))


def count(name: str, what: str, *, maximum: int, default: int) -> Argument:
    return Argument(name, what, {"type": "integer", "minimum": 1, "maximum": maximum, "default": default})


def period(default: str) -> Argument:
    schema: Mapping[str, JsonValue] = {
        "type": "string",
        "pattern": "^(all|[0-9]{4}|[0-9]{4}-[0-9]{2}|[0-9]{4}-W[0-9]{2})$",
        "examples": ["2026-11"],
    }
    return Argument("period", f"all, a year, a month or a week (2026-W48); {default} when left out", schema)


@dataclass(frozen=True, slots=True)
class Description:
    """Of one view: the JSON it gives by status, and which "no" it may answer with besides those that every view has."""

    gives: Mapping[int, Any]
    """Status -> the type of the JSON, or its schema."""
    takes: Any
    """The form of its JSON body, or the media types of its bytes; None where it takes none."""
    arguments: tuple[Argument, ...]
    refuses: tuple[int, ...]
    sign_in: SignIn
    media: str
    is_kept: bool
    """Answers carry a mark (ETag); 304 tells that nothing has changed."""


DEFINITIONS: dict[str, dict[str, Any]] = {}
"""Schemas that rooms wrote themselves, by name."""


def define(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema by that name in the document; gives the reference to it."""
    if DEFINITIONS.setdefault(name, schema) != schema:
        raise ValueError(f"{name} is defined twice")
    return {"$ref": f"#/components/schemas/{name}"}


_DESCRIPTIONS: dict[Callable[..., Any], Description] = {}


def described(
    gives: Mapping[int, Any],
    *,
    takes: Any = None,  # noqa: ANN401 - a form, or media types
    arguments: Sequence[Argument] = (),
    refuses: Sequence[int] = (),
    sign_in: SignIn = SignIn.NEEDED,
    media: str = "application/json",
    is_kept: bool = False,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Stands directly below the route, above every guard."""

    def remember(view: Callable[P, R]) -> Callable[P, R]:
        _DESCRIPTIONS[view] = Description(gives, takes, tuple(arguments), tuple(refuses), sign_in, media, is_kept)
        return view

    return remember


def description_of(view: Callable[..., Any]) -> Description | None:
    return _DESCRIPTIONS.get(view)
