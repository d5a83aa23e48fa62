"""The service worker as it is served: our script, after what it has to know of this version of the house."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from contextvars import Context
from dataclasses import dataclass

from flask import Flask, Response, abort, current_app, request
from flask.testing import FlaskClient

from app.core.catalogue import Language, languages
from app.database import db
from app.web.assets import FOLDER, Asset, Assets, sent
from app.web.phone import OFFLINE
from app.web.shells import Shell
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("worker", __name__, Surface.STATIC)

LATER = frozenset({"map", "maps-on-tap"})
"""Files that a phone keeps only after somebody has opened a map."""
_ADDRESS = re.compile(rf"{FOLDER}/[\w.-]+")
_BESIDE = re.compile(r"""["']\./([\w.-]+\.\w+)["']""")


@dataclass(slots=True)
class Worker:
    """The worker's script for the state in which the shells are."""

    shells: tuple[Shell, ...]
    made: tuple[str, Asset] | None = None
    """The state and the script for it: one value, because threads read it while another changes it."""


@blueprint.get("/sw.js")
def service_worker() -> Response:
    """The service worker at the root, whose pages it serves; a browser asks each time whether there is a newer one."""
    worker: Worker = current_app.extensions["worker"]
    assets: Assets = current_app.extensions["assets"]
    if assets.service_worker is None:
        abort(404)
    state = "|".join(shell.state(db.session()) for shell in worker.shells)
    made = worker.made
    if made is None or made[0] != state:
        made = worker.made = (state, _made(current_app, assets, assets.service_worker, worker.shells))
    script = made[1]
    response = sent(script)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'self'"
    response.set_etag(f"{script.address.split('.')[1]}{'-gzip' if response.content_encoding else ''}")
    response.make_conditional(request)
    return response


def _made(app: Flask, assets: Assets, code: Asset, shells: Iterable[Shell]) -> Asset:
    pages = _rendered(app, shells)
    files = sorted({address for page in pages.values() for address in _asked_for(assets, page.decode())})
    known = hashlib.sha256(code.body)
    for part in (*(f"{language} {address}".encode() for language, address in pages), *pages.values(), *map(str.encode, files)):
        known.update(hashlib.sha256(part).digest())
    told = {
        "version": known.hexdigest()[:12],
        "offline": OFFLINE,
        "shells": {
            language: {shell.address: shell.asked_in(language) for shell in shells if (language, shell.address) in pages}
            for language in languages()
        },
        "files": files,
        "icon": assets.pictures["icon-192"].address,
    }
    return Asset.made("sw", ".js", f"self.SABUK={json.dumps(told, separators=(',', ':'))};\n{code.body.decode()}".encode())


def _rendered(app: Flask, shells: Iterable[Shell]) -> dict[tuple[Language, str], bytes]:
    """Each shell in each language as a phone is given it; one that is not there yet (no programme) is left out."""
    client = app.test_client()
    found = {}
    for shell in shells:
        for language in languages():
            answer = Context().run(_get, client, shell.asked_in(language))
            if answer is not None:
                found[language, shell.address] = answer
    return found


def _get(client: FlaskClient, address: str) -> bytes | None:
    with client.get(address) as answer:
        return answer.data if answer.status_code == 200 else None


def _asked_for(assets: Assets, text: str) -> Iterator[str]:
    """The files that a page names, those that these name, and so on: also what is loaded on tap."""
    seen: set[str] = set()
    waiting = set(_ADDRESS.findall(text))
    while waiting:
        address = waiting.pop()
        found = assets.at(address)
        if found is None or found.is_picture or address in seen or address.removeprefix(f"{FOLDER}/").split(".")[0] in LATER:
            continue
        seen.add(address)
        yield address
        body = found.body.decode()
        waiting |= set(_ADDRESS.findall(body)) | {f"{FOLDER}/{name}" for name in _BESIDE.findall(body)}


def install(app: Flask, shells: Iterable[Shell]) -> None:
    """`shells`: the pages that phones keep, besides the one that says that there is no signal."""
    app.extensions["worker"] = Worker((Shell(OFFLINE), *shells))
    app.register_blueprint(blueprint)
