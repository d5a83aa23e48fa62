"""/healthz and /readyz: what a watchman asks."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from app.core.clock import utc_now
from app.database import migrations
from app.database.schema import newest_revision
from app.jobs import queue
from tests.conftest import application


def test_the_process_says_that_it_lives(page):
    assert page.get("/healthz").json == {"status": "ok"}


def test_a_current_database_is_ready(page):
    answer = page.get("/readyz").json
    expected = {"status": "ok", "database": "reachable", "schema": "current", "revision": newest_revision(), "jobs": "never"}
    assert answer == expected


def test_a_queue_that_stands_still_is_told_and_the_server_is_ready_all_the_same(page, session):
    asked = utc_now() - timedelta(hours=1)
    queue.enqueue(session, "test.tell", {}, now=asked)
    session.commit()
    assert page.get("/readyz", status=200).json["jobs"] == "stopped"


def test_a_database_without_tables_is_not_ready(empty_database, tmp_path):
    with application(empty_database.url, tmp_path) as empty:
        answer = empty.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "unavailable", "database": "reachable", "schema": "empty", "revision": None}


def test_an_old_schema_is_not_ready(live_app, fresh_database):
    migrations.downgrade(fresh_database.url, "base")
    answer = live_app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json["schema"] == "empty"


@pytest.mark.parametrize(
    "url",
    ["sqlite:////nowhere/at/all.sqlite3", "postgresql+psycopg://nobody@127.0.0.1:9/nothing"],
    ids=["no such folder", "nobody listens"],
)
def test_a_database_out_of_reach_is_not_ready_and_is_told_within_five_seconds(url, tmp_path):
    with application(url, tmp_path) as cut_off:
        client = cut_off.test_client()
        asked = time.monotonic()
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json == {"status": "unavailable", "database": "unreachable"}
        assert time.monotonic() - asked < 5
        assert client.get("/healthz").status_code == 200


def test_a_database_that_comes_back_is_ready_again_without_a_restart(live_app, fresh_database):
    client = live_app.test_client()
    assert client.get("/readyz").status_code == 200
    migrations.downgrade(fresh_database.url, "base")
    assert client.get("/readyz").status_code == 503
    migrations.upgrade(fresh_database.url)
    assert client.get("/readyz").status_code == 200


def test_asking_often_uses_up_no_connections(live_app):
    client = live_app.test_client()
    assert {client.get("/readyz").status_code for _ in range(30)} == {200}
