"""`/admin/pekerjaan`: what waits, what failed, whether anybody works, and trying again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.admin.rules.job_words import JOB_NAMES
from app.admin.service.jobs import try_again
from app.audit.models import AuditLine
from app.core.errors import Conflict, NotFound
from app.jobs import queries, queue
from app.jobs.models import Job
from app.jobs.watch import LATE, RunnerState, look, runner_state
from app.work import WORK
from tests.factories.actions import NOW
from tests.factories.browsing import sign_in, with_password
from tests.factories.cast import make_account
from tests.factories.city import CITY

MINUTE = timedelta(minutes=1)


@pytest.fixture
def admin(session, cast):
    return make_account(session, "admin", f"administrator@{CITY}")


def make_job(session, kind="media.derive", **change):
    job = Job(**{"kind": kind, "payload": {}, "created_at": NOW, "run_after": NOW, "attempts": 0} | change)
    session.add(job)
    session.flush()
    return job


def dead_job(session, **change):
    return make_job(session, **{"dead_at": NOW, "attempts": 10, "last_error": "OSError: disk full"} | change)


def test_every_kind_of_job_has_its_name():
    assert WORK.handlers.keys() - JOB_NAMES.keys() == set()


STATES = [
    ({"oldest_waiting": None, "running": 0, "knows_daily": True}, RunnerState.WELL),
    ({"oldest_waiting": NOW - LATE, "running": 0, "knows_daily": True}, RunnerState.WELL),
    ({"oldest_waiting": NOW - LATE - MINUTE, "running": 0, "knows_daily": True}, RunnerState.STOPPED),
    ({"oldest_waiting": NOW - LATE - MINUTE, "running": 0, "knows_daily": False}, RunnerState.STOPPED),
    ({"oldest_waiting": NOW - LATE - MINUTE, "running": 1, "knows_daily": True}, RunnerState.BEHIND),
    ({"oldest_waiting": None, "running": 0, "knows_daily": False}, RunnerState.NEVER),
]


@pytest.mark.parametrize(("given", "state"), STATES, ids=[f"{state}-{place}" for place, (_, state) in enumerate(STATES)])
def test_the_queue_tells_whether_anybody_works(given, state):
    assert runner_state(NOW, **given) is state


def test_the_queue_is_asked_the_same(session):
    assert look(session, now=NOW) is RunnerState.NEVER
    make_job(session, run_after=NOW - LATE - MINUTE)
    assert look(session, now=NOW) is RunnerState.STOPPED
    make_job(session, locked_until=NOW + MINUTE, locked_by="here:1", attempts=1)
    assert look(session, now=NOW) is RunnerState.BEHIND
    assert look(session, now=NOW - LATE) is RunnerState.WELL


def test_jobs_are_counted_by_kind_and_state(session):
    make_job(session)
    make_job(session, locked_until=NOW + MINUTE, locked_by="here:1", attempts=1)
    make_job(session, done_at=NOW)
    dead_job(session)
    make_job(session, kind="media.sweep")
    found = {each.kind: (each.waiting, each.running, each.done, each.dead) for each in queries.counts_by_kind(session, now=NOW)}
    assert found == {"media.derive": (1, 1, 1, 1), "media.sweep": (1, 0, 0, 0)}


def test_daily_work_is_known_by_the_day_in_its_name(session):
    make_job(session, kind="media.sweep", key="media.sweep 2026-11-16", done_at=NOW)
    make_job(session, kind="media.sweep", key="media.sweep 2026-11-17", run_after=NOW + timedelta(days=1))
    make_job(session, kind="integrity.inspect", key="integrity.inspect 0b0e")
    (run,) = queries.daily(session)
    assert (run.kind, run.last_done_at, run.next_at) == ("media.sweep", NOW, NOW + timedelta(days=1))


def test_the_work_that_the_runner_asks_for_is_daily(session):
    queue.ask_for_daily(session, WORK, now=NOW)
    assert {run.kind for run in queries.daily(session)} == WORK.daily.keys()


# --- trying again ---


def test_a_job_that_was_given_up_waits_again_once(session, admin):
    job = dead_job(session)
    for _ in range(2):
        try_again(session, job.id, by_account_id=admin.id, now=NOW)
    session.refresh(job)
    assert (job.dead_at, job.attempts, job.run_after) == (None, 0, NOW)
    (line,) = session.scalars(select(AuditLine).where(AuditLine.kind == "jobs.retry"))
    assert (line.subject, line.details) == (f"job:{job.id}", {"kind": "media.derive", "tries": 10})


def test_one_that_stumbles_is_tried_now(session, admin):
    job = make_job(session, attempts=3, last_error="x", run_after=NOW + timedelta(hours=1))
    try_again(session, job.id, by_account_id=admin.id, now=NOW)
    session.refresh(job)
    assert (job.attempts, job.run_after) == (0, NOW)


@pytest.mark.parametrize("change", [{"done_at": NOW}, {"locked_until": NOW + MINUTE, "locked_by": "here:1", "attempts": 1}],
                         ids=["done", "running"])  # fmt: skip
def test_what_is_done_or_under_way_stays_as_it_is(change, session, admin):
    job = make_job(session, **change)
    with pytest.raises(Conflict):
        try_again(session, job.id, by_account_id=admin.id, now=NOW)
    assert session.scalars(select(AuditLine).where(AuditLine.kind == "jobs.retry")).all() == []


def test_a_job_that_is_not_there_is_not_found(session, admin):
    with pytest.raises(NotFound):
        try_again(session, 987654, by_account_id=admin.id, now=NOW)


# --- the page ---


def test_only_administrators_see_jobs(session, cast, admin, signed_in):
    signed_in(admin).get("/admin/pekerjaan")
    for account in (cast.budi, cast.guru, cast.lurah, make_account(session, "dinas", f"agency@{CITY}")):
        signed_in(account).get("/admin/pekerjaan", status=403)


def test_a_failed_job_is_told_with_its_reason_and_tried_again(session, admin, signed_in):
    job = dead_job(session, last_error="ValueError: <b>half a photograph</b>")
    client = signed_in(admin)
    shown = client.get("/admin/pekerjaan").text
    assert "Menyiapkan foto" in shown
    assert "ValueError: &lt;b&gt;half a photograph&lt;/b&gt;" in shown
    assert "dicoba 10 kali" in " ".join(shown.split())
    address = f"/admin/pekerjaan/{job.id}/coba-lagi"
    client.submit("/admin/pekerjaan", {}, to=address)
    assert "Tidak ada pekerjaan yang dihentikan." in client.get("/admin/pekerjaan").text
    assert queries.job(session, job.id, now=NOW).state == "waiting"


def test_trying_again_needs_the_right_and_a_job(session, cast, admin, page, clock):
    job = dead_job(session)
    lurah = sign_in(page, with_password(session, cast.lurah))
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', lurah.get("/saya/akun").text)[1]
    lurah.post(f"/admin/pekerjaan/{job.id}/coba-lagi", data={"csrf_token": token}, status=403)
    session.refresh(job)
    assert job.dead_at is not None
    lurah.post("/keluar", data={"csrf_token": token}, status=303)
    client = sign_in(page, with_password(session, admin))
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/saya/akun").text)[1]
    client.post("/admin/pekerjaan/987654/coba-lagi", data={"csrf_token": token}, status=404)


def test_a_runner_that_seems_dead_is_told_plainly(session, admin, signed_in):
    make_job(session, run_after=NOW - timedelta(hours=2))
    shown = signed_in(admin).get("/admin/pekerjaan").text
    assert "Pelaksana pekerjaan tampaknya tidak berjalan" in shown
    assert "Senin, 16 November 2026, 13.40 WIB" in shown
