"""Logs are JSON lines that name no person: no token, no body, no position."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.database.faults import trace_of, words_of
from app.people.models import Person
from app.web.logging import JsonLines
from tests import canaries


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the program would write to standard error."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_request_is_one_line_with_its_number(page, lines):
    answer = page.get("/healthz", headers={"X-Request-Id": "request-0001"})
    [line] = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert answer.headers["X-Request-Id"] == "request-0001"
    assert line["request"] == "request-0001"
    assert (line["method"], line["rule"], line["status"]) == ("GET", "/healthz", 200)
    assert line["ms"] >= 0


ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/nothing", 404),
    ("GET", "/saya", 303),
    ("PUT", "/healthz", 405),
    ("GET", "/api/v1/me", 401),
]


@pytest.mark.parametrize(("method", "address", "status"), ANSWERS)
def test_whatever_the_answer_is_it_has_one_line(app, session, lines, method, address, status):
    assert app.test_client().open(address, method=method).status_code == status
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    [line] = [line for line in told if line["logger"] == "sabuk.request"]
    assert (line["method"], line["status"]) == (method, status)
    assert line.keys() == {"at", "level", "logger", "message", "method", "rule", "status", "ms", "request"}


def test_no_line_holds_a_token_an_address_or_a_body(page, lines):
    secret = "tok-93b1f0c2"
    page.as_bearer(secret).put(f"/api/v1/nothing/{secret}?token={secret}", status=404, json={"lon": 107.61872, "token": secret})
    page.get("/readyz", headers={"Cookie": f"sabuk={secret}"})
    assert lines.getvalue()
    assert secret not in lines.getvalue()
    assert "107.6" not in lines.getvalue()


def test_an_error_carries_its_traceback_in_the_same_line(lines):
    try:
        raise ValueError("one\ntwo")
    except ValueError:
        logging.getLogger("sabuk.test").exception("broke")
    [line] = lines.getvalue().splitlines()
    assert "ValueError" in json.loads(line)["error"]


NOTE = "Ibu saya bilang jangan cerita"


class _Secret(Exception):
    pass


def _store_badly(session: Session) -> None:
    session.execute(insert(Person).values(name=NOTE, is_adult=None, created_at=utc_now()))


def _read_badly(session: Session) -> None:
    session.execute(text("SELECT CAST(:note AS INTEGER) / 0, no_such_column"), {"note": NOTE})


def _convert_badly(_session: Session) -> None:
    try:
        int(NOTE)
    except ValueError as error:
        raise KeyError(NOTE) from error


def _refuse(_session: Session) -> None:
    raise _Secret(NOTE)


@pytest.mark.parametrize("broken", [_store_badly, _read_badly, _convert_badly, _refuse])
def test_an_error_tells_its_kind_and_place_and_no_value(session, lines, broken):
    try:
        broken(session)
    except Exception as error:
        logging.getLogger("sabuk.test").exception("broke: %s", words_of(error))
    session.rollback()
    [line] = lines.getvalue().splitlines()
    assert NOTE not in line
    assert "cerita" not in line
    assert broken.__name__ in json.loads(line)["error"]


def test_an_error_of_the_database_names_the_row_s_table_and_the_statement(session):
    with pytest.raises(IntegrityError) as told:
        _store_badly(session)
    session.rollback()
    said = words_of(told.value)
    assert "is_adult" in said
    assert "INSERT INTO person" in said


def test_what_a_faulty_program_says_of_itself_is_told_with_its_cause():
    try:
        try:
            raise RuntimeError("the first")
        except RuntimeError as first:
            raise AttributeError("'NoneType' object has no attribute 'second'") from first
    except AttributeError as error:
        told = trace_of(error)
    assert told.index("RuntimeError: the first") < told.index("direct cause") < told.index("AttributeError: 'NoneType'")
    assert told.count("Traceback (most recent call last):") == 2


def test_the_net_of_the_tests_catches_what_they_send_and_nothing_else():
    net = canaries.Net()
    logger = logging.getLogger("sabuk.net")
    logger.propagate = False
    logger.addHandler(net)
    canaries.watch({"measures": {"kg": 3.5}, "note": "kata rahasia saya", "photos": [{"role": "after"}], "reason": "kurang"})
    canaries.watch_secret("tok-5b1c9a77e0")
    told = ("kata rahasia saya", "tok-5b1c9a77e0", "at -6.90249, 107.61872", "name Ani", "call 081234567890")
    for words in told:
        logger.error(words)
    logger.error("after kurang 3.5 Animasi 106.1 ms")
    assert len([leak for leak in net.leaks() if not leak.startswith("tok-93b1")]) == len(told)
    assert net.leaks() == []
