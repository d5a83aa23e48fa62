"""Several stamps at once are one decision: kept, flagged where nobody can have looked, taken back together."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action, Stamp
from app.actions.rules.words import Status
from app.core.errors import Invalid, NotFound
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.people.models import Account
from app.stamping import queries, service
from app.stamping.models import StampBulk
from tests.factories.actions import NOW, action_days, at, make_action, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import MELATI, TERATAI
from tests.stamping.counting import counted


def three(session: Session, cast: Cast) -> list[Action]:
    return [make_action(session, cast.budi, captured_at=at(day, 7, 5)) for day in action_days(3)]


def at_once(session: Session, officer: Account, actions: list[Action], unseen: int | None = None) -> StampBulk:
    service.stamp(session, [action.id for action in actions], officer, note="", now=NOW, unseen=unseen)
    session.flush()
    return session.scalars(select(StampBulk)).one()


def test_several_are_one_decision_and_one_by_itself_is_none(session: Session, cast: Cast) -> None:
    first, *others = three(session, cast)
    stamp(session, cast.lurah, first)
    bulk = at_once(session, cast.lurah, others)
    kept = {row.action_id: row.bulk_id for row in session.scalars(select(Stamp))}
    assert kept == {first.id: None} | {action.id: bulk.id for action in others}
    assert (bulk.asked, bulk.unseen, bulk.flags, bulk.flagged_at) == (2, None, [], None)


def test_a_bulk_of_which_nothing_was_stamped_is_no_decision(session: Session, cast: Cast) -> None:
    actions = three(session, cast)
    at_once(session, cast.lurah, actions)
    stamp(session, cast.lurah, *actions)
    assert len(session.scalars(select(StampBulk)).all()) == 1


def test_taking_a_bulk_back_takes_back_all_that_it_counted_for_and_tells_each_once(session: Session, cast: Cast) -> None:
    before = counted(session)
    actions = three(session, cast)
    bulk = at_once(session, cast.lurah, actions)
    with pytest.raises(Invalid):
        service.void_bulk(session, bulk.id, cast.lurah, reason=" ", now=NOW)
    assert service.void_bulk(session, bulk.id, cast.lurah, reason="Keliru hari.", now=NOW) == (3, 0)
    assert counted(session) == before
    assert {action.status for action in actions} == {Status.WAITING}
    assert {row.void_reason for row in session.scalars(select(Stamp))} == {"Keliru hari."}
    [told] = session.scalars(select(Notice).where(Notice.kind == NoticeKind.VOIDED))
    assert (told.person_id, told.values["count"]) == (cast.budi.person_id, 3)
    assert service.void_bulk(session, bulk.id, cast.lurah, reason="Lagi.", now=NOW) == (0, 0)
    assert {row.void_reason for row in session.scalars(select(Stamp))} == {"Keliru hari."}


def test_what_was_taken_back_or_stamped_anew_since_then_stays(session: Session, cast: Cast) -> None:
    actions = three(session, cast)
    bulk = at_once(session, cast.lurah, actions)
    one = session.scalars(select(Stamp).where(Stamp.action_id == actions[0].id)).one()
    service.void(session, one.id, cast.lurah, reason="Ini saja.", now=NOW)
    stamp(session, cast.lurah, actions[0])
    assert service.void_bulk(session, bulk.id, cast.lurah, reason="Sisanya.", now=NOW) == (2, 0)
    assert [action.status for action in actions] == [Status.STAMPED, Status.WAITING, Status.WAITING]


def test_whoever_is_no_officer_there_finds_no_bulk(session: Session, cast: Cast) -> None:
    bulk = at_once(session, cast.lurah, three(session, cast), unseen=1)
    for stranger in (make_account(session, "bu.lurah", f"lurah@{TERATAI}"), cast.budi, cast.guru):
        with pytest.raises(NotFound):
            service.void_bulk(session, bulk.id, stranger, reason="Saya mau.", now=NOW)
        with pytest.raises(NotFound):
            service.close_bulk(session, bulk.id, stranger, reason="Wajar.", now=NOW)
        assert queries.bulks_to_look_at(session, stranger.person_id, limit=9, now=NOW) == []


def test_what_was_never_on_the_screen_is_looked_at_by_somebody_else(session: Session, cast: Cast) -> None:
    bulk = at_once(session, cast.lurah, three(session, cast), unseen=1)
    assert bulk.flags == ["unseen"]
    other = make_account(session, "petugas", f"officer@{MELATI}")
    assert queries.bulks_to_look_at(session, cast.lurah.person_id, limit=9, now=NOW) == []
    with pytest.raises(NotFound):
        service.close_bulk(session, bulk.id, cast.lurah, reason="Wajar.", now=NOW)
    assert queries.bulks_to_look_at(session, other.person_id, limit=9, now=NOW) == [bulk]
    with pytest.raises(Invalid):
        service.close_bulk(session, bulk.id, other, reason="", now=NOW)
    service.close_bulk(session, bulk.id, other, reason="Saya lihat satu per satu.", now=NOW)
    assert queries.bulks_to_look_at(session, other.person_id, limit=9, now=NOW) == []
    assert session.scalars(select(Stamp.voided_at)).all() == [None] * 3


def test_a_flagged_bulk_that_is_taken_back_waits_for_nobody(session: Session, cast: Cast) -> None:
    bulk = at_once(session, cast.lurah, three(session, cast), unseen=2)
    other = make_account(session, "petugas", f"officer@{MELATI}")
    service.void_bulk(session, bulk.id, other, reason="Tidak ada yang datang.", now=NOW)
    assert bulk.closed_by == other.id
    assert queries.all_open_bulks(session, limit=9) == []
