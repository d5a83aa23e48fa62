"""ZIP files of areas: one layer taken out, within bounds, under names of ours."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from app.core.errors import Invalid, invalid
from app.core.text import Text

MAX_MEMBERS = 2000
MAX_UNPACKED_BYTES = 128 * 1024 * 1024
"""What is taken out of a ZIP, all together: a bomb ends here, before it is opened."""
WHOLE = (".geojson", ".json", ".gpkg")
SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
NEEDED = (".shp", ".shx", ".dbf")


@contextmanager
def unpacked(path: Path, layer: str | None) -> Iterator[Path]:
    """The one file of areas in the ZIP, in a folder that is gone afterwards; a Shapefile has its companions beside it.

    Names in the archive are read, never followed: what is taken out is called areas.*. Raises Invalid (field `file` or `layer`).
    """
    contents = _contents(path, layer)
    with TemporaryDirectory() as folder:
        for suffix, content in contents.items():
            (Path(folder) / f"areas{suffix}").write_bytes(content)
        yield Path(folder) / f"areas{next(suffix for suffix in (*WHOLE, '.shp') if suffix in contents)}"


def _contents(path: Path, layer: str | None) -> dict[str, bytes]:
    """Ending -> content of the files of the one layer."""
    try:
        with zipfile.ZipFile(path) as archive:
            chosen = _chosen(_members(archive), layer)
            if sum(member.file_size for member in chosen.values()) > MAX_UNPACKED_BYTES:
                most = MAX_UNPACKED_BYTES // 2**20
                raise _unreadable("too_large", Text("Isi ZIP ini lebih dari %(most)s MB. Bagilah per kecamatan.", most=most))
            # What inflates to more than its directory says is cut there, and its checksum is wrong.
            return {suffix: archive.read(member) for suffix, member in chosen.items()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        # A password, an unknown way of packing, a cut file.
        raise _unreadable("malformed", Text("ZIP ini rusak, atau dikunci dengan kata sandi.")) from error


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files that people put there; not those that a Mac adds."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise _unreadable("too_large", Text("ZIP ini berisi lebih dari %(most)s berkas.", most=MAX_MEMBERS))
    return [
        member
        for member in members
        if not member.is_dir() and "__MACOSX" not in member.filename and not PurePosixPath(member.filename).name.startswith(".")
    ]


def _chosen(members: list[zipfile.ZipInfo], layer: str | None) -> dict[str, zipfile.ZipInfo]:
    """Ending -> member of the one layer that the archive has, or that was asked for."""
    layers: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.suffix.lower() in (*WHOLE, *SHAPEFILE):
            layers.setdefault(str(name.with_suffix("")), {})[name.suffix.lower()] = member
    layers = {name: files for name, files in layers.items() if set(files).intersection((*WHOLE, ".shp"))}
    if not layers:
        raise _without_areas(members)
    named = {PurePosixPath(name).name: files for name, files in layers.items()}
    listed = ", ".join(sorted(named))
    if layer is not None and layer in named:
        files = named[layer]
    elif len(layers) == 1:
        files = next(iter(layers.values()))
    elif layer is not None:
        raise invalid("layer", "unknown", Text('Tidak ada layer "%(asked)s". Yang ada: %(listed)s.', asked=layer, listed=listed))
    else:
        raise invalid(
            "layer", "ambiguous", Text("ZIP ini berisi beberapa layer; sebutkan salah satu: %(listed)s.", listed=listed)
        )
    return _one_format(files)


def _one_format(files: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    for suffix in WHOLE:
        if suffix in files:
            return {suffix: files[suffix]}
    lacking = [suffix for suffix in NEEDED if suffix not in files]
    if lacking:
        raise _unreadable("incomplete", Text("Shapefile ini tidak lengkap; belum ada %(lacking)s.", lacking=", ".join(lacking)))
    return files


def _without_areas(members: list[zipfile.ZipInfo]) -> Invalid:
    if any(member.filename.lower().endswith(".kml") for member in members):
        return kml()
    return _unreadable("zipped", Text("ZIP ini tidak berisi .shp, .gpkg, atau .geojson."))


def kml() -> Invalid:
    """That KML is not taken, and how it becomes what is."""
    return _unreadable(
        "kml",
        Text(
            "KML dan KMZ tidak dibaca, karena kode wilayahnya biasanya terselip di teks. Di QGIS: buka berkasnya, "
            "klik kanan lapisannya, Ekspor, Simpan Fitur Sebagai, GeoJSON, EPSG:4326."
        ),
    )


def _unreadable(code: str, message: Text) -> Invalid:
    return invalid("file", code, message)
