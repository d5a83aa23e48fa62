"""The histogram follows scores and visibility."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditLine
from app.core.errors import NotAllowed, NotFound
from app.leaderboard.models import Histogram
from app.leaderboard.service import set_visibility
from app.people.models import Person

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 12, 1, tzinfo=UTC)


def board(session, stage, area_id, period="all"):
    """Score -> people."""
    asked = select(Histogram.score, Histogram.people).where(
        Histogram.programme_id == stage.gps, Histogram.area_id == area_id, Histogram.period == period, Histogram.people != 0
    )
    return dict(session.execute(asked).all())


def test_a_person_climbs_from_score_to_score(session, stage):
    budi, siti = stage.person("Pak Budi"), stage.person("Bu Siti")
    for days in (0, 2, 4):
        stage.done(budi, MONDAY + timedelta(days=days))
    stage.done(siti, MONDAY, place=1)
    assert board(session, stage, stage.city) == {3: 1, 1: 1}
    assert board(session, stage, stage.kelurahan[0]) == {3: 1}
    assert board(session, stage, stage.kelurahan[1], "2026-11") == {1: 1}


def test_a_void_steps_down(session, stage):
    budi = stage.person("Pak Budi")
    stage.done(budi, MONDAY)
    stage.void(stage.done(budi, MONDAY + timedelta(days=2)), now=NOW)
    assert board(session, stage, stage.city) == {1: 1}


def test_children_and_the_hidden_are_on_no_board(session, stage):
    ani, rahasia = stage.person("Ani", is_adult=False), stage.person("Pak Rahasia", shown=False)
    stage.done(ani, MONDAY)
    stage.done(rahasia, MONDAY)
    assert board(session, stage, stage.city) == {}


def test_whoever_hides_leaves_every_board_and_comes_back_as_they_were(session, stage):
    budi = stage.person("Pak Budi")
    stage.done(budi, MONDAY)
    stage.done(budi, MONDAY + timedelta(days=30), place=2)
    before = board(session, stage, stage.rw[2])
    set_visibility(session, budi, shown=False, account_id=None, now=NOW)
    assert session.execute(select(Histogram).where(Histogram.people != 0)).all() == []
    stage.done(budi, MONDAY + timedelta(days=2))
    set_visibility(session, budi, shown=True, account_id=None, now=NOW)
    assert board(session, stage, stage.city) == {3: 1}
    assert board(session, stage, stage.rw[2]) == before == {1: 1}


def test_to_hide_again_changes_nothing(session, stage):
    budi = stage.person("Pak Budi")
    stage.done(budi, MONDAY)
    for _ in range(2):
        set_visibility(session, budi, shown=False, account_id=None, now=NOW)
    assert len(session.scalars(select(AuditLine).where(AuditLine.kind == "leaderboard.visibility")).all()) == 1
    for _ in range(2):
        set_visibility(session, budi, shown=True, account_id=None, now=NOW)
    assert board(session, stage, stage.city) == {1: 1}


def test_a_child_is_never_shown(session, stage):
    ani = stage.person("Ani", is_adult=False)
    with pytest.raises(NotAllowed) as refused:
        set_visibility(session, ani, shown=True, account_id=None, now=NOW)
    assert refused.value.code == "minors_are_never_shown"
    assert session.get(Person, ani).shown is False


def test_nobody_is_nobody(session, stage):
    with pytest.raises(NotFound):
        set_visibility(session, 10**6, shown=False, account_id=None, now=NOW)


def test_a_late_stamp_moves_no_final_board(session, stage):
    budi = stage.person("Pak Budi")
    stage.done(budi, MONDAY, now=datetime(2026, 11, 30, tzinfo=UTC))
    assert board(session, stage, stage.city, "2026-W45") == {}
    assert board(session, stage, stage.city, "2026-11") == {1: 1}
