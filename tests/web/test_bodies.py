"""How much of a request is read: nothing of a program that nobody knows, little of a form, and never more work than bytes."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from typing import Any, NoReturn
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.core.errors import Invalid
from app.core.repetition import first_repeated
from app.people.rules.passwords import normal_password
from app.places.rules.points import read_point
from app.places.service.reading import parse_geojson
from app.web import bodies
from app.web.bodies import FORM_BYTES, MAX_FIELDS, WRITING
from app.web.described import SignIn, description_of
from app.web.wire import MAX_ERRORS, Wire, parse


class NeverRead(io.RawIOBase):
    """A body that must not be touched."""

    def readinto(self, _into: Any) -> NoReturn:
        pytest.fail("the body was read")

    def readable(self) -> bool:
        return True


class Endless(io.RawIOBase):
    """A body of which there is always more, and the count of what was taken of it."""

    def __init__(self, piece: bytes) -> None:
        self.piece, self.taken = piece, 0

    def readinto(self, into: Any) -> int:
        size = min(len(into), len(self.piece))
        into[:size] = self.piece[:size]
        self.taken += size
        return size

    def readable(self) -> bool:
        return True


def writes(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every address that takes a body: its rule, a method, and an address of that form."""
    given = {"uuid": str(uuid4()), "int": "1", "any": "", "default": "gps"}
    for rule in app.url_map.iter_rules():
        for method in sorted(WRITING & (rule.methods or set())):
            address = rule.rule
            for name, converter in rule._converters.items():  # noqa: SLF001 - what kind of word stands there
                kind = type(converter).__name__.removesuffix("Converter").lower()
                word = next(iter(converter.items)) if kind == "any" else given.get(kind, "gps")
                start = next(
                    at
                    for at in range(len(address))
                    if address[at] == "<" and f"{name}>" in address[at : address.index(">", at) + 1]
                )
                address = address[:start] + word + address[address.index(">", start) + 1 :]
            yield rule, method, address


def sent(app: Flask, method: str, address: str, body: io.RawIOBase, kind: str, **headers: str) -> Any:
    """The answer to somebody unknown whose body has no length."""
    given = {"wsgi.input": io.BufferedReader(body), "wsgi.input_terminated": True, "CONTENT_TYPE": kind}
    return app.test_client().open(address, method=method, headers=headers, environ_overrides=given)


def test_nobody_s_body_is_read_where_the_wire_needs_a_sign_in(app, session):
    asked = 0
    for rule, method, address in writes(app):
        told = description_of(app.view_functions[rule.endpoint])
        if told is None or told.sign_in is not SignIn.NEEDED:
            continue
        for headers in ({}, {"Authorization": "Bearer nobody"}):
            assert sent(app, method, address, NeverRead(), "application/json", **headers).status_code == 401, address
        asked += 1
    assert asked >= 8


@pytest.mark.parametrize("piece", [b"a=&", b"x" * 4096], ids=["fields", "one field"])
def test_of_an_endless_form_little_is_read_whoever_sends_it(app, session, piece):
    for _, method, address in writes(app):
        if not address.startswith("/api/"):
            body = Endless(piece)
            answer = sent(app, method, address, body, "application/x-www-form-urlencoded")
            assert answer.status_code in (303, 400, 401, 404, 413), address
            assert body.taken <= 2 * FORM_BYTES, address
            assert len(answer.data) < 50_000, address


def test_more_fields_than_a_form_has_are_refused(app, session):
    for count, status in ((MAX_FIELDS - 1, 400), (MAX_FIELDS, 400), (MAX_FIELDS + 1, 413)):
        body = "&".join(f"a{n % 10}=" for n in range(count))
        assert app.test_client().post("/catat", data=body, content_type="application/x-www-form-urlencoded").status_code == status


def multipart(parts: list[tuple[str, bytes]]) -> tuple[bytes, str]:
    body = b"".join(
        b"--edge\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + what + b"\r\n" for head, what in parts
    )
    return body + b"--edge--\r\n", "multipart/form-data; boundary=edge"


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([('name="note"', b"x")] * bodies.MAX_PARTS, 400),
        ([('name="note"', b"x")] * (bodies.MAX_PARTS + 1), 413),
        ([('name="note"', b"x" * 30_000)] * 2, 400),
        ([('name="note"', b"x" * 30_000)] * 3, 413),
        ([('name="foto"; filename="a.jpg"', bytes(10_000_000)), ('name="note"', b"x")], 400),
    ],
    ids=["parts", "too many parts", "words", "too many words", "a photograph"],
)
def test_a_form_with_files_is_bounded_too(app, session, parts, status):
    body, kind = multipart(parts)
    headers = {"Origin": "http://localhost"}
    answer = app.test_client().post("/catat", data=body, content_type=kind, headers=headers)
    assert answer.status_code == status
    assert len(answer.data) < 2 * FORM_BYTES + 20_000


def test_what_somebody_unknown_wrote_beside_a_photograph_is_kept_and_the_photograph_is_not(app, session, monkeypatch):
    taken: list[int] = []
    monkeypatch.setattr(bodies._NoFile, "write", lambda _self, some: taken.append(len(some)) or len(some))  # noqa: SLF001
    body, kind = multipart([('name="note"', b"Selokan depan masjid"), ('name="foto"; filename="a.jpg"', bytes(3_000_000))])
    answer = app.test_client().post("/catat", data=body, content_type=kind, headers={"Origin": "http://localhost"})
    assert "Selokan depan masjid" in answer.text
    assert sum(taken) == 3_000_000


class _Form(Wire):
    a: int


def took(doing: Any) -> float:
    began = time.process_time()
    with pytest.raises(Invalid):
        doing()
    return time.process_time() - began


MANY = 4_000

HOSTILE_JSON = {
    "each object repeats a name": b'{"a":[' + b",".join([b'{"a":1,"a":2}'] * MANY) + b"]}",
    "the last of many names is there twice": ("{" + ",".join(f'"{n}":1' for n in range(7000)) + ',"6999":1}').encode(),
    "deep": b'{"a":' * 60_000,
    "unknown names": ("{" + ",".join(f'"{n}":1' for n in range(7000)) + "}").encode(),
    "digits": b'{"a":' + b"9" * 60_000 + b"}",
    "escapes": b'{"a":"' + b"\\ud800" * 10_000 + b'"}',
}


@pytest.mark.parametrize("raw", HOSTILE_JSON.values(), ids=HOSTILE_JSON)
def test_no_body_of_json_costs_more_than_its_bytes(raw):
    with pytest.raises(Invalid) as told:
        parse(_Form, raw)
    assert 1 <= len(told.value.errors) <= MAX_ERRORS
    assert took(lambda: parse(_Form, raw)) < 0.5


def test_each_repeated_name_is_told_with_its_way():
    with pytest.raises(Invalid) as told:
        parse(_Form, b'{"a":[{"b":1,"b":2},{"c":{"d":1,"d":1}}],"x":1,"x":2}')
    assert {(each.field, each.code) for each in told.value.errors} == {
        ("x", "repeated"), ("a[0].b", "repeated"), ("a[1].c.d", "repeated")
    }  # fmt: skip


@pytest.mark.parametrize(("names", "found"), [("", None), ("abc", None), ("aba", "a"), ("abb", "b"), ("abba", "b")])
def test_the_first_repeated_name(names, found):
    assert first_repeated(names) == found


HOSTILE_FILES = {
    "a name twice after many": json.dumps({str(n): n for n in range(60_000)}).encode()[:-1] + b',"5":1}',
    "quotes that never close": b'{"a' + b'\\"' * 200_000,
    "a string that never closes": b'{"type":"' + b'\\"' * 200_000 + b"\\",
}


@pytest.mark.parametrize("content", HOSTILE_FILES.values(), ids=HOSTILE_FILES)
def test_no_file_of_areas_costs_more_than_its_bytes(content):
    assert took(lambda: parse_geojson(content)) < 2


def test_words_that_take_the_square_of_their_length_are_cut_first():
    began = time.process_time()
    assert read_point("1" + " " * 60_000 + "2") is None
    normal_password("a" + "\u0315\u0300" * 30_000)
    assert time.process_time() - began < 0.5
