"""Every "no" is a problem+json for programs and a page for people, in the reader's language."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.core.errors import Conflict, NotAllowed, NotFound, invalid
from app.core.text import Multilingual
from app.database import db
from app.settings import Settings
from tests.conftest import application
from tests.page_client import problems_of


def _disk_full() -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    raise OperationalError("INSERT", {}, error)


def _no_space() -> None:
    raise OSError(28, "No space left on device")


def _raise(error: Exception) -> None:
    raise error


FAULTS = {
    "notfound": (lambda: _raise(NotFound()), 404),
    "notallowed": (lambda: _raise(NotAllowed()), 403),
    "conflict": (lambda: _raise(Conflict()), 409),
    "invalid": (lambda: _raise(invalid("minutes", "range", Multilingual(id="Menit 0 sampai 600.", en="Minutes 0 to 600."))), 422),
    "sqlitefull": (_disk_full, 507),
    "diskfull": (_no_space, 507),
    "diskbroken": (lambda: _raise(OSError(5, "Input/output error")), 503),
    "lostfile": (lambda: _raise(FileNotFoundError(2, "No such file or directory")), 500),
    "lost": (lambda: _raise(OperationalError("SELECT", {}, Exception("server closed the connection"))), 503),
    "broken": (lambda: _raise(KeyError("secret-token-in-a-key")), 500),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with one address per fault, on a database that nobody asks."""
    folder: Path = tmp_path_factory.mktemp("broken")

    def fault(name: str) -> str:
        FAULTS[name][0]()
        return "never"

    def read() -> str:
        return request.get_data(as_text=True)

    with application(f"sqlite:///{folder / 'empty.sqlite3'}", folder, body_limit=100) as made:
        for prefix in ("", "/api/v1"):
            made.add_url_rule(f"{prefix}/faults/<name>", f"{prefix}fault", fault)
            made.add_url_rule(f"{prefix}/read", f"{prefix}read", read, methods=["POST"])
        yield made


def test_what_is_not_there_is_said_in_a_sentence(broken):
    page = broken.test_client().get("/faults/notfound").text
    assert "Yang Anda cari tidak ada di sini." in page


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_has_its_status_for_programs_and_for_people(broken, name):
    client, status = broken.test_client(), FAULTS[name][1]
    problem = client.get(f"/api/v1/faults/{name}")
    assert (problem.status_code, problem.mimetype) == (status, "application/problem+json")
    assert set(problem.json) == {"type", "title", "status", "detail", "errors"}
    assert problem.json["status"] == status
    page = client.get(f"/faults/{name}")
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert not problems_of(page)
    assert "secret-token" not in problem.text + page.text


@pytest.mark.parametrize(("name", "is_unsure"), [("notfound", False), ("lost", True), ("broken", True)])
def test_a_page_of_ours_that_broke_does_not_say_that_nobody_is_signed_in(broken, name, is_unsure):
    page = broken.test_client().get(f"/faults/{name}").text
    assert ("<outbox-state" in page, ' account="?"' in page) == (True, is_unsure)


@pytest.mark.parametrize("name", ["sqlitefull", "diskfull", "lost"])
def test_what_passes_says_when_to_come_back(broken, name):
    assert int(broken.test_client().get(f"/api/v1/faults/{name}").headers["Retry-After"]) > 0


def test_a_wrong_field_is_named(broken):
    answer = broken.test_client().get("/api/v1/faults/invalid", headers={"Accept-Language": "en"}).json
    assert answer["errors"] == [{"field": "minutes", "code": "range", "message": "Minutes 0 to 600."}]


@pytest.mark.parametrize(
    ("headers", "query", "title"),
    [
        ({}, "", "Tidak ditemukan"),
        ({"Accept-Language": "en-GB,en;q=0.9"}, "", "Not found"),
        ({"Accept-Language": "su,id;q=0.8,en;q=0.5"}, "", "Tidak ditemukan"),
        ({"Accept-Language": "fr"}, "", "Tidak ditemukan"),
        ({"Accept-Language": "en"}, "?lang=id", "Tidak ditemukan"),
        ({"Accept-Language": "xx, ;;q"}, "?lang=<script>", "Tidak ditemukan"),
    ],
)
def test_errors_speak_the_readers_language(broken, headers, query, title):
    client = broken.test_client()
    assert client.get(f"/api/v1/nothing{query}", headers=headers).json["title"] == title
    page = client.get(f"/nothing{query}", headers=headers)
    assert f"<h1>{title}</h1>" in page.text
    assert not problems_of(page)


@pytest.mark.parametrize(("cookie", "title"), [("en", "Not found"), ("id", "Tidak ditemukan"), ("xx", "Tidak ditemukan")])
def test_a_cookie_remembers_the_language(broken, cookie, title):
    client = broken.test_client()
    client.set_cookie("sabuk_lang", cookie)
    assert f'<html lang="{"en" if cookie == "en" else "id"}">' in client.get("/nothing").text
    assert client.get("/api/v1/nothing").json["title"] == title


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/", "/api/v1/actions/"])
def test_an_unknown_address_below_api_is_a_problem(broken, path):
    answer = broken.test_client().get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_method_that_is_not_served_says_which_are(broken):
    for path in ("/api/v1/read", "/read"):
        answer = broken.test_client().delete(path)
        assert answer.status_code == 405
        assert "POST" in answer.headers["Allow"]
        assert not problems_of(answer)


def test_a_body_over_the_limit_is_refused_before_it_is_read(broken):
    client = broken.test_client()
    assert client.post("/api/v1/read", data=b"x" * 100).text == "x" * 100
    for path in ("/api/v1/read", "/read"):
        assert client.post(path, data=b"x" * 101).status_code == 413


def test_the_limit_has_a_default():
    assert Settings("sqlite://", Path(), "secret").body_limit == 64 * 1024


def test_a_database_without_tables_is_a_503_and_not_a_traceback(broken):
    with broken.app_context(), pytest.raises(OperationalError):
        db.session.execute(text("SELECT * FROM action"))


def test_an_error_page_shows_the_number_of_its_request(broken):
    answer = broken.test_client().get("/nothing", headers={"X-Request-Id": "from-the-proxy-1"})
    assert answer.headers["X-Request-Id"] == "from-the-proxy-1"
    assert "from-the-proxy-1" in answer.text
    forged = broken.test_client().get("/nothing", headers={"X-Request-Id": "<script>"})
    assert "<script>" not in forged.text
