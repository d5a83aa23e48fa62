"""Which answers are JSON and which are pages, whatever goes wrong and however early."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from uuid import UUID

import pytest
from flask import Flask

from app.web.surfaces import Surface, surface_of
from tests.conftest import application
from tests.page_client import problems_of

ACTION = f"/api/v1/actions/{UUID(int=1)}"
PROBLEM, PAGE, JSON, ELSEWHERE = "application/problem+json", "text/html", "application/json", "another address"

NOT_FOUND = [
    ("/nothing", PAGE),
    ("/api", PAGE),
    ("/apis/v1/me", PAGE),
    ("/API/v1/me", PAGE),
    ("/admin/api/v1/me", PAGE),
    ("/healthz/", PAGE),
    ("/healthz/nothing", PAGE),
    ("/aset/nothing", PAGE),
    ("/api/", PROBLEM),
    ("/api/v1", PROBLEM),
    ("/api/v2/me", PROBLEM),
    ("/api/v1/nothing", PROBLEM),
    ("/api/v1/me/", PROBLEM),
    ("/api/v1/actions/1", PROBLEM),
    ("/api/masuk", PROBLEM),
]
NOT_SERVED = [
    ("PUT", "/masuk", PAGE),
    ("DELETE", "/", PAGE),
    ("POST", "/sw.js", PAGE),
    ("POST", "/aset/nothing", PAGE),
    ("POST", "/pasang", PAGE),
    ("DELETE", "/admin", PAGE),
    ("POST", "/healthz", PROBLEM),
    ("DELETE", "/readyz", PROBLEM),
    ("DELETE", "/api/v1/me", PROBLEM),
    ("POST", ACTION, PROBLEM),
    ("PUT", "/api/v1/stamps", PROBLEM),
    ("POST", "/api/v1/programmes", PROBLEM),
    ("POST", "/api/v1/openapi.json", PROBLEM),
]
TOO_LARGE = [
    ("POST", "/masuk", PAGE),
    ("POST", "/nothing", PAGE),
    ("PUT", "/masuk", PAGE),
    ("POST", "/meja/cap", PAGE),
    ("POST", "/api/v1/nothing", PROBLEM),
    ("POST", "/api/v1/stamps", PROBLEM),
    ("PUT", ACTION, PROBLEM),
    ("PUT", "/healthz", PROBLEM),
    ("DELETE", "/api/v1/programmes", PROBLEM),
]
BROKEN = [
    ("GET", "/kota", PAGE),
    ("GET", "/meja", PAGE),
    ("GET", "/catat", PAGE),
    ("GET", "/sw.js", PAGE),
    ("GET", "/pasang", PAGE),
    ("GET", "/aset/nothing", PAGE),
    ("GET", f"/foto/{UUID(int=1)}/320", PAGE),
    ("GET", "/healthz", PROBLEM),
    ("GET", "/readyz", PROBLEM),
    ("GET", "/api/v1/me", PROBLEM),
    ("GET", "/api/v1/outlines.geojson", PROBLEM),
    ("GET", "/api/v1/openapi.json", PROBLEM),
    ("GET", "/api/v1/stamping/queue", PROBLEM),
    ("GET", "/api/v1/kelurahan", PROBLEM),
    ("GET", "/api/v1/programmes", PROBLEM),
    ("GET", "/api/v1/programmes/gps/leaderboard", PROBLEM),
    ("GET", ACTION, PROBLEM),
]
UNKNOWN_READER = [
    ("GET", "/saya", {}, 303, ELSEWHERE),
    ("HEAD", "/meja", {}, 303, ELSEWHERE),
    ("GET", "/saya", {"Authorization": "Bearer "}, 401, PAGE),
    ("GET", "/api/v1/me", {}, 401, PROBLEM),
    ("GET", "/api/v1/me", {"Authorization": "Bearer "}, 401, PROBLEM),
    ("GET", "/api/v1/stamping/queue", {}, 401, PROBLEM),
    ("POST", "/api/v1/stamps", {}, 401, PROBLEM),
    ("POST", f"/api/v1/stamps/{UUID(int=1)}/void", {}, 401, PROBLEM),
    ("POST", "/api/v1/refusals", {}, 401, PROBLEM),
    ("PUT", "/api/v1/me/push", {}, 401, PROBLEM),
    ("DELETE", "/api/v1/me/push", {}, 401, PROBLEM),
    ("PUT", ACTION, {}, 401, PROBLEM),
    ("DELETE", ACTION, {}, 401, PROBLEM),
    ("PUT", f"/api/v1/photos/{'0' * 64}", {}, 401, PROBLEM),
]
FROM_ANOTHER_SITE = [
    ("POST", "/api/v1/stamps", 403, PROBLEM),
    ("POST", "/api/v1/nothing", 403, PROBLEM),
    ("PATCH", "/api/v1/me", 403, PROBLEM),
    ("PUT", ACTION, 403, PROBLEM),
    ("GET", "/api/v1/nothing", 404, PROBLEM),
    ("POST", "/masuk", 400, PAGE),
    ("POST", "/meja/cap", 400, PAGE),
    ("POST", "/nothing", 404, PAGE),
    ("PUT", "/masuk", 405, PAGE),
    ("POST", "/healthz", 405, PROBLEM),
]
LONGER_PASSWORD_FIRST = [
    ("/kota", 303, ELSEWHERE),
    ("/saya", 303, ELSEWHERE),
    ("/admin", 303, ELSEWHERE),
    (f"/foto/{UUID(int=1)}/320", 303, ELSEWHERE),
    ("/api/v1/me", 401, PROBLEM),
    ("/api/v1/programmes", 401, PROBLEM),
    ("/api/v1/openapi.json", 401, PROBLEM),
    (ACTION, 401, PROBLEM),
    ("/healthz", 200, JSON),
    ("/manifest.webmanifest", 200, "application/manifest+json"),
    ("/aset/nothing", 404, PAGE),
    ("/nothing", 404, PAGE),
    ("/api/v1/nothing", 404, PROBLEM),
]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database without a table, which nothing here comes to ask."""
    folder: Path = tmp_path_factory.mktemp("bare")
    with application(f"sqlite:///{folder / 'empty.sqlite3'}", folder) as made:
        yield made


def test_every_address_hangs_on_a_blueprint_with_a_surface_and_the_wire_alone_is_below_api(bare):
    surfaces = {rule.rule: surface_of(bare, rule.endpoint) for rule in bare.url_map.iter_rules()}
    assert {rule for rule, surface in surfaces.items() if surface is None} == set()
    assert {rule for rule in surfaces if rule.startswith("/api/")} == {r for r, s in surfaces.items() if s is Surface.WIRE}
    assert {rule for rule, surface in surfaces.items() if surface is Surface.PROBE} == {"/healthz", "/readyz"}


def looked_at(answer) -> tuple[int, str]:
    """Status and kind of an answer in which nothing else is wrong."""
    assert not problems_of(answer)
    return answer.status_code, ELSEWHERE if answer.status_code == 303 else answer.mimetype


@pytest.mark.parametrize(("path", "kind"), NOT_FOUND)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_there_is_refused_in_the_form_of_its_address(bare, method, path, kind):
    status = 405 if (method, path) == ("POST", "/aset/nothing") else 404
    assert looked_at(bare.test_client().open(path, method=method)) == (status, kind)


@pytest.mark.parametrize(("method", "path", "kind"), NOT_SERVED)
def test_a_method_that_is_not_served_is_refused_in_the_form_of_its_address(bare, method, path, kind):
    answer = bare.test_client().open(path, method=method)
    assert looked_at(answer) == (405, kind)
    assert answer.headers["Allow"]


class _LeftOut:
    body_was_left_out = True


@pytest.mark.parametrize(("method", "path", "kind"), TOO_LARGE)
def test_a_body_that_was_left_out_is_refused_in_the_form_of_its_address(bare, method, path, kind):
    answer = bare.test_client().open(path, method=method, environ_overrides={"gunicorn.socket": _LeftOut()})
    # Who may not write at all hears that first, from what needs no body.
    unknown = path.startswith("/api/") and path in ("/api/v1/stamps", ACTION)
    assert looked_at(answer) == (401 if unknown else 413, kind)


def _break(*_: object, **__: object) -> NoReturn:
    raise KeyError("broken")


@pytest.mark.parametrize(("method", "path", "kind"), BROKEN)
def test_what_breaks_is_told_in_the_form_of_its_address(bare, monkeypatch, method, path, kind):
    endpoint, _ = bare.url_map.bind("").match(path, method)
    monkeypatch.setitem(bare.view_functions, endpoint, _break)
    assert looked_at(bare.test_client().open(path, method=method)) == (500, kind)


@pytest.mark.parametrize(("method", "path", "headers", "status", "kind"), UNKNOWN_READER)
def test_a_page_leads_to_the_sign_in_and_the_wire_says_401(bare, method, path, headers, status, kind):
    assert looked_at(bare.test_client().open(path, method=method, headers=headers)) == (status, kind)


def test_what_somebody_unknown_wrote_on_a_page_is_kept(bare):
    client = bare.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/masuk").text)[1]
    wrote = {"csrf_token": token, "note": "Sudah dilihat."}
    answer = client.post("/meja/cap", data=wrote)
    assert looked_at(answer) == (401, PAGE)
    assert "Sudah dilihat." in answer.text
    assert looked_at(client.post("/api/v1/stamps", data=wrote)) == (401, PROBLEM)


@pytest.mark.parametrize(("method", "path", "status", "kind"), FROM_ANOTHER_SITE)
def test_another_sites_script_writes_neither_to_pages_nor_to_the_wire(bare, method, path, status, kind):
    client = bare.test_client()
    client.set_cookie("sabuk_remember", "whatever it is")
    assert looked_at(client.open(path, method=method, headers={"Origin": "https://elsewhere.example"})) == (status, kind)


@pytest.mark.parametrize(("path", "status", "kind"), LONGER_PASSWORD_FIRST)
def test_a_longer_password_is_asked_for_on_pages_and_refused_on_the_wire(bare, path, status, kind):
    client = bare.test_client()
    with client.session_transaction() as carried:
        carried["longer_first"] = True
    assert looked_at(client.get(path)) == (status, kind)
