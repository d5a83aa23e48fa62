"""The house on a phone's screen: the manifest of the installed app, how to install it, what stands there without a signal."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from app.core.catalogue import ENGLISH, INDONESIAN, Language
from app.core.text import Text
from app.web.assets import picture
from app.web.language import language, said
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("phone", __name__, Surface.STATIC)

NAME = "Sabuk Hijau"
DESCRIPTION = Text("Catat aksi Anda untuk lingkungan, juga tanpa sinyal, dan kumpulkan cap di buku saku Anda.")
CLOTH, PAPER = "#1e6b45", "#fbf7ef"
OFFLINE = "/tanpa-sinyal"
START = "/catat"
"""Opens without a signal, and is what most come for."""
A_DAY_S = 24 * 3600

SHORTCUTS = (
    (Text("Catat aksi"), "/catat"),
    (Text("Kotak keluar"), "/kotak-keluar"),
    (Text("Buku saku"), "/buku"),
)
SCREENSHOTS = (
    ("narrow-log", "narrow", (720, 1440), Text("Catat aksi di tempat")),
    ("narrow-home", "narrow", (720, 1440), Text("Sabuk dan hari program berikutnya")),
    ("narrow-booklet", "narrow", (720, 1440), Text("Buku saku dengan cap Anda")),
    ("wide-city", "wide", (1280, 800), Text("Angka-angka kota")),
)
ICONS = (
    ("icon-192", 192, "any"),
    ("icon-512", 512, "any"),
    ("icon-maskable-192", 192, "maskable"),
    ("icon-maskable-512", 512, "maskable"),
)


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """The installed app in the language of the page that names it; the same app in all (`id`)."""
    response = Response(json.dumps(_manifest(), ensure_ascii=False), mimetype="application/manifest+json")
    response.headers["Cache-Control"] = f"public, max-age={A_DAY_S}"
    return response


def _pictured() -> Language:
    """The language of the pictures: English for readers of English, Indonesian for all others."""
    return ENGLISH if language() == ENGLISH else INDONESIAN


def _manifest() -> dict[str, Any]:
    return {
        "id": "/",
        "name": NAME,
        "short_name": NAME,
        "description": said(DESCRIPTION),
        "lang": language(),
        "dir": "ltr",
        "start_url": START,
        "scope": "/",
        "display": "standalone",
        "orientation": "natural",
        "theme_color": CLOTH,
        "background_color": PAPER,
        "categories": ["lifestyle", "education", "government"],
        "icons": [_icon(name, size) | {"purpose": purpose} for name, size, purpose in ICONS],
        "shortcuts": [{"name": said(name), "url": address, "icons": [_icon("icon-192", 192)]} for name, address in SHORTCUTS],
        "screenshots": [
            {
                "src": picture(f"{name}-{_pictured()}"),
                "sizes": f"{width}x{height}",
                "type": "image/webp",
                "form_factor": form,
                "label": said(label),
            }
            for name, form, (width, height), label in SCREENSHOTS
        ],
    }


def _icon(name: str, size: int) -> dict[str, str]:
    return {"src": picture(name), "sizes": f"{size}x{size}", "type": "image/png"}


@blueprint.get(OFFLINE)
def offline() -> ResponseReturnValue:
    """What the phone shows in the place of a page that needs a signal."""
    return render_template("web/offline.html")


@blueprint.get("/pasang")
def install_hint() -> ResponseReturnValue:
    """How the house gets onto the phone's own screen."""
    return render_template("web/install_hint.html")
