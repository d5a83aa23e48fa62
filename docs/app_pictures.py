"""Makes static/pictures: the icons of the installed app, and the pictures that a phone shows before it is installed.

    .venv/bin/python -m docs.app_pictures           the icons, from the drawing of the mark
    .venv/bin/python -m docs.app_pictures http://127.0.0.1:8000 NAME PASSWORD
                                                             the screenshots too, of a server with the demo city

Run it again when the mark or the look has changed; what it makes is committed.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
INTO = ROOT / "static" / "pictures"
CHROMIUM = os.environ.get("SABUK_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb"]
CLOTH = "#1e6b45"

ICONS = {
    # name: pixels, the mark's part of the width, corners in per cent
    "icon-192": (192, 0.70, 22),
    "icon-512": (512, 0.70, 22),
    # Cut to any shape by the phone: the mark keeps within the circle that is always shown.
    "icon-maskable-192": (192, 0.56, 0),
    "icon-maskable-512": (512, 0.56, 0),
    "icon-apple-180": (180, 0.66, 0),
}
COLOURS = 64

SCREENSHOTS = {
    # name: address, width, height, language
    "narrow-log": ("/catat", 360, 720),
    "narrow-home": ("/saya", 360, 720),
    "narrow-booklet": ("/buku", 360, 720),
    "wide-city": ("/kota", 1280, 800),
}


def main(arguments: list[str]) -> None:
    INTO.mkdir(exist_ok=True)
    with _browser() as browser:
        for name, (size, part, corner) in ICONS.items():
            _icon(browser, name, size, part, corner)
        if arguments:
            _screenshots(browser, *arguments)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _icon(browser: Browser, name: str, size: int, part: float, corner: int) -> None:
    mark = (ROOT / "static" / "icons" / "mark.svg").read_text()
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(
        "<style>html,body{margin:0;background:#0000}"
        f"div{{width:100vw;height:100vh;display:grid;place-items:center;background:{CLOTH};border-radius:{corner}%}}"
        f"svg{{width:{part:.0%};height:{part:.0%}}}</style><div>{mark}</div>"
    )
    shot = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
    page.close()
    kept = shot.quantize(COLOURS, method=Image.Quantize.FASTOCTREE) if corner else shot.convert("RGB").quantize(COLOURS)
    kept.save(INTO / f"{name}.png", optimize=True)


def _screenshots(browser: Browser, url: str, name: str, password: str) -> None:
    for language in ("id", "en"):
        room = browser.new_context(
            locale=language,
            device_scale_factor=2,
            reduced_motion="reduce",
            color_scheme="light",
            permissions=["geolocation"],
            service_workers="block",
        )
        page = room.new_page()
        page.goto(f"{url}/masuk?lang={language}")
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(password)
        page.locator("main form button").first.click()
        [site, *_] = room.request.get(f"{url}/api/v1/me").json()["sites"]
        room.set_geolocation({"longitude": site["lon"] + 0.0006, "latitude": site["lat"] + 0.0004, "accuracy": 9})
        for each, (address, width, height) in SCREENSHOTS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.goto(url + address, wait_until="networkidle")
            page.wait_for_timeout(1000)  # for the position to settle
            _keep(page, f"{each}-{language}", 1 if width > 1000 else 2)
        room.close()


def _keep(page: Page, name: str, scale: int) -> None:
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    size = page.viewport_size or {"width": shot.width, "height": shot.height}
    small = shot.resize((size["width"] * scale, size["height"] * scale), Image.Resampling.LANCZOS)
    small.save(INTO / f"{name}.webp", quality=72, method=6)


if __name__ == "__main__":
    main(sys.argv[1:])
