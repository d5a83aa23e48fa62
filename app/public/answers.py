"""What anybody may ask for: outlines that maps are drawn on."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict


class OutlineProperties(TypedDict):
    name: str
    kecamatan: str | None


class OutlineFeature(TypedDict):
    """`id` is the kelurahan's code."""

    type: Literal["Feature"]
    id: str
    geometry: dict[str, Any]
    properties: OutlineProperties


class OutlineMap(TypedDict):
    """A GeoJSON FeatureCollection (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[OutlineFeature]
