"""Streets beneath our maps: only from where an operator says, and said on the map."""

from __future__ import annotations

import dataclasses
import json

import pytest

from app.settings import Settings
from app.web.tiles import Tiles, tiles_of

CREDIT = "© OpenStreetMap contributors"


def settings(tmp_path, **change: str) -> Settings:
    return Settings(database_url="sqlite://", instance=tmp_path, secret_key="known to tests", **change)


def test_without_a_setting_nothing_is_fetched_from_elsewhere(page, tmp_path):
    assert tiles_of(settings(tmp_path)) is None
    assert "img-src 'self' data: blob:;" in page.get("/_components").headers["Content-Security-Policy"]


def test_pages_may_load_pictures_from_there_alone(app, page, tmp_path, monkeypatch):
    made = tiles_of(settings(tmp_path, tiles="https://{s}.tiles.example.org/{z}/{x}/{y}.png", tiles_credit=CREDIT))
    assert made == Tiles("https://{s}.tiles.example.org/{z}/{x}/{y}.png", CREDIT)
    monkeypatch.setitem(app.extensions, "tiles", made)
    policy = page.get("/_components").headers["Content-Security-Policy"]
    assert "img-src 'self' data: blob: https://*.tiles.example.org;" in policy
    assert "default-src 'self'; script-src" in policy


def test_the_script_of_a_map_is_told_whose_they_are(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "tiles", Tiles("https://x/{z}/{x}/{y}", CREDIT, "https://x/hak"))
    with app.test_request_context():
        told = json.loads(app.jinja_env.globals["tiles_json"]())
    assert told == dataclasses.asdict(app.extensions["tiles"])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"tiles": "tiles.example.org/{z}/{x}/{y}.png"}, "https"),
        ({"tiles": "javascript:{z}{x}{y}"}, "https"),
        ({"tiles": "https://tiles.example.org; script-src */{z}/{x}/{y}"}, "https"),
        ({"tiles": "https://tiles.example.org/{z}/{x}.png"}, "lacks {y}"),
        ({"tiles": "https://tiles.example.org/{z}/{x}/{y}.png", "tiles_credit": ""}, "SABUK_TILES_CREDIT"),
        ({"tiles": "https://tiles.example.org/{z}/{x}/{y}.png", "tiles_credit_href": "javascript:1"}, "CREDIT_HREF"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_at_start(tmp_path, change, why):
    with pytest.raises(ValueError, match=why.replace("{", r"\{").replace("}", r"\}")):
        tiles_of(settings(tmp_path, **{"tiles_credit": CREDIT, **change}))
