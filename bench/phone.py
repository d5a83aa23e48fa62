"""`bench/phone`: what the pages of a volunteer's phone weigh, and when they can be used on a slow phone with a poor network.

Real Chromium, 400 kbit/s, 400 ms on the way, a processor six times slower. "Usable" is when every script of the page has run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request, sync_playwright

from bench import lighthouse, machine
from tests.browser.conftest import CHROMIUM, FLAGS, PHONE
from tests.browser.visitors import sign_ins
from tests.serving import Server, serving

KBIT_S, LATENCY_MS, SLOWER = 400, 400, 6
WHO = "budi"
KB = 1024
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return { paint: paint ? paint.startTime : 0, usable: page.domContentLoadedEventEnd };
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page, who opens it, and what it may weigh at the first visit."""

    path: str
    is_signed_in: bool
    most_kb: int
    most_requests: int | None = None


PAGES = (
    Asked("/catat", is_signed_in=False, most_kb=25, most_requests=6),
    Asked("/catat", is_signed_in=True, most_kb=25, most_requests=6),
    Asked("/saya", is_signed_in=True, most_kb=60),
    Asked("/buku", is_signed_in=True, most_kb=60),
    Asked("/kotak-keluar", is_signed_in=True, most_kb=60),
    Asked("/peringkat", is_signed_in=True, most_kb=60),
    Asked("/", is_signed_in=False, most_kb=60),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: bytes by kind as they travel, requests, and seconds."""

    bytes: dict[str, int]
    requests: int
    paint_s: float
    usable_s: float

    @property
    def kb(self) -> float:
        return sum(self.bytes.values()) / KB


@contextmanager
def phones(browser: Browser, state: Any) -> Iterator[tuple[BrowserContext, Page, CDPSession]]:  # noqa: ANN401 - as Playwright keeps it
    """A phone with nothing kept but a session."""
    room = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="id", storage_state=state)
    page = room.new_page()
    wire = room.new_cdp_session(page)
    wire.send("Network.enable")
    slow = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": KBIT_S * 125, "uploadThroughput": KBIT_S * 125}
    wire.send("Network.emulateNetworkConditions", slow)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield room, page, wire
    room.close()


def visit(page: Page, url: str) -> Visit:
    """Open the page; what its service worker loads afterwards is not the page's."""
    loaded: list[Request] = []

    def hear(request: Request) -> None:
        loaded.append(request)

    page.on("requestfinished", hear)
    page.goto(url, wait_until="networkidle", timeout=120_000)
    page.remove_listener("requestfinished", hear)
    told = page.evaluate(TIMES)
    weighed: dict[str, int] = {}
    travelled = 0
    for request in loaded:
        size = request.sizes()["responseBodySize"]
        if size < 0:  # what the worker gives from the phone has not travelled
            continue
        kind = {"document": "HTML", "stylesheet": "CSS", "script": "JS"}.get(request.resource_type, "other")
        weighed[kind] = weighed.get(kind, 0) + size
        travelled += 1
    return Visit(weighed, travelled, told["paint"] / 1000, told["usable"] / 1000)


def rows(browser: Browser, url: str, state: Any, runs: int) -> Iterator[str]:  # noqa: ANN401 - as Playwright keeps it
    for asked in PAGES:
        first, second = [], []
        for _ in range(runs):
            with phones(browser, state if asked.is_signed_in else None) as (_room, page, _wire):
                first.append(visit(page, url + asked.path))
                page.evaluate("async () => { await navigator.serviceWorker.ready; }")
                page.wait_for_timeout(500)
                second.append(visit(page, url + asked.path))
        one = first[0]
        parts = " | ".join(f"{one.bytes.get(kind, 0) / KB:.1f}" for kind in ("HTML", "CSS", "JS", "other"))
        most = f"{asked.most_kb}" + (f" in {asked.most_requests}" if asked.most_requests else "")
        seconds = f"{median(v.paint_s for v in first):.1f} | {median(v.usable_s for v in first):.1f}"
        again = f"{second[0].kb:.1f} | {median(v.usable_s for v in second):.1f}"
        who = "signed in" if asked.is_signed_in else "nobody"
        yield f"| {asked.path} | {who} | {parts} | {one.kb:.1f} | {one.requests} | {most} | {seconds} | {again} |"


def print_table(browser: Browser, url: str, state: Any, runs: int) -> None:  # noqa: ANN401 - as Playwright keeps it
    print(f"\n{KBIT_S} kbit/s, {LATENCY_MS} ms, processor / {SLOWER}; median of {runs}; kB are 1024 bytes as they travel\n")
    print(
        "| page | who | HTML | CSS | JS | other | kB | requests | at most | first paint s | usable s | again kB | usable s |\n"
        "|---|---|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|--:|"
    )
    for row in rows(browser, url, state, runs):
        print(row, flush=True)


def signed_in(browser: Browser, server: Server) -> Any:  # noqa: ANN401 - as Playwright keeps it
    """The session of one of the demo's volunteers."""
    password, _ = sign_ins(server.log.parent)[WHO]
    room = browser.new_context(locale="id", service_workers="block")
    page = room.new_page()
    page.goto(f"{server.url}/masuk")
    page.locator("main [name=name]").fill(WHO)
    page.locator("main [name=password]").fill(password)
    page.locator("main form button").first.click()
    page.wait_for_url("**/saya")
    state = room.storage_state()
    room.close()
    return state


def main(arguments: list[str] | None = None) -> None:
    asked = argparse.ArgumentParser(prog="bench/phone", description=__doc__)
    asked.add_argument("--runs", type=int, default=3, help="visits of which the median is taken")
    asked.add_argument("--lighthouse", action="store_true", help="ask Lighthouse too (installed from npm into bench/lighthouse)")
    given = asked.parse_args(arguments)
    print(f"{machine.description()}; load before {machine.load():.1f}", flush=True)
    with TemporaryDirectory() as folder, serving(None, Path(folder), "--host", "127.0.0.1", timeout_s=300) as server:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            state = signed_in(browser, server)
            print_table(browser, server.url, state, given.runs)
            browser.close()
        if given.lighthouse:
            cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in state["cookies"])
            lighthouse.print_table(server.url, {"/catat": "", "/": "", "/saya": cookies}, given.runs)
    print(f"\nload after {machine.load():.1f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
