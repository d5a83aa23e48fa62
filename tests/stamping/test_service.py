"""Stamp and refuse: who may, and what is said otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.actions import service as actions
from app.actions.models import Refusal, Stamp
from app.actions.rules.words import Status
from app.awards.queries import belts
from app.core.errors import Conflict, Invalid, NotAllowed
from app.people.models import Tenure
from app.stamping import queries, service
from tests.factories.actions import MONDAY, NOW, at, fix_at, make_action, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import IN_TERATAI, MELATI
from tests.stamping.counting import counted, problems


def test_one_s_own_stamp_again_is_the_same_stamp(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    first = stamp(session, cast.lurah, action)[0]
    before = counted(session)
    again = stamp(session, cast.lurah, action, now=NOW + timedelta(hours=1))[0]
    assert again.stamp is first.stamp is not None
    assert (again.status, again.problem) == (Status.STAMPED, None)
    assert again.stamp.stamped_at == NOW
    assert counted(session) == before


def test_another_officer_s_stamp_stands(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    stamp(session, cast.lurah, action)
    colleague = make_account(session, "petugas", f"officer@{MELATI}")
    result = stamp(session, colleague, action)[0]
    assert (problems([result]), result.stamp, result.status) == (["already_stamped"], None, Status.STAMPED)


def test_a_held_action_needs_a_note_which_releases_and_counts_it(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi, minutes=5)
    assert action.status is Status.HELD
    for note in ("", "   "):
        assert problems(stamp(session, cast.lurah, action, note=note)) == ["held_needs_note"]
    assert counted(session)["tally"] == []
    result = stamp(session, cast.lurah, action, note=" jam tangan mati ")[0]
    assert (result.status, result.stamp and result.stamp.note) == (Status.STAMPED, "jam tangan mati")
    assert belts.standing(session, cast.budi.person_id, MONDAY)[1].stamped == 1


def test_refused_and_withdrawn_ones_are_not_stamped(session: Session, cast: Cast) -> None:
    refused, withdrawn = make_action(session, cast.budi), make_action(session, cast.budi, captured_at=at(MONDAY, 12))
    service.refuse(session, [refused.id], cast.lurah, reason="di dalam rumah", now=NOW)
    actions.withdraw(session, withdrawn)
    results = stamp(session, cast.lurah, refused, withdrawn, note="tetap")
    assert problems(results) == ["refused", "withdrawn"]
    assert [result.status for result in results] == [Status.REFUSED, Status.WITHDRAWN]


def test_one_that_fails_does_not_stop_the_rest(session: Session, cast: Cast) -> None:
    mine, held = make_action(session, cast.lurah), make_action(session, cast.citra, minutes=1)
    good, far = make_action(session, cast.budi), make_action(session, cast.guru, fix=fix_at(IN_TERATAI))
    results = stamp(session, cast.lurah, mine, held, far, good, good)
    assert problems(results) == ["own_action", "held_needs_note", "not_found", None]
    assert good.status is Status.STAMPED


def test_nobody_stamps_refuses_or_voids_their_own(session: Session, cast: Cast) -> None:
    own = make_action(session, cast.lurah)
    assert problems(stamp(session, cast.lurah, own, note="x")) == ["own_action"]
    assert problems(service.refuse(session, [own.id], cast.lurah, reason="x", now=NOW)) == ["own_action"]
    colleague = make_account(session, "petugas", f"officer@{MELATI}")
    standing = stamp(session, colleague, own)[0].stamp
    assert standing is not None
    with pytest.raises(NotAllowed, match="You cannot stamp your own"):
        service.void(session, standing.id, cast.lurah, reason="x", now=NOW)


def test_the_database_itself_lets_nobody_stamp_their_own(session: Session, cast: Cast) -> None:
    own = make_action(session, cast.lurah)
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == cast.lurah.person_id)).one()
    row = actions.stamp_row(
        own.id, own.digest, own.person_id, own.observed_at, credits={"actions": 1}, last_page=(0, ""),
        decision=actions.OfficerDecision(own.person_id, cast.lurah.id, tenure.id, "", NOW),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="nobody_stamps_their_own"), session.begin_nested():
        session.execute(insert(Stamp), row)
    # The person cannot be given out for another either: the pair of action and person is a foreign key.
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(Stamp), row | {"person_id": cast.budi.person_id})


def test_a_refusal_needs_a_reason_and_is_said_once(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    for nothing in (" ", "\u200b", "\u3164"):
        with pytest.raises(Invalid):
            service.refuse(session, [action.id], cast.lurah, reason=nothing, now=NOW)
    for reason in ("bukan di sini", "lain"):
        result = service.refuse(session, [action.id], cast.lurah, reason=reason, now=NOW)[0]
        assert (result.status, result.problem) == (Status.REFUSED, None)
    assert session.get_one(Refusal, action.id).reason == "bukan di sini"
    assert queries.queue(session, cast.lurah.person_id, limit=5, after=None, now=NOW) == ([], None)


def test_what_is_stamped_is_voided_before_it_is_refused(session: Session, cast: Cast) -> None:
    action = make_action(session, cast.budi)
    stamp(session, cast.lurah, action)
    assert problems(service.refuse(session, [action.id], cast.lurah, reason="x", now=NOW)) == ["already_stamped"]
    assert isinstance(service.refuse(session, [action.id], cast.lurah, reason="x", now=NOW)[0].problem, Conflict)
    with pytest.raises(NotAllowed):
        service.refuse(session, [action.id], cast.citra, reason="x", now=NOW)
