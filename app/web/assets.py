"""Styles, scripts and drawings as they travel: read once at start, compressed once, named by their content, kept for ever.

What `bin/assets` has built in static/dist is served from there. Where nothing is built, or from other sources than those that lie
here, the modules of static/js travel as they are: pages work, without what needs packages (maps) and without the service worker.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Flask, Response, abort, current_app, request, session
from markupsafe import Markup

from app.web import sources
from app.web.sources import COMMON, STYLES, Manifest, joined_styles
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("assets", __name__, Surface.STATIC)
log = logging.getLogger(__name__)

FOLDER = "/aset"
FOR_EVER = "public, max-age=31536000, immutable"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".webp": "image/webp",
}
PACKED_ALREADY = frozenset({".png", ".webp"})

_IMPORT = re.compile(r'/\*.*?\*/|(?P<before>\b(?:from|import)\s*\(?\s*")\.[a-z0-9./-]*/(?P<name>[a-z0-9-]+)\.js"', re.DOTALL)
"""An import of another module, or a comment: the types that stand in one are taken from other modules too, and load nothing."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    address: str
    kind: str
    body: bytes
    packed: bytes
    """The body compressed by gzip; empty for a picture, which is small already."""

    @staticmethod
    def made(name: str, ending: str, body: bytes) -> Asset:
        """Named by its content."""
        mark = hashlib.sha256(body).hexdigest()[:12]
        # The time is left out of the archive: the same content is the same bytes.
        packed = b"" if ending in PACKED_ALREADY else gzip.compress(body, 9, mtime=0)
        return Asset(f"{FOLDER}/{name}.{mark}{ending}", KINDS[ending], body, packed)

    @property
    def is_picture(self) -> bool:
        return not self.packed


class Assets:
    """Everything that pages use, by the names that templates know."""

    def __init__(
        self, assets: Iterable[Asset], *, styles: Mapping[str, Asset], scripts: Mapping[str, Asset], static: Path
    ) -> None:
        self.styles, self.scripts = styles, scripts
        self.icons = {file.stem: _asset(file.stem, ".svg", file.read_text().strip()) for file in _in(static / "icons", ".svg")}
        self.pictures = {
            file.stem: Asset.made(file.stem, file.suffix, file.read_bytes()) for file in _in(static / "pictures", *PACKED_ALREADY)
        }
        self._by_address = {asset.address: asset for asset in (*assets, *self.icons.values(), *self.pictures.values())}
        self.service_worker: Asset | None = None
        """Its code; app/web/worker.py puts before it what it has to know."""
        self.is_built = False

    def at(self, address: str) -> Asset | None:
        return self._by_address.get(address)

    def all(self) -> list[Asset]:
        return list(self._by_address.values())


def unbuilt(static: Path) -> Assets:
    """The styles joined, each script a file of its own."""
    styles = {name: _asset(name, ".css", joined_styles(static / "css", name)) for name in STYLES}
    scripts = _Modules(static / "js").all()
    return Assets([*styles.values(), *scripts.values()], styles=styles, scripts=scripts, static=static)


def built(static: Path, manifest: Manifest) -> Assets:
    """What lies in static/dist."""
    files = {name: _file(static / "dist" / name) for name in manifest["all"]}
    named = {name: files[file] for name, file in manifest["files"].items()}
    made = Assets(
        files.values(),
        styles={name: named[f"{name}.css"] for name in STYLES},
        scripts={name.removesuffix(".js"): asset for name, asset in named.items() if name.endswith(".js")},
        static=static,
    )
    made.is_built = True
    made.service_worker = named.get("sw.js")
    return made


def _in(folder: Path, *endings: str) -> list[Path]:
    return sorted(file for file in folder.glob("*") if file.suffix in endings)


def _asset(name: str, ending: str, text: str) -> Asset:
    return Asset.made(name, ending, text.encode())


def _file(file: Path) -> Asset:
    packed = file.with_name(f"{file.name}.gz").read_bytes()
    return Asset(f"{FOLDER}/{file.name}", KINDS[file.suffix], file.read_bytes(), packed)


class _Modules:
    """The scripts of a folder, each after the modules that it imports: it names them by their content."""

    def __init__(self, folder: Path) -> None:
        self._sources = sources.script_files(folder)
        self._made: dict[str, Asset] = {}

    def all(self) -> dict[str, Asset]:
        return {name: self._module(name, ()) for name in self._sources}

    def _module(self, name: str, wanted_by: tuple[str, ...]) -> Asset:
        if name in self._made:
            return self._made[name]
        if name in wanted_by:
            raise RuntimeError(f"static/js: {' > '.join((*wanted_by, name))} import each other in a ring")
        if name not in self._sources:
            raise RuntimeError(f"static/js: {name}.js is imported by {wanted_by[-1]}.js and is not there")

        def with_address(found: re.Match[str]) -> str:
            if not found["name"]:
                return found[0]
            return f'{found["before"]}{self._module(found["name"], (*wanted_by, name)).address}"'

        self._made[name] = _asset(name, ".js", _IMPORT.sub(with_address, self._sources[name].read_text()))
        return self._made[name]


def _assets() -> Assets:
    return cast(Assets, current_app.extensions["assets"])


def stylesheet(name: str = COMMON) -> str:
    """The address of a stylesheet; without a name that of every page."""
    return _assets().styles[name].address


def script(name: str) -> str:
    """The address of the script of that name, or of the bundle in which it travels: a browser loads one address once."""
    return _assets().scripts[name].address


def is_built() -> bool:
    """Whether what needs packages (maps) can be offered."""
    return _assets().is_built


def picture(name: str) -> str:
    """The address of the picture of that name in static/pictures."""
    return _assets().pictures[name].address


def drawing(name: str) -> str:
    """The address of static/icons/<name>.svg."""
    return _assets().icons[name].address


def icon(name: str) -> Markup:
    """The drawing static/icons/<name>.svg to stand in a page: it says nothing by itself, a word stands beside it."""
    svg = _assets().icons[name].body.decode().replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    return Markup(svg.replace("<svg ", '<svg class="icon" aria-hidden="true" focusable="false" ', 1))  # noqa: S704 - our own file


@blueprint.get(f"{FOLDER}/<name>")
def asset(name: str) -> Response:
    """One file; its name changes with its content, so whoever has it never asks again."""
    found = _assets().at(f"{FOLDER}/{name}")
    if found is None:
        abort(404)
    response = sent(found)
    response.headers["Cache-Control"] = FOR_EVER
    return response


def sent(asset: Asset) -> Response:
    """The file as an answer, compressed for whoever takes that."""
    packs = bool(asset.packed) and request.accept_encodings["gzip"] > 0
    response = Response(asset.packed if packs else asset.body, content_type=asset.kind)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    if asset.packed:
        response.vary.add("Accept-Encoding")
    return response


def _for_everybody(response: Response) -> Response:
    """A file is the same for each reader: that somebody looked for a session must not part the copies in caches by cookie."""
    if request.blueprint == blueprint.name:
        session.accessed = False
    return response


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The mark, for whoever asks at the old address."""
    return Response(
        _assets().icons["mark"].body, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"}
    )


def install(app: Flask) -> None:
    """Installed before what looks at sessions, so that it sees its answers last."""
    app.after_request(_for_everybody)
    app.extensions["assets"] = _read(sources.ROOT)
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        stylesheet=stylesheet, script=script, drawing=drawing, picture=picture, icon=icon, is_built=is_built
    )


def _read(root: Path) -> Assets:
    manifest = sources.manifest(root)
    if manifest:
        return built(root / "static", manifest)
    if (root / "static" / "dist").exists():
        log.warning("static/dist is of other sources and is not used: bin/assets builds it.")
    return unbuilt(root / "static")
