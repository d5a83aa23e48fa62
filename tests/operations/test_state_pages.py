"""`/admin/keadaan`: what an administrator reads of the server, and who else does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.jobs.models import Job
from app.operations.rules.milestones import Milestone
from app.operations.service import milestones, slow_statements
from app.operations.service.slow_statements import SlowStatement
from tests.factories.cast import make_account
from tests.factories.city import CITY


@pytest.fixture
def admin(session, cast):
    return make_account(session, "admin", f"administrator@{CITY}")


@pytest.fixture
def instance(app):
    """The folder of the server; what the test leaves there is taken away."""
    folder = app.config["SETTINGS"].instance
    yield folder
    for name in (milestones.FILE, slow_statements.FILE):
        (folder / name).unlink(missing_ok=True)


def test_only_administrators_read_it(session, cast, admin, signed_in, page):
    assert 'href="/admin/keadaan" aria-current="page"' in signed_in(admin).get("/admin/keadaan").text
    for account in (cast.budi, cast.guru, cast.lurah, make_account(session, "dinas", f"agency@{CITY}")):
        signed_in(account).get("/admin/keadaan", status=403)


def test_a_fresh_server_is_told_that_nobody_has_made_a_backup(admin, signed_in, instance, clock):
    shown = signed_in(admin).get("/admin/keadaan").text
    assert "Belum ada cadangan yang tercatat." in shown
    assert "Belum pernah tercatat bahwa cadangan dicoba dipulihkan." in shown


def test_what_is_well_says_so(session, admin, signed_in, instance, clock):
    now = clock()
    for milestone in Milestone:
        milestones.reach(instance, milestone, now=now - timedelta(hours=3))
    session.add(
        Job(kind="media.sweep", key="media.sweep 2026-11-17", payload={}, created_at=now, run_after=now + timedelta(hours=9))
    )
    shown = signed_in(admin).get("/admin/keadaan?lang=en").text
    assert shown.count("Last one 3 hours ago.") == 2
    assert "Running well; 1 job is scheduled or waiting." in shown


def test_a_queue_that_stands_still_asks_to_call_somebody(session, admin, signed_in, instance, clock):
    late = clock() - timedelta(hours=2)
    session.add(Job(kind="media.derive", payload={}, created_at=late, run_after=late))
    session.add(Job(kind="media.derive", payload={}, created_at=late, run_after=late, dead_at=late))
    shown = signed_in(admin).get("/admin/keadaan").text
    assert "Hubungi pengelola server, dan tunjukkan halaman ini." in shown
    assert "1 pekerjaan dihentikan setelah beberapa kali gagal." in shown


def test_the_slowest_requests_are_named_by_pattern(admin, signed_in, instance, clock):
    for place in range(25):
        slow_statements.keep(instance, SlowStatement(clock(), 600 + 100 * place, f"/kota/{place}", "SELECT secret_column"))
    shown = signed_in(admin).get("/admin/keadaan").text
    assert "25 kali lebih lambat dari setengah detik" in shown
    assert shown.index("/kota/24") < shown.index("/kota/15")
    assert "/kota/14" not in shown
    assert "secret_column" not in shown
