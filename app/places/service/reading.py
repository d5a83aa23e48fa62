"""Files of areas as GeoJSON collections: GeoJSON itself, GeoPackage, Shapefile, and ZIP files of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

import numpy as np

from app.core.errors import Invalid, invalid
from app.core.repetition import first_repeated
from app.core.text import Text
from app.places.rules.letters import first_mangled
from app.places.service.archives import kml, unpacked
from app.places.service.projecting import in_degrees
from app.places.service.tables import read_table

MAX_BYTES = 64 * 1024 * 1024
DEEPEST = 32
"""A collection of multipolygons needs nine levels of brackets."""

_GEOPACKAGE = b"SQLite format 3\x00"
_SHAPEFILE = b"\x00\x00\x27\x0a"
_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)
"""One that is not closed goes on to the end: were it no match, the search would begin again at each of its quotes."""
_ESCAPED_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class AreaFile:
    """A file of areas as a GeoJSON FeatureCollection in degrees, with what was noticed on the way."""

    collection: dict[str, Any]
    notes: tuple[Text, ...] = ()


def read_file(path: Path, layer: str | None = None, crs: str | None = None) -> AreaFile:
    """The file's areas, whatever its format: told from its first bytes, not from its name.

    `crs`: the reference system where the file does not say it, or says it wrongly ("EPSG:32748"). Raises Invalid (field `file`,
    `layer` or `crs`) with the reason.
    """
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
        start = file.read(2048)
    if start.startswith(b"PK"):
        with unpacked(path, layer) as inside:
            return _read(inside, inside.read_bytes()[:2048], layer if inside.suffix == ".gpkg" else None, crs)
    return _read(path, start, layer, crs)


def read_bytes(content: bytes, layer: str | None = None, crs: str | None = None) -> AreaFile:
    """The same for what somebody sent, which lies nowhere yet."""
    if content.startswith(_SHAPEFILE):
        raise _unreadable(
            "incomplete", Text("Shapefile terdiri dari beberapa berkas. Kirim satu ZIP berisi .shp, .shx, .dbf, .prj, dan .cpg.")
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("areas.gpkg" if content.startswith(_GEOPACKAGE) else "areas")
        path.write_bytes(content)
        return read_file(path, layer, crs)


def _read(path: Path, start: bytes, layer: str | None, crs: str | None) -> AreaFile:
    notes: list[Text | None] = []
    if start.startswith(_GEOPACKAGE):
        collection = read_table(path, layer)
    elif start.startswith(_SHAPEFILE):
        collection = read_table(path, None)
        if (mangled := first_mangled(collection)) and not _has_code_page(path):
            collection = read_table(path, None, "UTF-8")
            notes.append(
                Text('Tabelnya UTF-8 tetapi tidak ada .cpg yang menyatakannya: "%(word)s" dibaca sebagai UTF-8.', word=mangled)
            )
    elif b"<kml" in start.lower() or b"opengis.net/kml" in start.lower():
        raise kml()
    else:
        collection = parse_geojson(path.read_bytes())
    collection, changed = in_degrees(collection, crs)
    notes.append(changed)
    if mangled := first_mangled(collection):
        told = Text(
            'Huruf dalam tabel tampaknya rusak, misalnya "%(word)s": periksa nama-nama di laporan sebelum memuat.', word=mangled
        )
        notes.append(told)
    return AreaFile(collection, tuple(note for note in notes if note))


def _has_code_page(path: Path) -> bool:
    return any(path.with_suffix(suffix).exists() for suffix in (".cpg", ".CPG"))


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
