"""`/metrics`: there only where a token is set, for whoever knows it, without anything of people."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from tests.conftest import application

TOKEN = "metrics-token-of-the-tests-0123"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def watched(kind, app, session, tmp_path):
    """The application of the tests' database, watched."""
    with application(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path, metrics_token=TOKEN) as made:
        yield made.test_client()


def test_without_the_setting_there_is_no_such_address(page):
    page.get("/metrics", status=404)
    page.get("/metrics", headers=BEARER, status=404)


@pytest.mark.parametrize("said", [None, "", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer ä"])
def test_whoever_does_not_know_the_token_is_told_nothing(watched, said):
    answer = watched.get("/metrics", headers={} if said is None else {"Authorization": said})
    assert (answer.status_code, answer.text, answer.headers["WWW-Authenticate"]) == (401, "", "Bearer")


def test_requests_are_told_by_pattern_and_never_by_address(watched):
    secret = uuid4()
    for address in (f"/api/v1/actions/{secret}", f"/nothing/{secret}", "/healthz"):
        watched.get(address)
    watched.open(f"/{secret}", method="BREW")
    answer = watched.get("/metrics", headers=BEARER)
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert str(secret) not in answer.text
    assert re.search(r'sabuk_requests_total\{method="GET",rule="/healthz",status="200"\} \d', answer.text)
    assert 'rule="/api/v1/actions/<uuid:action_id>"' in answer.text
    assert 'method="other",rule="-"' in answer.text


GAUGES = """
    sabuk_database_up sabuk_jobs{state="waiting"} sabuk_jobs{state="dead"} sabuk_job_oldest_seconds sabuk_counts_due_seconds
    sabuk_disk_free_bytes{folder= sabuk_slow_statements_last_day
"""


@pytest.mark.parametrize("gauge", GAUGES.split())
def test_the_figures_of_the_moment_are_there(watched, gauge):
    assert re.search(rf"^{re.escape(gauge)}.*\d$", watched.get("/metrics", headers=BEARER).text, re.MULTILINE)


def test_a_database_that_is_away_is_told_with_what_the_machine_knows(tmp_path):
    with application("sqlite:////nowhere/at/all.sqlite3", tmp_path, metrics_token=TOKEN) as cut_off:
        told = cut_off.test_client().get("/metrics", headers=BEARER)
    assert told.status_code == 200
    assert "sabuk_database_up 0.0" in told.text
    assert "sabuk_disk_free_bytes" in told.text
    assert "sabuk_jobs" not in told.text
