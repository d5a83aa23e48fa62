"""Every address of the application, asked for with whatever its views, forms and described bodies look at."""

from __future__ import annotations

import io
import json
import logging
import random
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any, ClassVar
from urllib.parse import quote

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from pydantic import BaseModel
from sqlalchemy.orm import Session
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from app.web import arguments as page_arguments
from app.web.described import description_of
from tests.fuzz.bodies import fitting, places_in, replaced
from tests.fuzz.scene import Scene
from tests.fuzz.values import BODIES, NOTORIOUS, PARTS, WORDS
from tests.page_client import PageClient

METHODS = ("GET", "POST", "PUT", "DELETE")
CSRF = "csrf_token"
NOBODY = "nobody"
Word = str | bytes


class Heard(ImmutableMultiDict[str, Any]):
    """Arguments, fields and files that remember by which names they were asked for."""

    names: ClassVar[set[str]] = set()

    def getlist(self, key: str, *rest: Any, **named: Any) -> list[Any]:
        self.names.add(key)
        return super().getlist(key, *rest, **named)

    def get(self, key: str, *rest: Any, **named: Any) -> Any:
        self.names.add(key)
        return super().get(key, *rest, **named)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        self.names.add(key)
        return super().__getitem__(key)


class Broken(logging.Handler):
    """The last thing that broke, with where in the application it did."""

    def __init__(self) -> None:
        super().__init__()
        self._last = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            frames = [f for f in traceback.extract_tb(record.exc_info[2]) if "/app/" in f.filename]
            where = f"{frames[-1].filename.rpartition('/app/')[2]}:{frames[-1].lineno}" if frames else ""
            self._last = f"{where} {record.exc_info[1]!r}"

    def last(self) -> str:
        said, self._last = self._last, ""
        return said


@contextmanager
def listening(app: Flask) -> Iterator[set[str]]:
    """While it lasts, the names by which the application asks for what a request carries are gathered."""
    plain = app.request_class
    real = page_arguments.arguments

    def arguments(known: Any) -> Mapping[str, str]:
        Heard.names.update(known)
        return real(known)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "request_class", type("Listening", (plain,), {"parameter_storage_class": Heard}))
        for name, module in list(sys.modules.items()):
            if name.startswith("app.") and getattr(module, "arguments", None) is real:
                patch.setattr(module, "arguments", arguments)
        yield Heard.names


class _Controls(HTMLParser):
    """What the forms of a page would send as they stand; empty fields that are asked for hold something that fits."""

    FITTING: ClassVar[dict[str, str]] = {
        "date": "2026-11-30", "datetime-local": "2026-11-16T07:05", "number": "5", "password": "kucing-makan-rendang",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Word] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind = given.get("name"), given.get("type") or "text"
        if not name or tag not in ("input", "select", "textarea") or kind in ("file", "submit"):
            return
        if kind in ("checkbox", "radio"):
            self.fields.setdefault(name, given.get("value") or "y")
        else:
            self.fields[name] = given.get("value") or self.FITTING.get(kind, "Kata")


def fields_of(html: str) -> dict[str, Word]:
    parser = _Controls()
    parser.feed(html)
    return {name: value for name, value in parser.fields.items() if name != CSRF}


@dataclass(frozen=True, slots=True)
class Door:
    """One way into the application."""

    method: str
    rule: Rule

    @property
    def name(self) -> str:
        return f"{self.method} {self.rule.rule}"


def doors(app: Flask) -> list[Door]:
    """All of them, in one order."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    return [Door(method, rule) for rule in rules for method in METHODS if method in (rule.methods or ())]


def chance_at(door: Door, *where: object) -> random.Random:
    """What is drawn at one field of one door is the same in each run, and whatever other doors and fields there are."""
    return random.Random(repr((door.name, *where)))


@dataclass
class Asker:
    """Asks as each of the scene's people, and keeps what should not have been answered so."""

    app: Flask
    session: Session
    page: PageClient
    scene: Scene
    names: set[str]
    broken: Broken
    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    _clients: dict[str, PageClient] = field(default_factory=dict)

    def client(self, who: str) -> PageClient:
        if who not in self._clients:
            made = self.page.as_bearer(self.scene.tokens[who]) if who != NOBODY else self.page
            with made.cookie() as kept:
                kept[CSRF] = "fuzz"
            self._clients[who] = made
        return self._clients[who]

    @cached_property
    def token(self) -> str:
        return str(URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token").dumps("fuzz"))

    def ask(self, who: str, method: str, path: str, **request: Any) -> int:
        """The status; what is wrong with the answer is kept."""
        self.asked += 1
        try:
            answer = self.client(who).send(method, path, status=None, **request)
        except AssertionError as problem:
            said = self.broken.last() or " ".join(str(problem).split())
            shown = {name: value for name, value in request.items() if name != "headers"}
            self.wrong.append(f"{who}: {method} {path[:200]} {str(shown)[:300]}: {said[-900:]}")
            self.session.rollback()
            return 500
        if answer.status_code >= 400 and not _says_why(answer):
            self.wrong.append(f"{who}: {method} {path[:200]}: {answer.status} without a sentence")
        return int(answer.status_code)

    def send(self, who: str, method: str, path: str, fields: Mapping[str, Any]) -> int:
        """The fields behind the question mark of what only reads, else in the body."""
        if method == "GET":
            return self.ask(who, method, f"{path}?{_encoded(fields)}" if fields else path)
        files = any(isinstance(value, tuple) for value in fields.values())
        if files:
            return self.ask(who, method, path, data={CSRF: self.token, **fields})
        body = _encoded({CSRF: self.token, **fields})
        return self.ask(who, method, path, data=body, headers={"Content-Type": "application/x-www-form-urlencoded"})

    def file(self, chance: random.Random) -> tuple[io.BytesIO, str]:
        return io.BytesIO(chance.choice(BODIES)), "a\u202e.jpg"

    def words(self, tries: int, chance: random.Random) -> list[Word]:
        """So many of those that have broken something once, and of all others."""
        return chance.sample(NOTORIOUS, min(tries, len(NOTORIOUS))) + chance.sample(WORDS, min(tries // 2, len(WORDS)))

    # The ways through one door.

    def paths(self, door: Door, most: int) -> list[str]:
        """Addresses of the door with arguments that may be there."""

        chance = chance_at(door, "paths")

        def drawn(name: str) -> str:
            return chance.choice(_choices(door.rule, name, self.scene))

        found = {_path(door.rule, drawn) for _ in range(most * 4)}
        return chance.sample(sorted(found), min(most, len(found)))

    def try_paths(self, who: str, door: Door, tries: int) -> None:
        """Strange arguments within the address."""
        for name in sorted(door.rule.arguments):
            others = {other: _choices(door.rule, other, self.scene)[0] for other in door.rule.arguments}
            for word in self.words(tries, chance_at(door, "path", name)):
                if word[:1] not in ("/", b"/"):  # two slashes are one: another address
                    self.send(who, door.method, _path(door.rule, {**others, name: word}.__getitem__), {})

    def try_fields(self, who: str, door: Door, *, paths: int, tries: int) -> None:
        """Strange arguments and fields, each among others that fit."""
        there = 0
        for path in self.paths(door, 8 * paths):
            if there == paths:
                break
            self.names.clear()
            base: dict[str, Word] = {}
            if door.method == "POST":
                shown = self.client(who).send("GET", path, status=None) if "GET" in self._methods(path) else None
                base = fields_of(shown.text) if shown is not None and shown.mimetype == "text/html" else {}
            status = self.send(who, door.method, path, base if door.method == "POST" else {})
            if status == 404:
                continue
            there += 1
            names = sorted((self.names | set(base)) - {CSRF, "lang", "tema"})
            for name in names:
                chance = chance_at(door, "field", name)
                for word in self.words(tries, chance):
                    self.send(who, door.method, path, {**base, name: word})
                if door.method == "POST" and tries > 1:
                    self.send(who, door.method, path, {**_plain(base), name: self.file(chance)})
            if door.method == "POST":
                self.send(who, door.method, path, {name: self.file(chance_at(door, "file", name)) for name in names})
            every = {name: chance_at(door, "every", name).choice(WORDS) for name in names}
            self.send(who, door.method, path, {**base, **every})

    def try_bodies(self, who: str, door: Door, *, tries: int) -> None:
        """Strange bodies, and bodies that fit with one strange part, to what is described to take one."""
        told = description_of(self.app.view_functions[door.rule.endpoint])
        if told is None or told.takes is None:
            return
        (path,) = self.paths(door, 1)
        json_type = {"Content-Type": "application/json"}
        if not (isinstance(told.takes, type) and issubclass(told.takes, BaseModel)):
            for raw in BODIES[:tries]:
                for kind in ("image/jpeg", "application/json"):
                    self.ask(who, door.method, path, data=raw, headers={"Content-Type": kind})
            return
        for raw in chance_at(door, "body").sample(BODIES, min(tries, len(BODIES))):
            self.ask(who, door.method, path, data=raw, headers=json_type)
        schema = told.takes.model_json_schema()
        whole = fitting(schema, schema, self.scene.uuids[0])
        for place in places_in(whole):
            for part in chance_at(door, "part", *place).sample(PARTS, min(tries, len(PARTS))):
                changed = json.dumps(replaced(whole, place, part)).encode()
                self.ask(who, door.method, path, data=changed, headers=json_type)

    def _methods(self, path: str) -> list[str]:
        adapter = self.app.url_map.bind("localhost")
        return list(adapter.allowed_methods(path))


def _says_why(answer: Any) -> bool:
    if answer.mimetype == "application/problem+json":
        return bool(answer.json["detail"])
    return (answer.mimetype == "text/html" and "<h1" in answer.text) or answer.request.method == "HEAD"


def _path(rule: Rule, value: Callable[[str], Word]) -> str:
    def filled(match: re.Match[str]) -> str:
        word = value(match[1])
        return quote(word, safe="")

    return re.sub(r"<(?:[^<>]*:)?(\w+)>", filled, rule.rule)


def _choices(rule: Rule, name: str, scene: Scene) -> Sequence[str]:
    """What may stand there, by the converter that the rule names."""
    converter = type(rule._converters[name]).__name__  # noqa: SLF001 - the map tells it nowhere else
    if converter == "UUIDConverter":
        return scene.uuids
    if converter == "Number":
        return ("1", "2", "3", "0", "2147483647")
    if converter == "AnyConverter":
        return sorted(rule._converters[name].items) if hasattr(rule._converters[name], "items") else ("cadre", "lurah")  # noqa: SLF001
    return scene.words


def _encoded(fields: Mapping[str, Word]) -> str:
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in fields.items())


def _plain(fields: Mapping[str, Word]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value.decode("utf-8", "replace") for name, value in fields.items()}
