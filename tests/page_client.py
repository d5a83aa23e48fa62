"""A client that looks at every answer it gets: pages as a browser and a screen reader would, JSON as a program would."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager
from contextvars import Context
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.sessions import SessionMixin
from sqlalchemy.orm import Session
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from tests.canaries import request_told
from tests.contract import contract_of
from tests.watch import Watch

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
LABELLED = frozenset({"input", "select", "textarea"})
NEEDS_NO_LABEL = frozenset({"hidden", "submit", "button", "image", "reset"})


class PageClient:
    """Sends requests to the application as one person or program."""

    def __init__(self, app: Flask, session: Session, watch: Watch, token: str | None = None) -> None:
        self._app, self._session, self._watch = app, session, watch
        self._token = token
        self._client = app.test_client()

    def as_bearer(self, token: str) -> PageClient:
        """The same client, for a program that holds the token."""
        return PageClient(self._app, self._session, self._watch, token)

    def cookie(self) -> AbstractContextManager[SessionMixin]:
        """The session that the browser carries, to be changed."""
        return self._client.session_transaction()

    def set_cookie(self, name: str, value: str) -> None:
        self._client.set_cookie(name, value)

    def carried(self, name: str) -> str:
        """The value of a cookie that the browser carries."""
        cookie = self._client.get_cookie(name)
        assert cookie is not None, f"no cookie {name}"
        return cookie.value

    def get(self, path: str, *, status: int = 200, **request: Any) -> TestResponse:
        return self.send("GET", path, status=status, **request)

    def post(self, path: str, *, status: int = 200, **request: Any) -> TestResponse:
        return self.send("POST", path, status=status, **request)

    def submit(self, path: str, fields: Mapping[str, Any], *, to: str = "", status: int = 303) -> TestResponse:
        """Send the form that stands on the page with these fields, and with what the page hides in it, as a browser does.

        `to` is the form's action where the page has several; the answer to a form that was taken is a redirection.
        """
        forms = _Forms()
        forms.feed(self.get(path).text)
        hidden = next((hidden for action, hidden in forms.found if not to or action == to), None)
        assert hidden is not None, f"{path} has no form that posts to {to or 'itself'}: {[action for action, _ in forms.found]}"
        return self.post(to or path, data={**hidden, **fields}, status=status)

    def put(self, path: str, *, status: int = 200, **request: Any) -> TestResponse:
        return self.send("PUT", path, status=status, **request)

    def delete(self, path: str, *, status: int = 200, **request: Any) -> TestResponse:
        return self.send("DELETE", path, status=status, **request)

    def send(self, method: str, path: str, *, status: int | None = 200, **request: Any) -> TestResponse:
        """The answer, when it has the status (None: any but a fault of the server) and nothing is wrong with it."""
        self._session.commit()
        if self._token is not None:
            request["headers"] = {**request.get("headers", {}), "Authorization": f"Bearer {self._token}"}
        request_told(request)
        # In a context of its own, as a server's: neither the test's session nor what it remembers in `g` is the request's.
        response = Context().run(self._client.open, path, method=method, **request)
        self._session.expire_all()
        assert response.status_code == status or (status is None and response.status_code < 500), (
            f"{method} {path}: {response.status}\n{response.text[:2000]}"
        )
        left_open, self._watch.left_open = self._watch.left_open, []
        assert not left_open, f"{method} {path} ended with uncommitted changes: {left_open}"
        problems = problems_of(response) + contract_of(self._app).problems(method, path, response, request.get("json"))
        if response.mimetype == "text/html":
            problems += unanswered(self._app, path, response.text)
        assert not problems, f"{method} {path}: " + "; ".join(problems)
        return response


def unanswered(app: Flask, path: str, html: str) -> list[str]:
    """The forms of a page that nothing here would answer."""
    page = _Page("")
    page.feed(html)
    routes, problems = app.url_map.bind("localhost"), []
    for method, action in page.forms:
        try:
            routes.match(urlsplit(action or path).path, method=method)
        except RequestRedirect:
            continue
        except (NotFound, MethodNotAllowed) as error:
            problems.append(f"nobody answers the form {method} {action or path}: {error.name}")
    return problems


class _Forms(HTMLParser):
    """The forms of a page that write: where each is sent, and what it hides."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.found.append((given.get("action") or "", {}))
        if tag == "input" and given.get("type") == "hidden" and self.found:
            self.found[-1][1][given.get("name") or ""] = given.get("value") or ""


def problems_of(response: TestResponse) -> list[str]:
    """What is wrong with an answer, whatever it says."""
    problems = [] if response.headers.get("X-Content-Type-Options") == "nosniff" else ["no nosniff"]
    if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 307, 308):
        policy = response.headers.get("Content-Security-Policy", "")
        if "script-src" not in policy or "unsafe" in policy:
            problems.append("no strict Content-Security-Policy")
        return problems + problems_of_page(response.text, policy)
    if (response.mimetype or "").endswith("json"):  # 304 has no type
        try:
            json.loads(response.text, parse_constant=_no_constant)
        except ValueError as error:
            problems.append(f"not JSON: {error}")
    if response.mimetype == "application/json" and response.status_code >= 400 and response.status_code != 503:
        problems.append("an error that is not application/problem+json")
    return problems


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def problems_of_page(html: str, policy: str = "") -> list[str]:
    """What a browser or a screen reader would stumble over."""
    page = _Page(policy)
    page.feed(html)
    page.close()
    return page.problems + page.judged()


class _Page(HTMLParser):
    def __init__(self, policy: str) -> None:
        super().__init__()
        self.policy = policy
        self.problems: list[str] = []
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.templates = 0
        self.levels: list[int] = []
        """Of the headings in their order; what waits in a <template> is none yet."""
        self.described: set[str] = set()
        """Ids that attributes for screen readers name."""
        self.texts: dict[str, list[str]] = {"h1": [], "title": []}
        self.labels: set[str] = set()
        self.fields: list[tuple[str, dict[str, str | None], bool]] = []
        self.lang = ""
        self.has_doctype = False
        self.forms: list[tuple[str, str]] = []
        """Method and action of each that is sent to a server."""
        self.form: dict[str, str | None] | None = None
        self.select: dict[str, str | None] = {}
        self.options: list[dict[str, str | None]] = []

    def handle_decl(self, decl: str) -> None:
        self.has_doctype |= decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) != len(attrs):
            self.problems.append(f"<{tag}> says an attribute twice")
        self.templates += tag == "template"
        if given.get("id"):
            # What waits in a <template> is a page of its own.
            self.ids[f"{given['id']}{self.templates if 'template' in self.open else ''}"] += 1
        if "template" not in self.open:
            self.levels += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
            self.described.update((given.get("aria-describedby") or "").split(), (given.get("aria-labelledby") or "").split())
        self._look_at_scripts_and_styles(tag, given)
        self._look_at_forms(tag, given)
        if tag == "html":
            self.lang = given.get("lang") or ""
        if tag in self.texts and "svg" not in self.open:
            self.texts[tag].append("")
        if tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        if tag == "input" and given.get("type") == "number":
            self.problems.append(
                f"{given.get('name')}: a browser's own number field drops a comma unseen; NumberField and its kind"
            )
        if tag == "img" and "alt" not in given:
            self.problems.append("an image without alt")
        if tag in LABELLED and given.get("type") not in NEEDS_NO_LABEL:
            self.fields.append((tag, given, "label" in self.open))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:] or 'nothing'}")
            return
        self.open.pop()
        if tag == "select":
            self._look_at_choice()
        if tag == "form":
            self.form = None

    def handle_data(self, data: str) -> None:
        for tag, texts in self.texts.items():
            if tag in self.open and "svg" not in self.open:
                texts[-1] += data

    def _look_at_forms(self, tag: str, given: dict[str, str | None]) -> None:
        """What a form needs for a browser to send it, and to send all of it."""
        if tag == "form":
            self.form = given
            method = (given.get("method") or "get").upper()
            if method not in ("GET", "POST", "DIALOG"):
                self.problems.append(f"a form is sent by {method}")
            if method != "DIALOG":
                self.forms.append((method, given.get("action") or ""))
        if tag == "input" and given.get("type") == "file" and given.get("name") and self.form is not None:
            is_whole = (self.form.get("method") or "").lower() == "post" and self.form.get("enctype") == "multipart/form-data"
            self.problems += [] if is_whole else [f"{given.get('name')}: a file of which only the name is sent"]
        if tag == "select":
            self.select, self.options = given, []
        if tag == "option":
            self.options.append(given)

    def _look_at_choice(self) -> None:
        """A question needs no answer of each of its choices: a browser sends no form in which a required one is left empty."""
        chosen = next((each for each in self.options if "selected" in each), self.options[0] if self.options else {})
        is_question = self.form is not None and (self.form.get("method") or "get").lower() == "get"
        if is_question and "required" in self.select and not chosen.get("value"):
            self.problems.append(f"{self.select.get('name')}: the form cannot be sent while its choice is an empty one")

    def _look_at_scripts_and_styles(self, tag: str, given: dict[str, str | None]) -> None:
        if "style" in given or tag == "style":
            self.problems.append(f"<{tag}> carries its own style")
        self.problems += [f"<{tag}> carries {name}" for name in given if name.startswith("on")]
        is_data = given.get("type") in ("application/json", "application/ld+json")
        if tag == "script" and "src" not in given and not is_data and f"'nonce-{given.get('nonce')}'" not in self.policy:
            self.problems.append("an inline script without this answer's nonce")

    def judged(self) -> list[str]:
        """What only the whole page shows."""
        titles, headings = ([" ".join(text.split()) for text in self.texts[tag]] for tag in ("title", "h1"))
        fields = [field for field in self.fields if not self._is_labelled(*field)]
        found = [
            (not self.has_doctype, "no doctype"),
            (bool(self.open), f"never closed: {self.open}"),
            (self.lang not in ("id", "en"), f"lang is {self.lang!r}"),
            (len(headings) != 1 or not all(headings), f"needs one h1 with words, has {headings}"),
            (len(titles) != 1, f"needs one title, has {titles}"),
            (
                bool(titles and headings) and not titles[0].startswith(headings[0]),
                f"title {titles} begins not with h1 {headings}",
            ),
            (max(self.ids.values(), default=1) > 1, f"ids twice: {[name for name, n in self.ids.items() if n > 1]}"),
            (bool(unknown := self.described - set(self.ids)), f"described by what is not there: {sorted(unknown)}"),
            (self._skips_a_level(), f"headings leave a level out: {self.levels}"),
            (bool(fields), f"fields without a label: {[given for _, given, _ in fields]}"),
        ]
        return [problem for wrong, problem in found if wrong]

    def _skips_a_level(self) -> bool:
        return any(later > earlier + 1 for earlier, later in pairwise(self.levels))

    def _is_labelled(self, _tag: str, given: dict[str, str | None], inside_label: bool) -> bool:
        return inside_label or bool(given.get("aria-label") or given.get("aria-labelledby")) or given.get("id") in self.labels
