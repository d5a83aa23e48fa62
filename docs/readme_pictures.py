"""Takes the README's pictures of the demo city anew: .venv/bin/python -m docs.readme_pictures"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from app.settings import ROOT
from tests.browser.conftest import CHROMIUM, DESK, FLAGS, PHONE
from tests.browser.visitors import Visitor, sign_ins
from tests.serving import serving

FOLDER = ROOT / "docs" / "pictures"
SHARPNESS = 2
"""Pixels of the picture for each of the page's, on a phone."""
LARGEST_BYTES = 150_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        instance = Path(folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serving(None, instance, "--host", "127.0.0.1", patience_s=180) as server:
            known = {name: password for name, (password, _) in sign_ins(instance).items()}
            take(browser, server.url, "/meja", "desk", DESK, ("petugas", known["petugas"]))
            take(browser, server.url, "/kelurahan/99.01.01.1001", "kelurahan", DESK, None)
            # Last: by now the job runner has looked at the photographs.
            take(browser, server.url, "/saya", "home", PHONE, ("budi", known["budi"]))
        browser.close()


def take(browser: Browser, url: str, path: str, name: str, size: tuple[int, int], who: tuple[str, str] | None) -> None:
    """One page, as far down as a screen shows it."""
    room = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=SHARPNESS if size == PHONE else 1,
        locale="id",
        color_scheme="light",
        reduced_motion="reduce",
    )
    visitor = Visitor(room.new_page(), url)
    if who is not None:
        visitor.signs_in(*who)
    visitor.opens(path)
    visitor.page.wait_for_load_state("networkidle")
    file = FOLDER / f"{name}.webp"
    Image.open(io.BytesIO(visitor.page.screenshot())).convert("RGB").save(file, "WEBP", quality=82, method=6)
    room.close()
    if file.stat().st_size > LARGEST_BYTES:
        raise SystemExit(f"{file} has {file.stat().st_size} bytes, more than {LARGEST_BYTES}")


if __name__ == "__main__":
    main()
