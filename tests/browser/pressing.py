"""Finds the forms of a page, fills one as a person would who has nothing in mind, and sends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ElementHandle, Page, Response
from playwright.sync_api import TimeoutError as NothingCameError

PATIENCE_MS = 10_000
FILL = Path(__file__).with_name("fill.js").read_text()
"""Fills what is empty in a form by its kind; gives what a browser would still not send."""
PRESS = """form => form.requestSubmit([...form.elements].find(e => e.type === "submit" && !e.disabled))"""
FIND = """([method, action, names]) => [...document.forms].find((form) => form.method === method
  && new URL(form.getAttribute("action") || location.href, location.href).pathname === action
  && names.every((name) => form.elements.namedItem(name)))"""
NOT_THERE = "not there"
"""The form cannot be sent just now: one before it answered what it asks, or it has nothing to send."""
OFFERS = "form => [...form.elements].some(e => e.type === 'submit' && !e.disabled)"


@dataclass(frozen=True, slots=True)
class FormSeen:
    """A form as it stands in the page's source: what makes it the same on another page."""

    method: str
    action: str
    names: frozenset[str]


@dataclass
class _Forms(HTMLParser):
    found: list[tuple[str, str, set[str]]] = field(default_factory=list)
    templates: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.templates += tag == "template"
        if tag == "form" and not self.templates:
            self.found.append(((given.get("method") or "get").lower(), given.get("action") or "", set()))
        if tag in ("input", "select", "textarea", "button") and given.get("name") and self.found and not self.templates:
            self.found[-1][2].add(str(given["name"]))

    def handle_endtag(self, tag: str) -> None:
        self.templates -= tag == "template"


def forms_of(html: str, path: str) -> list[FormSeen]:
    """Those that are sent to a server."""
    reader = _Forms()
    reader.feed(html)
    return [
        FormSeen(method, urlsplit(action or path).path, frozenset(names))
        for method, action, names in reader.found
        if method != "dialog"
    ]


def pressed(page: Page, url: str, seen: FormSeen, file: Path) -> str:
    """What is wrong with sending the form as it is filled; empty where it was answered as a form is."""
    page.goto(url)
    form: Any = page.evaluate_handle(FIND, [seen.method, seen.action, sorted(seen.names)]).as_element()
    if form is None or not form.evaluate(OFFERS):
        return NOT_THERE
    _choose_files(form, file)
    unsent = form.evaluate(FILL)
    if unsent:
        return f"a browser does not send it: {unsent}"
    try:
        with page.expect_navigation(timeout=PATIENCE_MS) as told:
            form.evaluate(PRESS)
    except NothingCameError:
        return f"nothing was sent; the page is {page.url} now"
    return _wrong(page, told.value)


def _wrong(page: Page, answer: Response) -> str:
    """A form says what is to be put right (422), and a page is there; anything else is a fault of ours."""
    if answer.status < 400:
        return ""
    if answer.status in (409, 422) and page.locator("main form, main .error, main .notice").count():
        return ""
    return f"answers {answer.status}: {page.locator('main').inner_text()[:200]}"


def _choose_files(form: ElementHandle, file: Path) -> None:
    for each in form.query_selector_all("input[type=file][name]"):
        each.set_input_files(file)
