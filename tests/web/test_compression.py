"""Pages and JSON travel compressed to whoever accepts that."""

from __future__ import annotations

import gzip
import json

import pytest
from flask import Flask, Response

from app.web import compression

LONG = json.dumps({"words": ["sampah"] * 400}).encode()


@pytest.fixture
def client():
    app = Flask("small")
    compression.install(app)

    @app.get("/<kind>/<size>")
    def answer(kind, size):
        response = Response(LONG if size == "long" else b"{}", mimetype={"json": "application/json"}.get(kind, "image/webp"))
        response.add_etag()
        return response

    return app.test_client()


def test_a_long_answer_is_compressed_and_its_mark_is_weak(client):
    answer = client.get("/json/long", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert gzip.decompress(answer.data) == LONG
    assert len(answer.data) < len(LONG) / 10
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert answer.headers["ETag"].startswith("W/")
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0"])
def test_nobody_gets_what_they_do_not_accept(client, accepted):
    answer = client.get("/json/long", headers={"Accept-Encoding": accepted})
    assert answer.data == LONG
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/json/short", "/picture/long"])
def test_short_answers_and_pictures_stay_as_they_are(client, path):
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_the_same_answer_is_the_same_bytes(client):
    first, second = (client.get("/json/long", headers={"Accept-Encoding": "gzip"}).data for _ in range(2))
    assert first == second
