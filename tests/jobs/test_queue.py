"""Work is asked for in the transaction of its cause, begun by one runner at a time, tried again, and given up in the open."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.database import db
from app.database.transaction import write_transaction
from app.jobs import attempts, daily, queries, queue, runner
from app.jobs.models import Job
from app.jobs.queries import JobState
from app.jobs.work import FIRST_DELAY, MAX_ATTEMPTS, MAX_DELAY, Handler, RetryLater, Work, delay, next_time

NOW = datetime(2026, 11, 16, 8, 40, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Told:
    """A handler that remembers what it was told, and fails as often as it should."""

    def __init__(self, *troubles: Exception) -> None:
        self.payloads: list[Mapping[str, Any]] = []
        self.troubles = list(troubles)

    def __call__(self, payload: Mapping[str, Any], _now: datetime) -> None:
        self.payloads.append(payload)
        if self.troubles:
            raise self.troubles.pop(0)


def work(run: Callable[[Mapping[str, Any], datetime], None], **change: Any) -> Work:
    return Work({"test.tell": Handler(run)}, **change)


def ask(session: Session, **change: Any) -> None:
    given: dict[str, Any] = {"kind": "test.tell", "payload": {"n": 1}, "now": NOW} | change
    queue.enqueue(session, given.pop("kind"), given.pop("payload"), **given)
    session.commit()


def the_job(session: Session) -> Job:
    session.expire_all()
    return session.scalars(select(Job)).one()


def run(doing: Work, now: datetime = NOW) -> int:
    return runner.run_due(doing, lambda: now)


def test_what_is_asked_for_is_done_once(session: Session) -> None:
    told = Told()
    ask(session, payload={"n": 7})
    assert run(work(told)) == 1
    assert run(work(told), NOW + HOUR) == 0
    assert told.payloads == [{"n": 7}]
    assert the_job(session).done_at == NOW


def test_it_is_asked_for_with_its_cause_or_not_at_all(session: Session) -> None:
    def breaks_off() -> None:
        with write_transaction(session):
            queue.enqueue(session, "test.tell", {}, now=NOW)
            raise RuntimeError("the cause broke off")

    with pytest.raises(RuntimeError):
        breaks_off()
    assert session.scalar(select(func.count()).select_from(Job)) == 0


def test_the_same_cause_asks_once_and_is_remembered(session: Session) -> None:
    told = Told()
    for _ in range(3):
        ask(session, key="cause 1")
    ask(session, key="cause 2")
    assert run(work(told)) == 2
    ask(session, key="cause 1")
    assert run(work(told), NOW + HOUR) == 0


def test_without_a_key_each_asking_counts(session: Session) -> None:
    told = Told()
    ask(session)
    ask(session)
    assert run(work(told)) == 2


def test_the_oldest_is_first_and_nothing_is_early(session: Session) -> None:
    told = Told()
    ask(session, payload={"n": 3}, run_after=NOW + HOUR)
    ask(session, payload={"n": 2}, run_after=NOW)
    ask(session, payload={"n": 1}, run_after=NOW - HOUR)
    assert run(work(told)) == 2
    assert run(work(told), NOW + HOUR) == 1
    assert [payload["n"] for payload in told.payloads] == [1, 2, 3]


def test_what_fails_is_tried_again_later_each_time(session: Session) -> None:
    told = Told(ValueError("first"), ValueError("second"))
    ask(session)
    run(work(told))
    job = the_job(session)
    assert (job.attempts, job.last_error, job.locked_by) == (1, "ValueError: first", None)
    assert job.run_after == NOW + delay(1)
    run(work(told), NOW + delay(1))
    assert the_job(session).run_after == NOW + delay(1) + delay(2)
    run(work(told), NOW + HOUR)
    assert (the_job(session).done_at, the_job(session).last_error) == (NOW + HOUR, None)
    assert len(told.payloads) == 3


def test_delays_double_up_to_an_hour() -> None:
    assert [delay(tries) / FIRST_DELAY for tries in (1, 2, 3)] == [2, 4, 8]
    assert delay(50) == MAX_DELAY


def test_after_too_many_tries_it_is_given_up_in_the_open(session: Session) -> None:
    told, last_words = Told(*[ValueError("never")] * 99), Told()
    doing = Work({"test.tell": Handler(told, last_words)})
    ask(session)
    for tries in range(MAX_ATTEMPTS + 3):
        run(doing, NOW + tries * HOUR)
    assert (len(told.payloads), len(last_words.payloads)) == (MAX_ATTEMPTS, 1)
    [seen] = queries.recent(session, now=NOW, state=JobState.DEAD)
    assert (seen.state, seen.last_error, seen.attempts) == (JobState.DEAD, "ValueError: never", MAX_ATTEMPTS)


def test_last_words_that_fail_do_not_keep_it_alive(session: Session) -> None:
    doing = Work({"test.tell": Handler(Told(*[ValueError("never")] * 99), Told(ValueError("nor this")))})
    ask(session)
    for tries in range(MAX_ATTEMPTS):
        run(doing, NOW + tries * HOUR)
    assert the_job(session).dead_at is not None


def test_what_kills_its_runner_is_given_up_too(session: Session) -> None:
    """The try that never came to fail counts: it was written down when it began."""
    told, last_words = Told(), Told()
    ask(session)
    for tries in range(MAX_ATTEMPTS):
        with write_transaction(session):
            assert queue.claim(session, "dead:1", now=NOW + tries * HOUR)
    run(Work({"test.tell": Handler(told, last_words)}), NOW + MAX_ATTEMPTS * HOUR)
    assert (told.payloads, len(last_words.payloads)) == ([], 1)
    assert the_job(session).dead_at is not None


def test_a_person_sends_it_round_again(session: Session) -> None:
    told = Told(*[ValueError("never")] * MAX_ATTEMPTS)
    ask(session)
    for tries in range(MAX_ATTEMPTS):
        run(work(told), NOW + tries * HOUR)
    job_id = the_job(session).id
    assert queue.dead(session) == [job_id]
    with write_transaction(session):
        assert queue.retry(session, job_id, now=NOW)
        assert not queue.retry(session, job_id + 1, now=NOW)
    assert run(work(told)) == 1
    with write_transaction(session):
        assert not queue.retry(session, job_id, now=NOW), "it is done"


TROUBLES = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EIO, "Input/output error"),
    MemoryError(),
    OperationalError("UPDATE job", {}, RuntimeError("database is locked")),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: type(trouble).__name__ + str(getattr(trouble, "errno", "")))
def test_trouble_of_the_machine_passes_however_long_it_lasts(session: Session, trouble: Exception) -> None:
    told, last_words = Told(*[trouble] * 3 * MAX_ATTEMPTS), Told()
    doing = Work({"test.tell": Handler(told, last_words)})
    ask(session)
    for tries in range(3 * MAX_ATTEMPTS):
        run(doing, NOW + tries * HOUR)
        assert the_job(session).run_after - (NOW + tries * HOUR) <= timedelta(minutes=6)
    assert (len(told.payloads), last_words.payloads) == (3 * MAX_ATTEMPTS, [])
    assert [seen.state for seen in queries.failing(session, now=NOW, limit=9)] == [JobState.WAITING]
    run(doing, NOW + 99 * HOUR)
    assert the_job(session).done_at == NOW + 99 * HOUR


def test_work_that_is_done_or_given_up_can_be_asked_for_again(session: Session) -> None:
    told = Told()
    for hours in range(3):
        with write_transaction(session):
            for _ in range(2):
                queue.ask_again(session, "test.tell", {"n": hours}, "cause 1", now=NOW + hours * HOUR)
        run(work(told), NOW + hours * HOUR)
    assert told.payloads == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert the_job(session).attempts == 1


def test_a_lease_is_renewed_by_whoever_has_it(session: Session) -> None:
    ask(session)
    with write_transaction(session):
        mine = queue.claim(session, "elsewhere:1", now=NOW)
        assert mine is not None
        assert queue.renew(session, mine, "elsewhere:1", now=NOW + queue.LEASE / 2)
        assert not queue.renew(session, mine, "elsewhere:2", now=NOW + queue.LEASE / 2)
        assert queue.claim(session, "elsewhere:2", now=NOW + queue.LEASE) is None
        assert queue.claim(session, "elsewhere:2", now=NOW + queue.LEASE * 1.5) is not None


def test_what_is_too_early_is_no_failure(session: Session) -> None:
    told = Told(RetryLater(HOUR))
    ask(session)
    run(work(told))
    job = the_job(session)
    assert (job.attempts, job.last_error, job.run_after) == (0, None, NOW + HOUR)
    run(work(told), NOW + HOUR)
    assert the_job(session).done_at is not None


def test_nobody_takes_what_another_runner_has(session: Session) -> None:
    told = Told()
    ask(session)
    with write_transaction(session):
        assert queue.claim(session, "elsewhere:1", now=NOW) is not None
    assert run(work(told), NOW + queue.LEASE - timedelta(seconds=1)) == 0
    assert run(work(told), NOW + queue.LEASE) == 1


def test_a_runner_that_slept_through_its_lease_changes_nothing(session: Session) -> None:
    ask(session)
    with write_transaction(session):
        slept = queue.claim(session, "elsewhere:1", now=NOW)
    assert slept is not None
    with write_transaction(session):
        assert queue.claim(session, "elsewhere:2", now=NOW + queue.LEASE) is not None
    with write_transaction(session):
        queue.finish(session, slept, "elsewhere:1", work(Told()), now=NOW + queue.LEASE)
    job = the_job(session)
    assert (job.done_at, job.locked_by) == (None, "elsewhere:2")


def test_jobs_of_the_dead_are_taken_back_and_those_of_the_living_not(session: Session) -> None:
    me = queue.name_of_this_runner()
    machine = me.rpartition(":")[0]
    for n, who in enumerate((f"{machine}:999999999", f"{machine}:1", "elsewhere:999999999", me)):
        ask(session, payload={"n": n})
        with write_transaction(session):
            queue.claim(session, who, now=NOW)
    with write_transaction(session):
        # A runner that begins has no job yet: one that has its number is of a runner before it.
        assert queue.take_back(session, now=NOW) == 2
    told = Told()
    run(work(told))
    assert [payload["n"] for payload in told.payloads] == [0, 3]


def test_a_job_of_another_version_waits_for_a_program_that_knows_it(session: Session) -> None:
    ask(session, kind="test.unknown")
    run(work(Told()))
    assert "another version" in str(the_job(session).last_error)


def test_a_daily_job_asks_for_its_next_day(session: Session) -> None:
    told = Told(*[ValueError("never")] * MAX_ATTEMPTS)
    doing = work(told, daily={"test.tell": time(2, 30)})
    for _ in range(2):
        with write_transaction(session):
            queue.ask_for_daily(session, doing, now=NOW)
    first = datetime(2026, 11, 16, 19, 30, tzinfo=UTC)
    assert the_job(session).run_after == first
    for tries in range(MAX_ATTEMPTS):
        run(doing, first + tries * HOUR)
    session.expire_all()
    assert [job.run_after for job in session.scalars(select(Job).where(Job.dead_at.is_(None)))] == [first + timedelta(days=1)]
    run(doing, first + timedelta(days=1))
    session.expire_all()
    waiting = session.scalars(select(Job).where(Job.done_at.is_(None), Job.dead_at.is_(None))).one()
    assert waiting.run_after == first + timedelta(days=2)


@pytest.mark.parametrize(
    ("after", "then"),
    [
        (datetime(2026, 11, 16, 19, 29, tzinfo=UTC), datetime(2026, 11, 16, 19, 30, tzinfo=UTC)),
        (datetime(2026, 11, 16, 19, 30, tzinfo=UTC), datetime(2026, 11, 17, 19, 30, tzinfo=UTC)),
        (datetime(2026, 12, 31, 20, 0, tzinfo=UTC), datetime(2027, 1, 1, 19, 30, tzinfo=UTC)),
    ],
)
def test_the_next_time_is_by_the_clocks_of_the_zone(after: datetime, then: datetime) -> None:
    assert next_time(time(2, 30), after, "Asia/Jakarta") == then


def test_a_daily_job_needs_somebody_who_does_it() -> None:
    with pytest.raises(ValueError, match=r"test\.tell"):
        Work({}, {"test.tell": time(2, 30)})


def test_done_jobs_are_forgotten_after_30_days_and_dead_ones_never(session: Session) -> None:
    ask(session)
    run(work(Told()))
    ask(session)
    with write_transaction(session):
        job = queue.claim(session, "me", now=NOW)
        assert job is not None
        queue.mark_dead(session, job, "me", "why", work(Told()), now=NOW)
    daily.forget_done({}, NOW + timedelta(days=30))
    assert len(queries.recent(session, now=NOW)) == 2
    daily.forget_done({}, NOW + timedelta(days=30, seconds=1))
    assert [job.state for job in queries.recent(session, now=NOW)] == [JobState.DEAD]


def test_states_are_counted_and_the_longest_wait_is_seen(session: Session) -> None:
    for n in range(3):
        ask(session, run_after=NOW - n * HOUR)
    with write_transaction(session):
        queue.claim(session, "elsewhere:1", now=NOW)
    assert queries.counts(session, now=NOW) == {"waiting": 2, "running": 1, "done": 0, "dead": 0}
    assert queries.oldest_waiting(session, now=NOW) == NOW - HOUR


def test_runners_side_by_side_do_each_job_once(live_app: Flask) -> None:
    done: list[int] = []

    def note(payload: Mapping[str, Any], _now: datetime) -> None:
        done.append(payload["n"])

    with live_app.app_context():
        session = db.session()
        for n in range(40):
            queue.enqueue(session, "test.tell", {"n": n}, now=NOW)
        session.commit()
        db.session.remove()

    def runs() -> None:
        with live_app.app_context():
            run(work(note))
            db.session.remove()

    threads = [threading.Thread(target=runs) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(40))


def test_a_runner_stops_when_it_is_told_and_finishes_what_it_has_begun(live_app: Flask) -> None:
    stop = runner.StopSign()

    def tells(_payload: Mapping[str, Any], _now: datetime) -> None:
        stop.set()

    with live_app.app_context():
        for _ in range(2):
            ask(db.session(), now=datetime.now(UTC) - HOUR)
        runner.run(work(tells), stop, trying=attempts.here)
        states = [job.state for job in queries.recent(db.session(), now=datetime.now(UTC))]
    assert sorted(states) == [JobState.DONE, JobState.WAITING]
