"""Finds every page that somebody can reach by following links, and weighs what a browser loads for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from flask import Flask
from playwright.sync_api import Browser, Page, Request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule

Room = Mapping[str, Any]
"""What somebody's browser keeps: cookies, as Playwright stores them."""
NOT_PAGES = (".csv", ".png", ".js", ".json", ".geojson", ".ico", ".webmanifest", ".yaml")
NOT_BELOW = ("/api/", "/aset/", "/static/", "/healthz", "/readyz")
A_PHOTOGRAPH = "/foto/"


def pages_of(app: Flask) -> dict[str, Rule]:
    """Endpoint -> rule of every address that answers a reader with a page."""
    return {
        rule.endpoint: rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.rule.endswith(NOT_PAGES)
        and not rule.rule.startswith(NOT_BELOW)
        and A_PHOTOGRAPH not in rule.rule
    }


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.found.append(given["href"] or "")


def links_in(html: str, base: str) -> Iterator[str]:
    """The addresses on the same server that a page leads to, without marks."""
    reader = _Links()
    reader.feed(html)
    for href in reader.found:
        parts = urlsplit(urljoin(base, href))
        if parts.netloc == urlsplit(base).netloc and parts.scheme.startswith("http"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


class Walk:
    """One person's way through the pages: of each page the first address that was met."""

    def __init__(self, app: Flask, browser: Browser, url: str, room: Room | None) -> None:
        self._adapter = app.url_map.bind("")
        self._pages = pages_of(app)
        self._room = browser.new_context(storage_state=room, locale="id")  # type: ignore[arg-type]
        self._url = url
        self.reached: dict[str, str] = {}

    def go(self, starts: Iterable[str]) -> dict[str, str]:
        """Endpoint -> address of every page that can be read."""
        waiting, met = list(starts), set[str]()
        while waiting:
            path = waiting.pop(0)
            endpoint = self._endpoint(path)
            if endpoint is None or endpoint in met:
                continue
            answer = self._room.request.get(self._url + path, max_redirects=0)
            if answer.status == 200 and "text/html" in answer.headers["content-type"]:
                met.add(endpoint)
                self.reached[endpoint] = path
                waiting += links_in(answer.text(), self._url + path)
        self._room.close()
        return self.reached

    def _endpoint(self, path: str) -> str | None:
        try:
            endpoint, _ = self._adapter.match(unquote(urlsplit(path).path), method="GET")
        except (HTTPException, RequestRedirect):
            return None
        return endpoint if endpoint in self._pages else None


@dataclass(frozen=True, slots=True)
class Weight:
    """What a browser loads for a page at the first visit, as it travels, photographs and maps left out."""

    bytes: int
    requests: int


def weighing(page: Page) -> Callable[[], Weight]:
    """Counts what the page loads from now on."""
    loaded: list[Request] = []
    page.on("requestfinished", lambda request: loaded.append(request))

    def weight() -> Weight:
        counted = [request for request in loaded if request.url.startswith("http") and A_PHOTOGRAPH not in request.url]
        return Weight(sum(request.sizes()["responseBodySize"] for request in counted), len(counted))

    return weight
