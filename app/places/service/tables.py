"""GeoPackage and Shapefile as GeoJSON collections, read by GDAL."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping

from app.core.errors import invalid
from app.core.text import Text
from app.places.rules.survey import MAX_FEATURES

# Geographic systems as good as WGS84 here, by the names that .prj files give them.
_WGS84_WKT = re.compile(r'GEOGC(?:S|RS)\["(?:WGS[ _]?(?:19)?84|GCS_WGS_1984|DGN95|GCS_DGN_1995|SRGI2013)"', re.IGNORECASE)


def read_table(path: Path, layer: str | None, encoding: str | None = None) -> dict[str, Any]:
    """The layer as a GeoJSON collection; a reference system that is not WGS84 stands in its member `crs`.

    Raises Invalid (field `file` or `layer`).
    """
    import pyogrio
    import pyogrio.errors
    import pyogrio.raw

    try:
        # What the reader only mutters about is no sentence for people; what it cannot read it raises.
        with warnings.catch_warnings(action="ignore"):
            layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
            chosen = _layer(layers, layer)
            meta, _, shapes, columns = pyogrio.raw.read(
                path, layer=chosen, encoding=encoding, force_2d=True, max_features=MAX_FEATURES + 1
            )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.CRSError, UnicodeError) as error:
        told = "" if isinstance(error, UnicodeError) else str(error).replace(str(path.parent), "").strip()[:200]
        raise invalid("file", "malformed", Text("Berkas ini tidak terbaca: %(error)s", error=told)) from error
    names = [str(name) for name in meta["fields"]]
    features = [
        {
            "type": "Feature",
            "properties": {name: _plain(value) for name, value in zip(names, values, strict=True)},
            "geometry": _geometry(shape),
        }
        for shape, *values in zip(shapes, *columns, strict=True)
    ]
    crs = meta["crs"]
    if crs is None or _WGS84_WKT.match(crs):
        return {"type": "FeatureCollection", "name": chosen, "features": features}
    named = {"type": "name", "properties": {"name": crs}}
    return {"type": "FeatureCollection", "name": chosen, "crs": named, "features": features}


def _layer(layers: list[str], asked: str | None) -> str:
    listed = ", ".join(layers) or "-"
    if len(layers) == 1 and asked is None:
        return layers[0]
    if asked is None:
        raise invalid(
            "layer", "ambiguous", Text("Berkas ini berisi beberapa layer; sebutkan salah satu: %(listed)s.", listed=listed)
        )
    if asked not in layers:
        raise invalid("layer", "unknown", Text('Tidak ada layer "%(asked)s". Yang ada: %(listed)s.', asked=asked, listed=listed))
    return asked


def _plain(value: object) -> object:
    """A table's cell as JSON would hold it; numbers that are none are nothing."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    return value if isinstance(value, str | int | float | None) else str(value)


def _geometry(wkb: bytes | None) -> dict[str, Any] | Mapping[str, Any] | None:
    shape = shapely.from_wkb(wkb, on_invalid="ignore") if wkb is not None else None
    if shape is None:
        return None
    return dict(mapping(shape)) if shape.geom_type in ("Polygon", "MultiPolygon") else {"type": shape.geom_type}
