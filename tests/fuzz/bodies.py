"""JSON with one part exchanged for another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Place = tuple[str | int, ...]
"""The way down to a part."""


def fitting(schema: Mapping[str, Any], root: Mapping[str, Any], uuid: str) -> Any:
    """A value that a schema allows, as far as its types tell."""
    if "$ref" in schema:
        return fitting(root["$defs"][schema["$ref"].rpartition("/")[2]], root, uuid)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if "anyOf" in schema:
        return fitting(schema["anyOf"][0], root, uuid)
    match schema.get("type"):
        case "object":
            return {name: fitting(part, root, uuid) for name, part in schema.get("properties", {}).items()}
        case "array":
            parts = schema.get("prefixItems") or [schema.get("items", {})]
            return [fitting(part, root, uuid) for part in parts]
        case "integer":
            return max(1, int(schema.get("minimum", 1)))
        case "number":
            return 1.5
        case "boolean":
            return False
        case "string":
            formats = {"uuid": uuid, "date-time": "2026-11-16T07:05:00+07:00", "date": "2026-11-16"}
            return formats.get(schema.get("format", ""), "gps")
        case _:
            return None


def places_in(value: Any, above: Place = ()) -> list[Place]:
    """Where the parts of a body stand, and a place that it does not have."""
    if isinstance(value, dict):
        return [above, (*above, "tidak-dikenal")] + [
            place for name, part in value.items() for place in places_in(part, (*above, name))
        ]
    if isinstance(value, list):
        return [above] + [place for number, part in enumerate(value) for place in places_in(part, (*above, number))]
    return [above]


def replaced(value: Any, place: Place, part: Any) -> Any:
    if not place:
        return part
    first, rest = place[0], place[1:]
    if isinstance(value, dict):
        return {**value, first: replaced(value.get(first), rest, part)}
    return [replaced(each, rest, part) if number == first else each for number, each in enumerate(value)]
