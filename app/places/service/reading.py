"""Files of areas as GeoJSON collections: GeoJSON itself, and with the extra `gis` GeoPackage and Shapefile."""

from __future__ import annotations

import json
import math
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import shapely
from shapely.geometry import mapping

from app.core.errors import Invalid, invalid
from app.core.repetition import first_repeated
from app.core.text import Text
from app.places.rules.survey import MAX_FEATURES

MAX_BYTES = 64 * 1024 * 1024
DEEPEST = 32
"""A collection of multipolygons needs nine levels of brackets."""

_GEOPACKAGE = b"SQLite format 3\x00"
_SHAPEFILE = b"\x00\x00\x27\x0a"
_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)
"""One that is not closed goes on to the end: were it no match, the search would begin again at each of its quotes."""
_ESCAPED_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
# Geographic systems as good as WGS84 here, by the names that .prj files give them.
_WGS84_WKT = re.compile(r'GEOGC(?:S|RS)\["(?:WGS[ _]?(?:19)?84|GCS_WGS_1984|DGN95|GCS_DGN_1995|SRGI2013)"', re.IGNORECASE)


def read_file(path: Path, layer: str | None = None) -> dict[str, Any]:
    """The file's GeoJSON FeatureCollection, whatever its format. Raises Invalid (field `file` or `layer`) with the reason."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _unreadable(
            "too_large",
            Text(
                "Berkas ini %(size)s MB; paling besar %(max_bytes)s MB. Bagilah per kecamatan atau kota.",
                size=format(size / 2**20, ".0f"),
                max_bytes=MAX_BYTES // 2**20,
            ),
        )
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith((_GEOPACKAGE, _SHAPEFILE)):
        return _read_with_gis(path, layer)
    if start.startswith(b"PK"):
        raise _unreadable("zipped", Text("Berkas ini ZIP; buka dulu lalu beri berkas .shp, .gpkg, atau .geojson di dalamnya."))
    return parse_geojson(path.read_bytes())


def parse_geojson(content: bytes) -> dict[str, Any]:
    """The JSON object in the bytes, strictly read: UTF-8, no name twice, no NaN, at most 32 levels deep.

    Raises Invalid (field `file`) with the reason.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable("encoding", Text("Berkas ini bukan GeoJSON dalam UTF-8, GeoPackage, atau Shapefile.")) from error
    if not text.strip():
        raise _unreadable("empty", Text("Berkas ini kosong."))
    if _depth(content) > DEEPEST:
        raise _unreadable("too_deep", Text("Susunan kurung berkas ini lebih dari %(deepest)s tingkat.", deepest=DEEPEST))
    try:
        read = json.loads(text, object_pairs_hook=_object, parse_constant=_not_a_number)
    except json.JSONDecodeError as error:
        at = f"{error.lineno}:{error.colno}"
        raise _unreadable(
            "malformed", Text("Berkas ini bukan JSON yang benar (baris:kolom %(at)s: %(why)s).", at=at, why=error.msg)
        ) from error
    except ValueError as error:
        # An integer of thousands of digits.
        raise _unreadable("malformed", Text("Berkas ini memuat angka yang terlalu panjang.")) from error
    if not isinstance(read, dict):
        raise _unreadable("malformed", Text("Berkas ini bukan GeoJSON FeatureCollection."))
    if _ESCAPED_HALF.search(content) and not _can_be_written(read):
        raise _unreadable("malformed", Text("Ada karakter yang tidak utuh di berkas ini."))
    return read


def _can_be_written(read: dict[str, Any]) -> bool:
    """Whether no surrogate stands without its other half."""
    try:
        json.dumps(read, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _unreadable(code: str, message: Text) -> Invalid:
    return invalid("file", code, message)


def _depth(content: bytes) -> int:
    """How many brackets stand open at once, at most; those within strings are none."""
    signs = np.frombuffer(_STRINGS.sub(b"", content), dtype=np.uint8)
    signs = signs[np.isin(signs, np.frombuffer(b"[]{}", dtype=np.uint8))]
    steps = np.where((signs == ord("[")) | (signs == ord("{")), 1, -1)
    return int(steps.cumsum().max(initial=0))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = (first_repeated(name for name, _ in pairs) or "")[:60]
        raise _unreadable("duplicate_key", Text('Nama "%(twice)s" ada dua kali dalam satu objek.', twice=twice))
    return made


def _not_a_number(constant: str) -> NoReturn:
    raise _unreadable("not_a_number", Text("%(constant)s bukan angka JSON.", constant=constant))


def _read_with_gis(path: Path, layer: str | None) -> dict[str, Any]:
    try:
        import pyogrio
        import pyogrio.errors
        import pyogrio.raw
    except ImportError as error:
        raise _unreadable(
            "needs_gis", Text('GeoPackage dan Shapefile memerlukan tambahan gis: pip install "sabuk-hijau[gis]"')
        ) from error
    try:
        # What the reader only mutters about is no sentence for people; what it cannot read it raises.
        with warnings.catch_warnings(action="ignore"):
            layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
            chosen = _layer(layers, layer)
            meta, _, shapes, columns = pyogrio.raw.read(path, layer=chosen, force_2d=True, max_features=MAX_FEATURES + 1)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.CRSError) as error:
        raise _unreadable("malformed", Text("Berkas ini tidak terbaca: %(error)s", error=error)) from error
    names = [str(name) for name in meta["fields"]]
    rows = zip(shapes, *columns, strict=True)
    features = [
        {
            "type": "Feature",
            "properties": {name: _plain(value) for name, value in zip(names, values, strict=True)},
            "geometry": _geometry(shape),
        }
        for shape, *values in rows
    ]
    crs = meta["crs"]
    if crs is None or _WGS84_WKT.match(crs):
        return {"type": "FeatureCollection", "name": chosen, "features": features}
    named = {"type": "name", "properties": {"name": _crs_name(crs)}}
    return {"type": "FeatureCollection", "name": chosen, "crs": named, "features": features}


def _layer(layers: list[str], asked: str | None) -> str:
    listed = ", ".join(layers) or "-"
    if asked is not None and asked not in layers:
        raise invalid(
            "layer",
            "unknown",
            Text('Tidak ada layer "%(asked)s". Yang ada: %(listed)s.', asked=asked, listed=listed),
        )
    if asked is None and len(layers) != 1:
        raise invalid("layer", "ambiguous", Text("Pilihlah layer dengan --layer. Yang ada: %(listed)s.", listed=listed))
    return asked or layers[0]


def _plain(value: object) -> object:
    """A table's cell as JSON would hold it; numbers that are none are nothing."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    return value if isinstance(value, str | int | float | None) else str(value)


def _geometry(wkb: bytes | None) -> Mapping[str, Any] | None:
    shape = shapely.from_wkb(wkb, on_invalid="ignore") if wkb is not None else None
    if shape is None:
        return None
    return mapping(shape) if shape.geom_type in ("Polygon", "MultiPolygon") else {"type": shape.geom_type}


def _crs_name(crs: str) -> str:
    """The short name of a reference system that is told as EPSG:number or as well-known text."""
    named = re.match(r'[A-Z]+\["([^"]+)"', crs)
    return named[1] if named else crs
