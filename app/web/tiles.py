"""Pictures of streets beneath our maps, from wherever an operator says. Without that maps show our own outlines alone.

Tiles are never kept by the service worker: whoever gives them away forbids to store them (OpenStreetMap's tile policy).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from flask import Flask, current_app

from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Tiles:
    url: str
    """With {z}, {x} and {y}, and {s} where there are several hosts (a, b, c)."""
    credit: str
    """Whose pictures they are: stands on the map."""
    credit_href: str = ""

    @property
    def origin(self) -> str:
        """From where a page may load them, as its Content-Security-Policy says it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}".replace("{s}", "*")


def tiles_of(settings: Settings) -> Tiles | None:
    """What the settings say; a ValueError says what is wrong with them."""
    if not settings.tiles:
        return None
    parts = urlsplit(settings.tiles)
    if parts.scheme not in ("https", "http") or not parts.hostname or any(mark in parts.netloc for mark in " ;,'\"*"):
        raise ValueError("SABUK_TILES must be an address with https: https://tiles.example.org/{z}/{x}/{y}.png")
    if missing := [mark for mark in ("{z}", "{x}", "{y}") if mark not in parts.path + parts.query]:
        raise ValueError(f"SABUK_TILES lacks {', '.join(missing)}: https://tiles.example.org/{{z}}/{{x}}/{{y}}.png")
    if not settings.tiles_credit:
        raise ValueError("SABUK_TILES_CREDIT must say whose pictures SABUK_TILES shows, such as © OpenStreetMap contributors")
    if settings.tiles_credit_href and urlsplit(settings.tiles_credit_href).scheme not in ("https", "http"):
        raise ValueError("SABUK_TILES_CREDIT_HREF must be an address with https")
    return Tiles(settings.tiles, settings.tiles_credit, settings.tiles_credit_href)


def tiles() -> Tiles | None:
    found: Tiles | None = current_app.extensions["tiles"]
    return found


def tiles_json() -> str:
    """For the script of a map; empty where there are none."""
    found = tiles()
    return json.dumps(asdict(found), ensure_ascii=False) if found else ""


def install(app: Flask, settings: Settings) -> None:
    app.extensions["tiles"] = tiles_of(settings)
    app.jinja_env.globals["tiles_json"] = tiles_json
