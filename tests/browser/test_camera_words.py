"""The phone believes a camera by the table that the server is held to as well (tests/media/test_camera.py)."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any

import pytest
from pillow_heif import register_heif_opener
from playwright.sync_api import Browser

from app.settings import ROOT
from tests.media import pictures
from tests.media.camera_words import CASES, NOW, said, tags

register_heif_opener()

READS = """async ([source, files, now]) => {
  const { cameraWords } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return Promise.all(files.map((file) => cameraWords(new Blob([bytes(file)]), now)));
}"""
PLAIN = pictures.scene(size=(32, 24))
HERE_MINUTES = 420


def read(browser: Browser, files: list[bytes]) -> list[dict[str, Any]]:
    """What the module says of each file, on a phone in Bandung."""
    page = browser.new_page(timezone_id="Asia/Jakarta")
    source = (ROOT / "static" / "js" / "photos" / "exif.js").read_text()
    found: list[dict[str, Any]] = page.evaluate(
        READS, [source, [base64.b64encode(file).decode() for file in files], NOW.timestamp() * 1000]
    )
    page.close()
    return found


def test_the_phone_believes_what_the_table_says(browser: Browser) -> None:
    found = read(browser, [pictures.encoded(PLAIN, exif=tags(case)) for case in CASES.values()])
    for (name, case), words in zip(CASES.items(), found, strict=True):
        taken, offset, lon, lat = said(case)
        told = words.get("taken_at")
        assert (told is None) == (taken is None), name
        if taken is not None:
            assert told == _instant(taken, HERE_MINUTES if offset is None else offset), name
        assert (words.get("lon"), words.get("lat")) == ((None, None) if lon is None else pytest.approx((lon, lat), abs=1e-6)), (
            name
        )


def _instant(taken: str, offset_minutes: int) -> str:
    instant = datetime.fromisoformat(taken) - timedelta(minutes=offset_minutes)
    return instant.isoformat(timespec="milliseconds") + "Z"


def test_it_is_read_from_each_kind_and_from_nothing_else(browser: Browser) -> None:
    case = tags(CASES["time, zone and place"])
    kinds = [pictures.encoded(PLAIN, kind, exif=case) for kind in ("JPEG", "PNG", "WEBP", "HEIF")]
    others = [
        pictures.encoded(PLAIN) + pictures.encoded(PLAIN, exif=case),
        b"",
        b"\xff\xd8",
        pictures.encoded(PLAIN, exif=case)[:60],
    ]
    found = read(browser, kinds + others)
    assert found[:4] == [{"taken_at": "2026-11-16T00:10:30.000Z", "lon": 107.61872, "lat": -6.90249}] * 4
    assert found[4:] == [{}] * 4
