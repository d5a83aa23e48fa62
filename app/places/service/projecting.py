"""Coordinates of other reference systems, brought to degrees of WGS84."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from app.core.errors import invalid
from app.core.text import Text
from app.places.rules.survey import is_wgs84

MAX_CRS_LENGTH = 60
_NUMBER = re.compile(r"(?:EPSG:+|urn:ogc:def:crs:EPSG:[0-9.]*:)?([0-9]{4,6})", re.IGNORECASE)


def in_degrees(collection: dict[str, Any], crs: str | None) -> tuple[dict[str, Any], Text | None]:
    """The collection in degrees of WGS84, and a word on what was done. `crs`: what somebody says; else what the file declares.

    A system that nobody knows stays as it is declared, and the survey refuses it. Raises Invalid (field `crs`) where what
    somebody says is none.
    """
    declared = _declared(collection)
    named = crs or declared
    if named is None or is_wgs84(named):
        return ({name: value for name, value in collection.items() if name != "crs"} if crs else collection), None
    change = _change(named)
    if change is None:
        if crs is None:
            return collection, None
        raise invalid(
            "crs",
            "unknown",
            Text('Sistem koordinat "%(crs)s" tidak dikenal; tulis seperti EPSG:32748.', crs=crs[:MAX_CRS_LENGTH]),
        )
    features = collection.get("features")
    for feature in features if isinstance(features, list) else ():
        geometry = feature.get("geometry") if isinstance(feature, Mapping) else None
        if isinstance(geometry, dict):
            geometry["coordinates"] = _moved(geometry.get("coordinates"), change)
    kept = {name: value for name, value in collection.items() if name != "crs"}
    return kept, Text("Koordinat diubah dari %(crs)s ke derajat WGS84.", crs=named[:MAX_CRS_LENGTH])


def _declared(collection: Mapping[str, Any]) -> str | None:
    """The name or text in the old `crs` member of GeoJSON."""
    crs = collection.get("crs")
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    return name if isinstance(name, str) else None


def _change(named: str) -> Any:  # noqa: ANN401 - pyproj's transformer
    """What brings positions of that system to degrees; None where nobody knows the system."""
    import pyproj
    import pyproj.exceptions

    short = _NUMBER.fullmatch(named.strip())
    try:
        return pyproj.Transformer.from_crs(f"EPSG:{short[1]}" if short else named, "EPSG:4326", always_xy=True)
    except pyproj.exceptions.CRSError:
        return None


def _moved(coordinates: object, change: Any) -> object:  # noqa: ANN401
    """The nested lists with every position in degrees, heights left out; what is no position is left for the survey to refuse."""
    found = list(_positions(coordinates))
    if not found:
        return coordinates
    lon, lat = change.transform(*np.array(found, dtype=float).T)
    degrees = iter(zip(lon.tolist(), lat.tolist(), strict=True))
    return _put(coordinates, degrees)


def _positions(coordinates: object) -> Iterator[tuple[float, float]]:
    if _is_position(coordinates):
        yield coordinates[0], coordinates[1]  # type: ignore[index]
    elif isinstance(coordinates, list | tuple):
        for each in coordinates:
            yield from _positions(each)


def _put(coordinates: object, degrees: Iterator[tuple[float, float]]) -> object:
    if _is_position(coordinates):
        return list(next(degrees))
    if isinstance(coordinates, list | tuple):
        return [_put(each, degrees) for each in coordinates]
    return coordinates


def _is_position(value: object) -> bool:
    """Two to four numbers; a boolean is none."""
    return (
        isinstance(value, list | tuple)
        and 2 <= len(value) <= 4
        and all(type(each) in (int, float) and -1e12 <= each <= 1e12 for each in value)
    )
