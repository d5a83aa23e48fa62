"""Styles, scripts and drawings as they travel: read once at start, compressed once, named by their content, kept for ever."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, abort, current_app, request, session
from markupsafe import Markup

blueprint = Blueprint("assets", __name__)

FOLDER = "/aset"
FOR_EVER = "public, max-age=31536000, immutable"
STYLES_FIRST = ("tokens.css", "reset.css", "layout.css", "components/*.css", "pages/*.css", "print.css")
"""The order of the one stylesheet, which is also the order of its layers."""

_IMPORT = re.compile(r'(?P<before>\b(?:from|import)\s*\(?\s*")\./(?P<name>[a-z0-9-]+)\.js"')


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    address: str
    kind: str
    body: bytes
    packed: bytes
    """The body compressed by gzip."""


class Assets:
    """Everything in static/ that pages use, by the names that templates know."""

    def __init__(self, folder: Path) -> None:
        self._by_address: dict[str, Asset] = {}
        self.stylesheet = self._keep("sabuk", "css", "text/css", joined_styles(folder / "css"))
        self.icons = {file.stem: self._drawing(file) for file in sorted((folder / "icons").glob("*.svg"))}
        self.scripts: dict[str, Asset] = {}
        self._sources = {file.stem: file for file in sorted((folder / "js").glob("*.js"))}
        for name in self._sources:
            self._script(name, ())

    def at(self, address: str) -> Asset | None:
        return self._by_address.get(address)

    def _keep(self, name: str, ending: str, kind: str, text: str) -> Asset:
        body = text.encode()
        mark = hashlib.sha256(body).hexdigest()[:12]
        # The time is left out of the archive: the same content is the same bytes.
        made = Asset(f"{FOLDER}/{name}.{mark}.{ending}", f"{kind}; charset=utf-8", body, gzip.compress(body, 9, mtime=0))
        self._by_address[made.address] = made
        return made

    def _drawing(self, file: Path) -> Asset:
        return self._keep(file.stem, "svg", "image/svg+xml", file.read_text().strip())

    def _script(self, name: str, wanted_by: tuple[str, ...]) -> Asset:
        """The module, kept after the modules it imports: it names them by their content."""
        if name in self.scripts:
            return self.scripts[name]
        if name in wanted_by:
            raise RuntimeError(f"static/js: {' > '.join((*wanted_by, name))} import each other in a ring")
        if name not in self._sources:
            raise RuntimeError(f"static/js/{name}.js is imported by {wanted_by[-1]}.js and is not there")

        def with_address(found: re.Match[str]) -> str:
            return f'{found["before"]}{self._script(found["name"], (*wanted_by, name)).address}"'

        text = _IMPORT.sub(with_address, self._sources[name].read_text())
        self.scripts[name] = self._keep(name, "js", "text/javascript", text)
        return self.scripts[name]


def joined_styles(folder: Path) -> str:
    """The one stylesheet of all pages, without what only its writers read."""
    files = [file for pattern in STYLES_FIRST for file in sorted(folder.glob(pattern))]
    text = re.sub(r"/\*.*?\*/", "", "".join(file.read_text() for file in files), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).replace(";}", "}").strip()


def _assets() -> Assets:
    return cast(Assets, current_app.extensions["assets"])


def stylesheet() -> str:
    """The address of the one stylesheet."""
    return _assets().stylesheet.address


def script(name: str) -> str:
    """The address of static/js/<name>.js."""
    return _assets().scripts[name].address


def drawing(name: str) -> str:
    """The address of static/icons/<name>.svg."""
    return _assets().icons[name].address


def icon(name: str) -> Markup:
    """The drawing static/icons/<name>.svg to stand in a page: it says nothing by itself, a word stands beside it."""
    svg = _assets().icons[name].body.decode()
    return Markup(svg.replace("<svg ", '<svg class="icon" aria-hidden="true" focusable="false" ', 1))  # noqa: S704 - our own file


@blueprint.get(f"{FOLDER}/<name>")
def asset(name: str) -> Response:
    """One file; its name changes with its content, so whoever has it never asks again."""
    found = _assets().at(f"{FOLDER}/{name}")
    if found is None:
        abort(404)
    packs = request.accept_encodings["gzip"] > 0
    response = Response(found.packed if packs else found.body, content_type=found.kind)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = FOR_EVER
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
    app.extensions["assets"] = Assets(Path(app.static_folder or "static"))
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(stylesheet=stylesheet, script=script, drawing=drawing, icon=icon)
