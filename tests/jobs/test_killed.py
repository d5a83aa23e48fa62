"""A runner that is killed in the middle loses nothing: started again, the job ends once in effect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.settings import ROOT
from app.work import WORK
from tests.databases import Database
from tests.serving import SABUK, Server, environment, serving

pytestmark = pytest.mark.early

SLOW_RUNNER = """
import sys, time
from pathlib import Path
from app.jobs.work import Handler, Work
from app.settings import Settings
import app.work

note = Path(sys.argv[1])

def slowly(payload, now):
    with note.open("a") as out:
        out.write("begun\\n")
    while not note.with_name("go on").exists():
        time.sleep(0.01)
    note.with_name(f"effect of {payload['n']}").write_text("done")
    with note.open("a") as out:
        out.write("done\\n")

app.work.WORK = Work({"test.slowly": Handler(slowly)})
app.work.run_forever(Settings.from_env())
"""


def until(happens: object, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not happens():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.05)


def start(database: Database, tmp_path: Path) -> subprocess.Popen[bytes]:
    with (tmp_path / "runner.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", SLOW_RUNNER, str(tmp_path / "note")],
            cwd=ROOT, env=environment(database.url, tmp_path), stdout=log, stderr=log,
        )  # fmt: skip


@pytest.mark.long_on_postgis
def test_a_job_outlives_the_runner_that_was_killed_at_it(fresh_database: Database, tmp_path: Path) -> None:
    note = tmp_path / "note"
    engine = create_engine(fresh_database.url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO job (kind, payload, created_at, run_after, attempts) "
                """VALUES ('test.slowly', '{"n": 1}', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 0)"""
            )
        )
    first = start(fresh_database, tmp_path)
    until(note.exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    (tmp_path / "go on").touch()
    second = start(fresh_database, tmp_path)
    try:
        until(lambda: _ended(engine))
    finally:
        second.send_signal(signal.SIGTERM)
        assert second.wait(20) == 0, (tmp_path / "runner.log").read_text()
    assert note.read_text().split() == ["begun", "begun", "done"]
    assert (tmp_path / "effect of 1").read_text() == "done"
    with engine.connect() as connection:
        assert connection.execute(text("SELECT attempts FROM job WHERE kind = 'test.slowly'")).scalar_one() == 2


def _ended(engine: object) -> bool:
    with engine.connect() as connection:  # type: ignore[attr-defined]
        return connection.execute(text("SELECT done_at FROM job WHERE kind = 'test.slowly'")).scalar_one() is not None


@pytest.mark.long_on_postgis
def test_the_runner_of_operators_ends_when_it_is_told(fresh_database: Database, tmp_path: Path) -> None:
    log = tmp_path / "runner.log"
    with log.open("wb") as out:
        runner = subprocess.Popen(
            [str(SABUK), "jobs", "run"],
            cwd=ROOT, env=environment(fresh_database.url, tmp_path), stdout=out, stderr=out,
        )  # fmt: skip
    engine = create_engine(fresh_database.url, poolclass=NullPool)

    def is_ready() -> bool:
        with engine.connect() as connection:
            return connection.execute(text("SELECT count(*) FROM job")).scalar_one() == len(WORK.daily)

    until(is_ready)
    os.kill(runner.pid, signal.SIGTERM)
    assert runner.wait(20) == 0
    assert "Traceback" not in log.read_text()


def children(pid: int) -> set[int]:
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def runners(server: Server) -> set[int]:
    """The web server has workers below it, the job runner nobody."""
    return {child for child in children(server.process.pid) if not children(child)}


def test_a_server_starts_its_runner_again_and_goes_on_answering(instance: Path) -> None:
    with serving(None, instance) as server:
        until(lambda: len(children(server.process.pid)) == 2 and len(runners(server)) == 1)
        [before] = runners(server)
        os.kill(before, signal.SIGKILL)
        until(lambda: len(runners(server) - {before}) == 1)
        assert server.answers()
        assert server.end() == 0
        assert not Path(f"/proc/{before}").exists()
