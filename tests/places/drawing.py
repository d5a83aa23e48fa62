"""Small maps for the tests: squares of about 1.1 km side by side near Bandung."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SIDE = 0.01
WEST, SOUTH = 107.60, -6.95


def square(column: float, row: float, *, width: float = 1, height: float = 1) -> dict[str, Any]:
    """A rectangle counted in sides from the south-west corner of the map."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    east, north = west + width * SIDE, south + height * SIDE
    return polygon((west, south), (east, south), (east, north), (west, north), (west, south))


def polygon(*ring: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(position) for position in ring]]}


def feature(code: object, name: str | None, geometry: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code, "name": name, **properties}, "geometry": geometry}


def collection(*features: dict[str, Any], **members: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


NAMES = ("Anggrek", "Beringin", "Cempaka", "Dahlia", "Edelweis", "Flamboyan", "Gambir", "Hanjuang", "Ilalang")


def kelurahan(number: int, column: float, row: float, name: str | None = None, **properties: object) -> dict[str, Any]:
    """Kelurahan 32.99.01.100<number> as a square."""
    above = {"district": "Taman", "regency": "Kota Uji"}
    return feature(f"32.99.01.{1000 + number}", name or NAMES[number - 1], square(column, row), **(above | properties))


def town() -> dict[str, Any]:
    """Nine kelurahan of one kecamatan, three by three."""
    return collection(*(kelurahan(number + 1, number % 3, number // 3) for number in range(9)), source="drawn for a test")


def codes(features: Sequence[dict[str, Any]]) -> list[str]:
    return [one["properties"]["code"] for one in features]
