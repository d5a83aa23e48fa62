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


GORONTALO_WEST, GORONTALO_SOUTH = 123.02, 0.51
METRE = 1 / 110_574


def ragged_city() -> dict[str, Any]:
    """An invented city of the shape of Gorontalo: fifty kelurahan of half a square kilometre in nine kecamatan, drawn carelessly.

    A sliver of 1 km by about 5 m between two of them (more than 1 % of either), another of 15 m, one kelurahan in two parts, one
    that is written twice, one without any outline. The features are 52.
    """
    whole = []
    for number in range(50):
        column, row = number % 10, number // 10
        west, south = GORONTALO_WEST + column * 0.005, GORONTALO_SOUTH + row * 0.009
        whole.append(_careless(number, (west, south, west + 0.005, south + 0.009)))
    west, south, east, north = _box(whole[3])
    whole[3]["geometry"] = _rectangle(west, south, east + 5.3 * METRE, north)
    west, south, east, north = _box(whole[27])
    whole[27]["geometry"] = _rectangle(west, south, east + 15 * METRE, north)
    west, south, east, north = _box(whole[40])
    other_part = whole[40] | {"geometry": _rectangle(west, south + 0.005, east, north)}
    whole[40] = whole[40] | {"geometry": _rectangle(west, south, east, south + 0.005)}
    whole[49]["geometry"] = None
    return collection(*whole, other_part, whole[12], source="invented for a test")


def _careless(number: int, box: tuple[float, float, float, float]) -> dict[str, Any]:
    kecamatan = min(number // 6, 8) + 1
    return feature(
        f"75.71.{kecamatan:02d}.{1001 + number}",
        f"Kelurahan Uji {number + 1}",
        _rectangle(*box),
        district=f"Kecamatan Uji {kecamatan}",
        regency="Kota Uji",
    )


def _box(one: dict[str, Any]) -> tuple[float, float, float, float]:
    (west, south), _, (east, north), *_ = one["geometry"]["coordinates"][0]
    return west, south, east, north


def _rectangle(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    return polygon((west, south), (east, south), (east, north), (west, north), (west, south))
