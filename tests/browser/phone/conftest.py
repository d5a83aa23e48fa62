"""A phone: a browser of its own, at a server whose signal can be cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app.web import sources
from tests.browser.conftest import PHONE
from tests.browser.phone import house as houses
from tests.browser.phone.house import House
from tests.browser.phone.proxy import Proxy, proxied
from tests.browser.phone.recording import Recorder
from tests.serving import Server


@dataclass
class Phone:
    """Somebody's phone: one browser with its cookies, caches and database."""

    context: BrowserContext
    page: Page
    signal: Proxy

    @property
    def url(self) -> str:
        return self.signal.url

    def opens(self, path: str, page: Page | None = None) -> Page:
        page = page or self.page
        page.goto(self.url + path)
        return page

    def opens_another(self, path: str) -> Page:
        return self.opens(path, self.context.new_page())

    def signs_in(self, name: str, password: str) -> None:
        self.opens("/masuk")
        self.page.locator("main [name=name]").fill(name)
        self.page.locator("main [name=password]").fill(password)
        self.page.locator("main form button:not([type=button])").first.click()
        self.page.wait_for_url("**/saya")

    def is_ready(self, page: Page | None = None) -> None:
        """Waits until a worker serves the phone's pages and has kept what it keeps."""
        houses.is_served(page or self.page)

    def caches(self) -> dict[str, dict[str, str]]:
        """Everything in the browser's caches: name -> address -> status, headers and text."""
        kept: dict[str, dict[str, str]] = self.page.evaluate(
            """async () => {
                 const told = {};
                 for (const name of await caches.keys()) {
                   told[name] = {};
                   const cache = await caches.open(name);
                   for (const request of await cache.keys()) {
                     const found = await cache.match(request);
                     const { pathname, search } = new URL(request.url);
                     const headers = [...found.headers].map(each => each.join(": ")).join("\\n");
                     const asked = [...request.headers].map(each => each.join(": ")).join("\\n");
                     told[name][pathname + search] = `${found.status}\\n${asked}\\n${headers}\\n\\n${await found.text()}`;
                   }
                 }
                 return told;
               }"""
        )
        return kept


@pytest.fixture(scope="session", autouse=True)
def _assets_are_built() -> None:
    if sources.manifest() is None:
        pytest.fail("static/dist is not built of these sources: bin/assets (bin/test does it)")


@pytest.fixture
def signal(demo_site: Server) -> Iterator[Proxy]:
    with proxied(demo_site.url) as proxy:
        yield proxy


@pytest.fixture
def phone(browser: Browser, signal: Proxy) -> Iterator[Callable[..., Phone]]:
    """Makes phones; arguments go to the browser's context."""
    contexts: list[BrowserContext] = []

    def make(**change: Any) -> Phone:
        size: Any = {"width": PHONE[0], "height": PHONE[1]}
        context = browser.new_context(**{"viewport": size, "locale": "id", "reduced_motion": "reduce", **change})
        contexts.append(context)
        return Phone(context, context.new_page(), signal)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shared_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with houses.house(tmp_path_factory.mktemp("house")) as made:
        yield made


@pytest.fixture
def house(shared_house: House) -> House:
    """The cast's server, which answers when a test begins, whatever the test before has done to it."""
    if shared_house.server is None:
        shared_house.up()
    return shared_house


@pytest.fixture
def make_phone(browser: Browser, house: House) -> Iterator[Callable[..., houses.Phone]]:
    """Phones without a worker, put away after the test; arguments go to the browser's context."""
    phones: list[houses.Phone] = []

    def make(**options: Any) -> houses.Phone:
        phones.append(houses.phone(browser, house.url, **options))
        return phones[-1]

    yield make
    for phone in phones:
        phone.context.close()


@pytest.fixture
def lasting_phone(browser: Browser, house: House, tmp_path: Path) -> Iterator[Callable[[], houses.Phone]]:
    """Each call starts the browser again on the same storage."""
    phones: list[houses.Phone] = []

    def make() -> houses.Phone:
        phones.append(houses.lasting_phone(browser, house.url, tmp_path / "profile"))
        return phones[-1]

    yield make
    for phone in phones:
        phone.killed()


MakeRecorder = Callable[..., Recorder]
ALLOWED = {"permissions": ["geolocation"], "service_workers": "block", "timezone_id": "Asia/Jakarta"}


def recorder_of(phone: Phone) -> Recorder:
    """The page for logging of whoever has signed in on that phone."""
    me = phone.context.request.get(f"{phone.url}/api/v1/me").json()
    return Recorder(phone.page, phone.url, me["sites"][0] if me["sites"] else {})


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """Sign-in name -> what a browser keeps once that person has signed in at the demo's server."""
    return {}


@pytest.fixture
def recorder(phone: Callable[..., Phone], passwords: dict[str, str], sessions: dict[str, Any]) -> MakeRecorder:
    """Makes phones with a position, signed in; arguments go to the browser's context."""

    def make(name: str = "budi", **change: Any) -> Recorder:
        made = phone(**{**ALLOWED, "storage_state": sessions.get(name), **change})
        if not made.context.request.get(f"{made.url}/api/v1/me").ok:
            made.signs_in(name, passwords[name])
            sessions[name] = {"cookies": made.context.cookies(), "origins": []}
        return recorder_of(made)

    return make
