"""A try in a process of its own ends when it takes more than it may, whatever it is stuck in; the others go on."""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.database import db
from app.jobs import queries, queue, runner
from app.jobs.attempts import apart
from app.jobs.work import MAX_ENDED, AttemptOutcome, AttemptResult, Handler, JobLimits, RetryLater, Work

NOW = datetime(2026, 11, 16, 8, 40, 5, tzinfo=UTC)


def stuck() -> None:
    """Hears no sign that asks it to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(60)


def spins() -> None:
    while True:
        pass


def hoards() -> None:
    kept = bytearray(1 << 40)
    del kept


def says_it_is_early() -> None:
    raise RetryLater(timedelta(minutes=3))


def fails() -> None:
    raise ValueError("no")


def crashes() -> None:
    """Ends by a fault of memory, without the traceback that pytest would print of it."""
    faulthandler.disable()
    os.kill(os.getpid(), signal.SIGSEGV)


WAYS: dict[str, tuple[Callable[[], None], JobLimits, AttemptResult, str]] = {
    "done": (lambda: None, JobLimits(), AttemptResult.DONE, "None"),
    "too early": (says_it_is_early, JobLimits(), AttemptResult.NOT_YET, "None"),
    "failed": (fails, JobLimits(), AttemptResult.FAILED, "ValueError: no"),
    "stuck": (stuck, JobLimits(time=timedelta(seconds=0.2)), AttemptResult.ENDED, "took longer than"),
    "busy for ever": (spins, JobLimits(processor_s=1), AttemptResult.ENDED, "more than 1 s of the processor"),
    "more memory than it may": (hoards, JobLimits(memory=1 << 30), AttemptResult.TROUBLED, "MemoryError"),
    "crashed": (crashes, JobLimits(), AttemptResult.ENDED, "SIGSEGV"),
    "killed by the machine": (lambda: os.kill(os.getpid(), signal.SIGKILL), JobLimits(), AttemptResult.ENDED, "SIGKILL"),
    "left": (lambda: os._exit(3), JobLimits(), AttemptResult.ENDED, "ended with 3"),
}


@pytest.mark.parametrize(("work", "limits", "result", "said"), WAYS.values(), ids=WAYS)
def test_however_a_try_ends_it_is_told(
    live_app: Flask, work: Callable[[], None], limits: JobLimits, result: AttemptResult, said: str
) -> None:
    with live_app.app_context():
        outcome = apart(work, limits, lambda: True)
    assert outcome.result is result
    assert said in str(outcome.error)
    if result is AttemptResult.NOT_YET:
        assert outcome.after == timedelta(minutes=3)


def test_a_try_that_another_runner_has_taken_over_ends(live_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.jobs.attempts.RENEWAL", timedelta(seconds=0.05))
    with live_app.app_context():
        assert apart(stuck, JobLimits(), lambda: False) == AttemptOutcome(AttemptResult.NOT_YET)


def test_what_is_stuck_is_set_aside_and_the_others_go_on(live_app: Flask, tmp_path: Path) -> None:
    """A poisonous job in front of honest ones, a runner as it is served, and a clock that runs ahead of the pauses."""
    note = tmp_path / "note"

    def tell(payload: Mapping[str, Any], _now: datetime) -> None:
        if payload["n"] == 0:
            stuck()
        with note.open("a") as out:
            out.write(f"{payload['n']} ")

    doing = Work({"test.tell": Handler(tell, limits=JobLimits(time=timedelta(seconds=0.3)))})
    with live_app.app_context():
        for n in range(3):
            queue.enqueue(db.session(), "test.tell", {"n": n}, now=NOW)
        db.session.commit()
        for tries in range(MAX_ENDED + 2):
            at = NOW + tries * timedelta(hours=1)
            while runner.run_next(doing, lambda at=at: at, trying=apart):
                pass
        [dead] = queries.recent(db.session(), now=NOW, state=queries.JobState.DEAD)
    assert note.read_text() == "1 2 "
    assert (dead.attempts, dead.last_error) == (MAX_ENDED, "took longer than 0:00:00.300000")


def test_a_runner_gives_its_try_the_time_to_end_when_it_is_told_to_stop(live_app: Flask, tmp_path: Path) -> None:
    stop, note = runner.StopSign(), tmp_path / "note"

    def tell(_payload: Mapping[str, Any], _now: datetime) -> None:
        note.with_name("begun").touch()
        time.sleep(0.3)
        note.touch()

    with live_app.app_context():
        queue.enqueue(db.session(), "test.tell", {}, now=NOW)
        db.session.commit()

        def stops() -> None:
            while not note.with_name("begun").exists():
                time.sleep(0.01)
            stop.set()

        teller = threading.Thread(target=stops)
        teller.start()
        runner.run(Work({"test.tell": Handler(tell)}), stop)
        teller.join()
        assert queries.counts(db.session(), now=NOW)[queries.JobState.DONE] == 1
    assert note.exists()
