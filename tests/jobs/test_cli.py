"""`sabuk jobs`: operators see what waits and what was given up, and send it round again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli import sabuk
from app.database.transaction import write_transaction
from app.jobs import queue
from app.jobs.models import Job
from app.jobs.work import Work

NOW = datetime(2026, 11, 16, 8, 40, 5, tzinfo=UTC)


def make_dead(session: Session, *, why: str = "ValueError: never") -> int:
    queue.enqueue(session, "test.tell", {}, now=NOW)
    with write_transaction(session):
        job = queue.claim(session, "me", now=NOW)
        assert job is not None
        queue.mark_dead(session, job, "me", why, Work({}), now=NOW)
    return job.id


def call(app: Flask, *command: str) -> Result:
    return app.test_cli_runner().invoke(sabuk, ["jobs", *command])


def test_jobs_are_listed_with_why_they_failed(app: Flask, session: Session) -> None:
    job_id = make_dead(session)
    listed = call(app, "list", "--state", "dead")
    assert listed.exit_code == 0
    assert listed.stdout == f"{job_id}\tdead\ttest.tell\t1\t2026-11-16T08:40:05+00:00\tValueError: never\n"
    assert listed.stderr == "0 waiting, 0 running, 0 done, 1 dead\nNo runner has run here yet.\n"
    queue.enqueue(session, "test.tell", {}, now=NOW - timedelta(days=100))
    session.commit()
    assert "does no runner live?" in call(app, "list").stderr
    assert call(app, "list", "--state", "done").stdout == ""


def test_the_dead_are_sent_round_again(app: Flask, session: Session) -> None:
    ids = [make_dead(session), make_dead(session)]
    assert call(app, "retry", str(ids[0])).stdout == "1 jobs wait to be tried\n"
    assert call(app, "retry", "--dead").exit_code == 0
    session.expire_all()
    assert all(job.dead_at is None and job.attempts == 0 for job in session.scalars(select(Job)))


def test_what_is_not_there_is_said(app: Flask, session: Session) -> None:
    answer = call(app, "retry", "17")
    assert answer.exit_code == 1
    assert "17" in answer.stderr
    assert call(app, "retry").exit_code == 2
    assert call(app, "retry", "17", "--dead").exit_code == 2
