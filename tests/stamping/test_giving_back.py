"""Soft holds go back to the queue after 14 days; nothing is stamped by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.actions.rules.findings import RETURNED
from app.actions.rules.words import Status
from app.stamping import jobs, queries, service
from app.work import WORK
from tests.factories.actions import NOW, make_action, stamp
from tests.factories.cast import Cast, make_account
from tests.page_client import PageClient
from tests.stamping.counting import problems

LATER = NOW + timedelta(days=14)


def codes(action: Action) -> list[str]:
    return [row[0] for row in action.findings]


def give_back(session: Session, action: Action, now: object = LATER) -> None:
    session.commit()
    WORK.handlers["stamping.give_back"].run({}, now)  # type: ignore[arg-type]
    session.refresh(action)


def test_a_soft_hold_waits_again_after_14_days_with_all_that_was_found(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi, minutes=5)
    before = action.findings
    give_back(session, action, LATER - timedelta(seconds=1))
    assert (action.status, action.attention) == (Status.HELD, 2)
    for _ in range(2):
        give_back(session, action)
        assert (action.status, action.attention) == (Status.WAITING, 1)
        assert action.findings[:-1] == before
        assert codes(action)[-1] == RETURNED
    assert session.scalars(select(Stamp)).all() == []
    assert queries.queue(session, cast.lurah.person_id, limit=5, after=None, now=LATER)[0] == [action]
    assert problems(stamp(session, cast.lurah, action, now=LATER)) == [None]


def test_what_a_photograph_holds_stays_held(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi, minutes=5)
    action.findings = [*action.findings, ["photo_repeated", "hold", {"photo": 1}]]
    give_back(session, action)
    assert action.status is Status.HELD
    assert RETURNED not in codes(action)


def test_a_stamp_taken_back_holds_again_for_14_days(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi, minutes=5)
    [given] = stamp(session, cast.lurah, action, note="x")
    voided = NOW + timedelta(days=13)
    assert given.stamp is not None
    service.void(session, given.stamp.id, cast.lurah, reason="x", now=voided)
    give_back(session, action)
    assert action.status is Status.HELD
    give_back(session, action, voided + timedelta(days=14))
    assert action.status is Status.WAITING


def test_many_are_given_back_in_turns(session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH_SIZE", 2)
    made = [make_action(session, make_account(session, f"relawan.{n}"), minutes=5) for n in range(5)]
    give_back(session, made[0])
    assert {session.get_one(Action, action.id).status for action in made} == {Status.WAITING}
    assert WORK.daily["stamping.give_back"].hour == 3


def test_the_desk_says_that_it_came_back(session: Session, cast: Cast, signed_in, clock) -> None:
    action = make_action(session, cast.budi, minutes=5)
    give_back(session, action)
    shown: PageClient = signed_in(cast.lurah)
    assert "Kembali ke antrean setelah 14 hari menunggu diperiksa" in shown.get("/meja").text
    assert "Perlu diperiksa dulu: satu per satu" not in shown.get("/meja").text
