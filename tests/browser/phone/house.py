"""A server that goes and comes back at one address, with the cast in its database, and phones before it."""

from __future__ import annotations

import base64
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, Route
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.database import db
from app.database.transaction import write_transaction
from app.settings import ROOT
from tests import databases
from tests.browser.conftest import CHROMIUM, FLAGS, PHONE
from tests.conftest import application
from tests.factories.actions import body
from tests.factories.browsing import PASSWORD, with_password
from tests.factories.cast import make_cast
from tests.factories.live import past_days
from tests.media.pictures import jpeg
from tests.serving import Server, free_port, serving

MODULES = "/uji"
"""Where a phone under test finds the modules of static/js one by one, whatever is built of them."""

KEEP = """async ([entry, photos]) => {
  const { keepEntry } = await import("/uji/store/store.js");
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  return (await keepEntry(entry, photos.map((each) => ({ type: "image/jpeg", role: "after", bytes: bytes(each) })))).id;
}"""


@dataclass
class House:
    """The server, which may be away, and its database, which is always there."""

    app: Flask
    database_url: str
    instance: Path
    port: int
    people: dict[str, str]
    """Sign-in name -> the id of GET /api/v1/me."""
    server: Server | None = None
    _running: AbstractContextManager[Server] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def budi(self) -> str:
        """The account of most of these tests."""
        return self.people["pak.budi"]

    def up(self) -> None:
        self._running = serving(self.database_url, self.instance, port=self.port)
        self.server = self._running.__enter__()

    def down(self) -> None:
        if self._running:
            self._running.__exit__(None, None, None)
        self._running = self.server = None

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """A server that takes connections and answers nobody."""
        assert self.server
        os.killpg(self.server.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.server.process.pid, signal.SIGCONT)

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.app.app_context(), write_transaction(db.session()) as session:
            yield session

    def actions(self, *ids: str) -> list[Action]:
        """What the database holds of these."""
        with self.session() as session:
            found = session.scalars(select(Action).where(Action.id.in_([UUID(each) for each in ids]))).all()
            session.expunge_all()
            return list(found)

    def change(self, action_id: str, **changed: Any) -> None:
        with self.session() as session:
            action = session.get_one(Action, UUID(action_id))
            for name, value in changed.items():
                setattr(action, name, value)


@contextmanager
def house(folder: Path) -> Iterator[House]:
    database = databases.new_database("sqlite")
    with application(database.url, folder) as app:
        with app.app_context():
            cast = make_cast(db.session())
            accounts = [with_password(db.session(), each) for each in (cast.budi, cast.guru, cast.citra)]
            people = {account.name: str(account.person.uuid) for account in accounts}
            db.session.commit()
        made = House(app, database.url, folder / "instance", free_port(), people)
        made.up()
        try:
            yield made
        finally:
            made.down()
    database.remove()


@dataclass
class Phone:
    """A browser with its storage, as one person or a family uses it."""

    context: BrowserContext
    url: str
    profile: Path | None = None
    sent: list[str] = field(default_factory=list)
    """Each PUT that left it: the path."""

    def __post_init__(self) -> None:
        self.context.route(f"**{MODULES}/**", _module)
        self.context.on("request", self._hear)

    def _hear(self, request: Request) -> None:
        if request.method == "PUT":
            self.sent.append(request.url.removeprefix(self.url))

    @property
    def page(self) -> Page:
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def opens(self, path: str = "/kotak-keluar") -> Page:
        page = self.page
        page.goto(self.url + path)
        return page

    def signs_in(self, name: str = "pak.budi", to: str = "/kotak-keluar") -> Page:
        page = self.opens(f"/masuk?next={to}")
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url(f"**{to}")
        self.waits_for_present(page)
        return page

    def signs_out(self) -> None:
        self.opens("/kota").locator("form[action='/keluar'] button").click()
        self.page.wait_for_url(self.url + "/")

    def waits_for_present(self, page: Page) -> None:
        until(page, "async () => (await (await import('/uji/store/store.js')).present())?.seenAt > 0")

    def has_a_page_that_sends(self, for_ms: int | None = None) -> None:
        """Another page has the turn to send, and sends nothing; None: it hangs."""
        page = self.context.new_page()
        page.goto(self.url + "/healthz")
        turn = "(ms) => { navigator.locks.request('sabuk-send', () => new Promise((done) => ms && setTimeout(done, ms))); }"
        page.evaluate(turn, for_ms)

    def is_refused(self, errors: list[dict[str, str]]) -> None:
        """From now on the server takes no action of this phone, for these reasons; what it has it still tells."""
        problem = {"type": "urn:sabuk:problem:invalid", "title": "x", "status": 422, "detail": "x", "errors": errors}

        def refuse(route: Route) -> None:
            if route.request.method == "PUT":
                route.fulfill(status=422, json=problem, content_type="application/problem+json")
            else:
                route.continue_()

        self.context.route("**/api/v1/actions/*", refuse)

    def keeps(self, body: dict[str, Any], *photos: bytes, account: str | None = None, action_id: str = "") -> str:
        """An entry as the recorder keeps it; gives its id."""
        entry = {"account": account, "programme": body["programme"], "body": body} | ({"id": action_id} if action_id else {})
        kept: str = self.page.evaluate(KEEP, [entry, [base64.b64encode(photo).decode() for photo in photos]])
        return kept

    def keeps_and_leaves(self, number: int, account: str) -> str:
        """Served by a worker, it keeps an action and its photograph without a signal; no page of ours is open when it returns."""
        is_served(self.page)
        self.context.set_offline(True)
        kept = self.keeps(action_body(number), jpeg(700 + number), account=account)
        self.page.goto("about:blank")
        self.context.set_offline(False)
        return kept

    def flushes(self, ask: bool | str = False, page: Page | None = None) -> dict[str, Any]:
        told: dict[str, Any] = (page or self.page).evaluate(
            "async (ask) => (await import('/uji/send/send.js')).flush({ ask })", ask
        )
        return told

    def entries(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate("async () => (await import('/uji/store/store.js')).entries()")
        return found

    def photos(self, entry_id: str) -> int:
        count: int = self.page.evaluate(
            "async (id) => (await (await import('/uji/store/entry-store.js')).photosOf(id)).length", entry_id
        )
        return count

    def receipts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate("async () => (await import('/uji/store/store.js')).receipts()")
        return found

    def waits_until_empty(self, seconds: float = 20) -> None:
        self.waits_until(lambda: not self.entries(), seconds)

    def waits_until(self, is_so: Any, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, self.entries()
            self.page.wait_for_timeout(100)

    def killed(self) -> None:
        """kill -9 of the browser that this test started."""
        assert self.profile
        for process in _browsers(self.profile):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with suppress(Error):
            self.context.close()


Phones = Callable[..., Phone]
"""Makes a phone; it takes what Playwright's new_context takes."""


def until(page: Page, expression: str, arg: Any = None, seconds: float = 20) -> None:
    """Waits until the page says yes; unlike Page.wait_for_function it waits for a promise's answer."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < deadline, f"never: {expression}"
        page.wait_for_timeout(50)


def is_served(page: Page) -> None:
    """Waits until a worker serves the page: one that began to load before the worker took over is loaded again."""
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    for _ in range(40):
        if page.evaluate("() => Boolean(navigator.serviceWorker.controller)"):
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError("no worker takes this page over")


def _module(route: Route) -> None:
    name = route.request.url.partition(f"{MODULES}/")[2]
    route.fulfill(content_type="text/javascript", body=(ROOT / "static" / "js" / name).read_text())


def _browsers(profile: Path) -> list[int]:
    """The processes of the browser that works in this folder of ours."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if f"--user-data-dir={profile}".encode() in (folder / "cmdline").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
    return found


def phone(browser: Browser, url: str, **options: Any) -> Phone:
    """A phone whose storage ends with the test."""
    size: Any = {"width": PHONE[0], "height": PHONE[1]}
    return Phone(browser.new_context(**{"viewport": size, "locale": "id", "service_workers": "block"} | options), url)


def lasting_phone(browser: Browser, url: str, profile: Path) -> Phone:
    """A phone whose storage outlives its browser."""
    context = browser.browser_type.launch_persistent_context(str(profile), executable_path=CHROMIUM, args=FLAGS, locale="id")
    return Phone(context, url, profile)


def action_body(number: int = 0, **change: Any) -> dict[str, Any]:
    """Pak Budi's plain action on a day of its own, without sent_at."""
    day = past_days(number + 1)[-1]
    made = body(captured_at=f"{day.isoformat()}T07:05:00+07:00", note=f"Catatan {number}", **change)
    return {name: value for name, value in made.items() if name != "sent_at"}


def new_id() -> str:
    return str(uuid4())


def row(kept: str) -> str:
    """Where the outbox shows this entry."""
    return f"[data-part=entries] [data-id='{kept}']"
