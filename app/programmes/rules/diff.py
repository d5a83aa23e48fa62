"""What changes from one version of a programme to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.programmes.rules.definition import Definition

NAMED_BY = ("belt", "code", "date")
"""The keys by which a member of a list is known; others are known by their place."""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key of the file; None stands for a key that is not there."""

    key: str
    before: object
    after: object


def changes(old: Definition, new: Definition) -> list[KeyChange]:
    """Every key whose value differs, in the order of the file; defaults count as said."""
    before, after = dict(_leaves(old.model_dump(mode="json"), "")), dict(_leaves(new.model_dump(mode="json"), ""))
    keys = [*before, *(key for key in after if key not in before)]
    return [KeyChange(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)]


def _leaves(value: Any, path: str) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}".strip("."))
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for place, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{_name(inner, place)}]")
    else:
        yield path, value


def _name(member: dict[str, Any], place: int) -> str:
    return next((str(member[key]) for key in NAMED_BY if key in member), str(place))
