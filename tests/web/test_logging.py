"""Logs are JSON lines that name no person: no token, no body, no position."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from app.web.logging import JsonLines


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
