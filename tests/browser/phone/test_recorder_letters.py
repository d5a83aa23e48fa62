"""Somebody who has set letters twice as large in the phone's browser: everything is there, and nothing stands out of the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error

from tests.browser.phone.recording import Recorder, file, whole
from tests.browser.visitors import logged, sign_ins, stamped_once
from tests.media.pictures import jpeg
from tests.serving import Server

TWICE = {"webkit": {"webprefs": {"default_font_size": 32}}}
OVER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def with_large_letters(browser: Browser, tmp_path: Path) -> Iterator[Callable[[int, int], BrowserContext]]:
    started: list[BrowserContext] = []

    def start(across: int, down: int) -> BrowserContext:
        profile = tmp_path / f"profile-{across}"
        (profile / "Default").mkdir(parents=True)
        (profile / "Default" / "Preferences").write_text(json.dumps(TWICE))
        started.append(whole(browser, profile, viewport={"width": across, "height": down}))
        return started[-1]

    yield start
    for context in started:
        with suppress(Error):
            context.close()


@pytest.mark.long
@pytest.mark.parametrize(("across", "down"), [(320, 640), (390, 900)])
def test_nothing_stands_out_of_the_page(
    with_large_letters: Callable[[int, int], BrowserContext],
    demo_site: Server,
    passwords: dict[str, str],
    across: int,
    down: int,
    pictures: Path,
) -> None:
    page = with_large_letters(across, down).pages[0]
    known = sign_ins(demo_site.log.parent)
    stamped_once(page.request, demo_site.url, *(known[name][1] for name in ("budi", "pak.lurah", "petugas")))
    logged(page.request, demo_site.url, known["budi"][1], programme="biopori", measures={"holes": 1})
    logged(page.request, demo_site.url, known["budi"][1], minutes=2)
    page.goto(f"{demo_site.url}/masuk")
    page.locator("main [name=name]").fill("budi")
    page.locator("main [name=password]").fill(passwords["budi"])
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/saya")
    assert page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
    budi = Recorder(page, demo_site.url, {})
    over = {"saya": page.evaluate(OVER)}

    def looked(what: str) -> None:
        over[what] = page.evaluate(OVER)
        page.screenshot(path=pictures / f"letters-{across}-{what}.png")

    budi.opens()
    budi.sees("dari Kantor")
    looked("start")
    budi.presses("Mulai")
    budi.chooses(file(jpeg(901)))
    looked("running")
    budi.presses("Selesai")
    page.locator("[name=kg]").fill("9999")
    page.locator("[name=minutes]").evaluate("(field) => { field.value = ''; }")
    budi.presses("Simpan aksi")
    budi.sees("Isian ini wajib diisi.")
    looked("wrong")
    assert set(over.values()) == {0}, over
