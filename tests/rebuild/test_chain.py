"""Nobody changes a booklet behind its owner's back without being found."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from app.actions.models import Action, Stamp
from app.cli import sabuk
from app.rebuild.service import rebuild
from app.rebuild.service.chain import BrokenPage, ChainFault, broken_pages
from tests.factories.fixtures import kept_once
from tests.factories.stage import set_stage

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)


@pytest.fixture(scope="session")
def kept_stage(app):
    return kept_once(app, set_booklets)


def set_booklets(session):
    """Pak Budi with four pages, the second of them void; Bu Siti with three."""
    stage = set_stage(session)
    budi, siti = stage.person("Pak Budi"), stage.person("Bu Siti")
    for week in range(4):
        stamp = stage.done(budi, MONDAY + timedelta(weeks=week))
        if week == 1:
            stage.void(stamp, now=NOW)
    for week in range(3):
        stage.done(siti, MONDAY + timedelta(weeks=week))
    session.flush()
    return stage


def page_of(stage, number):
    return Stamp.person_id == stage.people[0], Stamp.page == number


CONTENT, LINK, MISSING = ChainFault.CONTENT, ChainFault.LINK, ChainFault.MISSING
OTHER_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
TAMPERED = [
    ("credits", {"credits": {"actions": 9}}, [(3, CONTENT)]),
    ("moment", {"stamped_at": OTHER_MOMENT}, [(3, CONTENT)]),
    ("salt", {"salt": "another"}, [(3, CONTENT)]),
    ("commitment", {"commitment": "0" * 64}, [(3, CONTENT), (3, LINK)]),
    ("link", {"link": "0" * 64}, [(3, LINK), (4, LINK)]),
]


def test_untouched_booklets_have_no_break(session, stage):
    assert list(broken_pages(session)) == []


@pytest.mark.parametrize(("change", "breaks"), [case[1:] for case in TAMPERED], ids=[case[0] for case in TAMPERED])
def test_what_was_changed_is_named_with_person_and_page(session, stage, change, breaks):
    session.execute(update(Stamp).where(*page_of(stage, 3)).values(change))
    assert list(broken_pages(session)) == [BrokenPage(stage.people[0], page, fault) for page, fault in breaks]
    verdict = rebuild.verify(session, now=NOW)
    assert (verdict.broken_pages_count, verdict.is_clean) == (len(breaks), False)


def test_the_action_below_a_stamp_is_bound_too(session, stage):
    stamp = session.scalars(select(Stamp).where(*page_of(stage, 2))).one()
    assert stamp.voided_at is not None
    session.execute(update(Action).where(Action.id == stamp.action_id).values(digest="1" * 64))
    assert list(broken_pages(session)) == [BrokenPage(stage.people[0], 2, CONTENT)]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_torn_out_is_missed(session, stage, number):
    session.execute(delete(Stamp).where(*page_of(stage, number)))
    assert list(broken_pages(session)) == [BrokenPage(stage.people[0], number, MISSING)]


def test_an_erased_page_breaks_no_chain(session, stage):
    session.execute(update(Stamp).where(*page_of(stage, 3)).values(salt="", credits={}))
    assert list(broken_pages(session)) == []
    session.execute(update(Stamp).where(*page_of(stage, 3)).values(link="0" * 64))
    assert list(broken_pages(session)) == [BrokenPage(stage.people[0], page, LINK) for page in (3, 4)]


def test_the_command_names_the_break_and_a_rebuild_does_not_hide_it(app, session, stage):
    session.execute(update(Stamp).where(*page_of(stage, 1)).values(stamped_at=OTHER_MOMENT))
    session.commit()
    runner = app.test_cli_runner()
    assert runner.invoke(sabuk, ["rebuild"]).exit_code == 0
    found = runner.invoke(sabuk, ["rebuild", "--verify"])
    assert found.exit_code == 1
    assert f"booklet of person {stage.people[0]}, page 1: its content is not what was stamped" in found.output
    assert "1 breaks in booklets" in found.output
