"""Looks at pages in a real browser: on a phone and on a desk, in light and dark, through axe; keeps pictures if wanted."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from app.settings import ROOT
from tests.serving import Server, demo_instance, serving

CHROMIUM = os.environ.get("SABUK_CHROMIUM", "/usr/bin/chromium")
SHELL = Path("/usr/bin/chromium-headless-shell")
"""The same engine without a desktop's windows around it: three fifths of the processor's time."""
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]
PHONE, DESK = (390, 844), (1280, 900)
SIZES = {"390": PHONE, "1280": DESK}
THEMES = ("light", "dark")
View = tuple[str, str]
"""A width and a theme."""
VIEWS: tuple[View, ...] = (("390", "light"), ("1280", "dark"))
"""In which each width and each theme is seen once; bin/test looks at these."""
OTHER_VIEWS: tuple[View, ...] = (("390", "dark"), ("1280", "light"))
KEPT = os.environ.get("SABUK_SCREENSHOTS")
"""The folder in which somebody wants the pictures."""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BLOCKED = "Service Worker registration blocked by Playwright"
"""What a test that wants no worker is told."""
AXE_ASKS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What another theme can spoil."""
QUIET_S, PATIENCE_S = 0.1, 30


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder runs in a browser."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The engine alone, where the machine has it."""
    whole = "SABUK_CHROMIUM" in os.environ or not SHELL.exists()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM if whole else SHELL, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def whole_browser(browser: Browser) -> Iterator[Browser]:
    """Chromium as people have it: with notices, and with a window that has the keyboard."""
    chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`sabuk serve --no-demo` on an embedded database without anybody in it."""
    with serving(None, tmp_path_factory.mktemp("site")) as server:
        yield server


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`sabuk serve` with the demo city."""
    instance = shutil.copytree(demo_instance(), tmp_path_factory.mktemp("demo"), dirs_exist_ok=True)
    with serving(None, instance, "--host", "127.0.0.1") as server:
        yield server


@pytest.fixture(scope="session")
def passwords(demo_site: Server) -> dict[str, str]:
    """Sign-in name of each of the demo's people -> password, as `sabuk serve` printed them."""
    lines = (demo_site.log.parent / "demo-sign-ins.txt").read_text().splitlines()
    return {name: password for name, _, password, _ in (line.split() for line in lines if line.count("-") >= 3)}


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: SABUK_SCREENSHOTS keeps them."""
    folder = Path(KEPT) if KEPT else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Look(Protocol):
    def __call__(
        self, url: str, name: str = "", *, status: int = 200, before: Callable[[Page], None] | None = None, **context: Any
    ) -> None: ...


@pytest.fixture(params=[pytest.param(VIEWS, id="views"), pytest.param(OTHER_VIEWS, id="other views", marks=pytest.mark.long)])
def views(request: pytest.FixtureRequest) -> tuple[View, ...]:
    """What `look` looks at; a test whose story can be told only once has all of them in one."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def look(browser: Browser, pictures: Path, views: tuple[View, ...]) -> Look:
    """Opens an address (whole, with its server), looks at its views, keeps pictures, fails on what is wrong.

    `before` does something on the page first; other arguments go to the browser's context (storage_state=..., locale="en").
    """

    assert AXE.exists(), "node_modules is missing: bin/assets --for-tests (bin/test does it)"

    def looked(
        url: str, name: str = "", *, status: int = 200, before: Callable[[Page], None] | None = None, **context: Any
    ) -> None:
        name = name or re.sub(r"[^a-z0-9]+", "-", url.partition("//")[2].partition("/")[2]).strip("-") or "landing"
        room = browser.new_context(**{"locale": "id", "reduced_motion": "reduce", **context})
        page = room.new_page()
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        heard, rests = listen(page), loading(page)
        answer = page.goto(url, wait_until="load")
        if before:
            before(page)
        rests()
        problems = [] if answer and answer.status == status else [f"{name}: {answer and answer.status}, not {status}"]
        for width, theme in views:
            across, down = SIZES[width]
            page.set_viewport_size({"width": across, "height": down})
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            view = f"{name}-{width}-{theme}"
            if KEPT:  # drawing a whole page takes as long as looking for barriers in it
                page.screenshot(path=pictures / f"{view}.png", full_page=True)
            # A page is the same page by night but for its colours; by day `bin/test --long` has the desk's width too.
            problems += [f"{view}: {problem}" for problem in problems_of(page, only_colour=theme == "dark")]
        problems += [f"{name}: {problem}" for problem in heard(status)]
        room.close()
        assert not problems, "\n".join(problems)

    return looked


def listen(page: Page) -> Callable[[int], list[str]]:
    """What the browser complains of from now on; called with the status that the page itself was to have."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"console: {message.text}") if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(f"script: {error}"))
    page.on("requestfailed", lambda request: said.append(f"not loaded: {request.url} {request.failure}"))

    def complaints(status: int) -> list[str]:
        # Chromium complains of the page's own status, which the test asked for.
        own = f"the server responded with a status of {status} "
        return [line for line in said if (status < 400 or own not in line) and BLOCKED not in line]

    return complaints


def loading(page: Page) -> Callable[[], None]:
    """Call it before the page is opened; what it gives waits until the page asks for nothing more."""
    under_way: set[Request] = set()
    last = time.monotonic()

    def begin(request: Request) -> None:
        nonlocal last
        under_way.add(request)
        last = time.monotonic()

    def end(request: Request) -> None:
        nonlocal last
        under_way.discard(request)
        last = time.monotonic()

    page.on("request", begin)
    page.on("requestfinished", end)
    page.on("requestfailed", end)

    def rests() -> None:
        deadline = time.monotonic() + PATIENCE_S
        while under_way or time.monotonic() - last < QUIET_S:
            assert time.monotonic() < deadline, f"still loading: {[request.url for request in under_way]}"
            page.wait_for_timeout(20)

    return rests


def problems_of(page: Page, *, only_colour: bool = False) -> list[str]:
    """Barriers that axe finds, and content that stands out of the page, as it is shown just now."""
    asks = OF_COLOUR if only_colour else AXE_ASKS
    page.wait_for_load_state()
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("asks => axe.run(document, {runOnly: asks, resultTypes: ['violations']})", asks)
    problems = [
        f"axe {violation['id']} ({violation['help']}): {node['target']} {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        broad = page.evaluate(
            "() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
            ".map(e => e.tagName + '.' + e.className).slice(0, 5)"
        )
        problems.append(f"{over} px too broad: {broad}")
    return problems
