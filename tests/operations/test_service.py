"""Slow statements and milestones in their files; requests counted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app.database import db
from app.database.server import database_name
from app.database.slow import tell_slow
from app.operations.queries.state import disks
from app.operations.rules.milestones import Milestone
from app.operations.service import milestones, slow_statements
from app.operations.service.metrics import RequestMetrics
from app.operations.service.slow_statements import FILE, SlowStatement

NOW = datetime(2026, 11, 16, 8, 40, tzinfo=UTC)
SLOW = SlowStatement(NOW, 812.5, "/kota", "SELECT 1")


def test_slow_statements_are_read_again_of_the_time_asked_for(tmp_path):
    slow_statements.keep(tmp_path, SlowStatement(NOW - timedelta(days=2), 900.0, "/kota", "SELECT 2"))
    slow_statements.keep(tmp_path, SLOW)
    assert slow_statements.noted(tmp_path, since=NOW - timedelta(days=1)) == [SLOW]
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_half_a_line_is_passed_over(tmp_path):
    slow_statements.keep(tmp_path, SLOW)
    with (tmp_path / FILE).open("a") as file:
        file.write('{"at": "2026-11-\n"x"\n[1]\n')
    slow_statements.keep(tmp_path, SLOW)
    assert slow_statements.noted(tmp_path, since=NOW) == [SLOW, SLOW]


def test_their_file_stays_small(tmp_path, monkeypatch):
    monkeypatch.setattr(slow_statements, "MAX_BYTES", 1000)
    for _ in range(40):
        slow_statements.keep(tmp_path, SLOW)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 3000
    assert len(slow_statements.noted(tmp_path, since=NOW)) >= 8


def test_a_disk_that_takes_no_line_is_no_error(tmp_path):
    slow_statements.keep(tmp_path / "nowhere", SLOW)
    assert slow_statements.noted(tmp_path / "nowhere", since=NOW) == []


@pytest.fixture
def engine(session):
    """One of its own on the database of the tests."""
    made = create_engine(db.engine.url)
    yield made
    made.dispose()


def test_a_slow_statement_is_told_without_its_values(engine):
    told: list[tuple[str, float]] = []
    tell_slow(engine, lambda statement, ms: told.append((statement, ms)), slow_ms=0.0)
    with engine.connect() as connection:
        connection.execute(text("SELECT :word"), {"word": "rahasia"})
    assert any(statement.startswith("SELECT") for statement, _ in told)
    assert all(ms > 0 for _, ms in told)
    assert "rahasia" not in str(told)


def test_a_quick_statement_is_not_told(engine):
    told: list[str] = []
    tell_slow(engine, lambda statement, _ms: told.append(statement), slow_ms=60_000.0)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    assert told == []


def test_a_statement_that_fails_is_told_too(engine):
    told: list[str] = []
    tell_slow(engine, lambda statement, _ms: told.append(statement), slow_ms=0.0)
    with engine.connect() as connection, pytest.raises(Exception, match="no_such_table"):
        connection.execute(text("SELECT 1 FROM no_such_table"))
    assert "SELECT 1 FROM no_such_table" in told


def test_the_database_says_what_it_is(session, kind):
    assert database_name(session).startswith("SQLite 3." if kind == "sqlite" else "PostgreSQL 1")


def test_milestones_are_remembered_each_by_itself(tmp_path):
    assert milestones.reached(tmp_path) == {}
    milestones.reach(tmp_path, Milestone.BACKUP, now=NOW)
    milestones.reach(tmp_path, Milestone.DRILL, now=NOW + timedelta(hours=1))
    milestones.reach(tmp_path, Milestone.BACKUP, now=NOW + timedelta(hours=2))
    expected = {Milestone.BACKUP: NOW + timedelta(hours=2), Milestone.DRILL: NOW + timedelta(hours=1)}
    assert milestones.reached(tmp_path) == expected


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"backup": 3}', '{"gossip": "2026-11-16"}', '{"backup": "2026-11-16T08:40:00"}']
)
def test_a_file_of_milestones_that_somebody_broke_tells_of_none(tmp_path, content):
    (tmp_path / milestones.FILE).write_text(content)
    assert milestones.reached(tmp_path) == {}


def test_folders_of_one_disk_are_told_once_and_one_that_is_missing_by_its_parent(tmp_path):
    (found,) = disks({"photographs": tmp_path / "not" / "yet", "database": tmp_path})
    usage = shutil.disk_usage(tmp_path)
    assert (found.name, found.total) == ("all", usage.total)


def test_a_thousand_invented_addresses_and_verbs_make_no_new_line():
    counted = RequestMetrics()
    for place in range(1000):
        counted.record(f"VERB{place}", "-", 404, 0.01)
    told = counted.text([])
    assert 'sabuk_requests_total{method="other",rule="-",status="404"} 1000.0' in told
    assert len(told.splitlines()) < 30


TWO_WORKERS = """
import os
from app.processes import METRICS_FOLDER, folder_in_memory
from app.operations.service.metrics import RequestMetrics
os.environ[METRICS_FOLDER] = folder = folder_in_memory("sabuk-tests-")
counted = RequestMetrics()
for _ in range(2):
    if not os.fork():
        counted.record("GET", "/kota", 200, 0.02)
        os._exit(0)
    os.wait()
print(folder)
print(counted.text([]))
"""


def test_workers_are_added_up_by_whichever_is_asked(tmp_path):
    done = subprocess.run([sys.executable, "-c", TWO_WORKERS], capture_output=True, text=True, check=True)
    folder, _, told = done.stdout.partition("\n")
    assert 'sabuk_requests_total{method="GET",rule="/kota",status="200"} 2.0' in told
    assert 'sabuk_request_seconds_bucket{le="0.025",rule="/kota"} 2.0' in told
    assert Path(folder).stat().st_mode & 0o077 == 0
    # What one that was killed left is removed by the next.
    subprocess.run(
        [
            sys.executable,
            "-c",
            "from app.processes import folder_in_memory; import os; os.rmdir(folder_in_memory('sabuk-tests-'))",
        ],
        check=True,
    )
    assert not Path(folder).exists()
