"""Actions of one person beside each other: who uses up a cap, and what becomes of the rest when that one goes or is released."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.rules.words import Status
from app.core.geo import Point
from app.rebuild.service import rebuild
from app.reviews.models import Review
from app.stamping import service
from app.sync import service as sync
from tests.factories.actions import MONDAY, NOW, at, fix_at, holes, make_action, record, stamp
from tests.factories.cast import Cast
from tests.factories.city import IN_MELATI
from tests.sync.wire import Sign

DENPASAR, MERAUKE = Point(115.2126, -8.6705), Point(140.4, -8.4932)


def beside(action: Action) -> list[str]:
    return [code for code, _, _ in action.findings if code in ("cap_day", "overlap", "spacing_short", "travel_impossible")]


def told(*actions: Action) -> list[tuple[str, list[str]]]:
    return [(action.status.value, beside(action)) for action in actions]


HELD_FOR_ITSELF = [
    {"fix": fix_at(IN_MELATI, north_m=900)},
    {"minutes": 5},
    {"sent_at": "2026-11-18T15:40:02+07:00"},
]


@pytest.mark.parametrize("change", HELD_FOR_ITSELF, ids=["900 m off", "five minutes", "a wrong clock"])
def test_a_held_action_leaves_the_day_to_the_honest_one(change: dict[str, Any], session: Session, cast: Cast) -> None:
    held = make_action(session, cast.budi, captured_at=at(MONDAY, 6), **change)
    honest = make_action(session, cast.budi)
    assert told(held, honest) == [("held", ["cap_day"]), ("waiting", [])], "and its officer sees what it would exceed"


def test_withdrawing_the_first_frees_the_second_and_its_sentence_goes(session: Session, cast: Cast) -> None:
    first, second, third = (
        make_action(session, cast.budi, captured_at=at(MONDAY, hour), now=NOW + timedelta(seconds=hour)) for hour in (6, 8, 10)
    )
    assert told(first, second, third) == [("waiting", []), ("held", ["cap_day"]), ("held", ["cap_day"])]
    sync.withdraw(session, first.id, cast.budi, now=NOW)
    assert told(first, second, third) == [("withdrawn", []), ("waiting", []), ("held", ["cap_day"])]
    assert (second.attention, third.attention) == (0, 2)
    assert sync.withdraw(session, first.id, cast.budi, now=NOW).status is Status.WITHDRAWN


def test_a_refusal_frees_the_next(session: Session, cast: Cast) -> None:
    first, second = (make_action(session, cast.budi, captured_at=at(MONDAY, hour)) for hour in (6, 8))
    service.refuse(session, [first.id], cast.lurah, reason="tidak ada di sana", now=NOW)
    assert told(first, second) == [("refused", []), ("waiting", [])]


def test_a_void_gives_the_place_back_to_what_waits_again(session: Session, cast: Cast) -> None:
    first, second = (make_action(session, cast.budi, captured_at=at(MONDAY, hour)) for hour in (6, 8))
    word = stamp(session, cast.lurah, first)[0].stamp
    assert word is not None
    service.void(session, word.id, cast.lurah, reason="keliru", now=NOW)
    assert told(first, second) == [("waiting", []), ("held", ["cap_day"])]


def test_what_is_released_uses_the_day_and_a_void_frees_it(session: Session, cast: Cast) -> None:
    held = make_action(session, cast.budi, captured_at=at(MONDAY, 6), minutes=5)
    honest = make_action(session, cast.budi)
    word = stamp(session, cast.lurah, held, note="saya ada di sana")[0].stamp
    assert told(held, honest) == [("stamped", ["cap_day"]), ("held", ["cap_day"])]
    assert word is not None
    service.void(session, word.id, cast.lurah, reason="keliru", now=NOW)
    assert told(held, honest) == [("held", ["cap_day"]), ("waiting", [])], "what uses nothing held nobody"


def test_a_stamped_action_never_changes_by_itself(session: Session, cast: Cast) -> None:
    held = make_action(session, cast.budi, captured_at=at(MONDAY, 6), minutes=5)
    honest = make_action(session, cast.budi)
    stamp(session, cast.lurah, honest)
    before = list(honest.findings)
    stamp(session, cast.lurah, held, note="keduanya benar")
    assert (honest.status, honest.findings) == (Status.STAMPED, before)
    assert rebuild.verify(session, now=NOW).is_clean


def test_the_receipt_tells_the_present(session: Session, cast: Cast, signed_in: Sign) -> None:
    first, second = (make_action(session, cast.budi, captured_at=at(MONDAY, hour)) for hour in (6, 8))
    budi = signed_in(cast.budi)
    assert budi.get(f"/api/v1/actions/{second.id}").json["status"] == "held"
    budi.delete(f"/api/v1/actions/{first.id}")
    now = budi.get(f"/api/v1/actions/{second.id}").json
    assert (now["status"], {finding["code"] for finding in now["findings"]} & {"cap_day"}) == ("waiting", set())


def test_the_holes_of_two_houses_in_one_minute_wait_both(session: Session, cast: Cast) -> None:
    two = [record(session, cast.kader, holes(count, minutes=30)) for count in (2, 3)]
    assert told(*two) == [("waiting", [])] * 2


def test_holes_beyond_a_day_s_work_leave_the_day_to_the_others(session: Session, cast: Cast) -> None:
    many, few = record(session, cast.budi, holes(1000)), record(session, cast.budi, holes(20))
    assert told(many, few) == [("held", ["cap_day"]), ("waiting", [])]


def test_three_cities_in_a_morning_are_not_all_true(session: Session, cast: Cast) -> None:
    ways = zip(((8, 0), (8, 45), (9, 30)), (IN_MELATI, DENPASAR, MERAUKE), strict=True)
    three = [make_action(session, cast.budi, captured_at=at(MONDAY, *when), fix=fix_at(place)) for when, place in ways]
    assert ["travel_impossible" in beside(action) for action in three] == [False, True, True]
    assert three[0].status is Status.WAITING


def test_the_one_observed_later_gives_way_whichever_is_sent_first(session: Session, cast: Cast) -> None:
    there = record(session, cast.citra, holes(fix=fix_at(MERAUKE), captured_at=at(MONDAY, 9)))
    here = record(session, cast.citra, holes(captured_at=at(MONDAY, 8)))
    assert told(there, here) == [("held", ["travel_impossible"]), ("waiting", [])]
    sync.withdraw(session, here.id, cast.citra, now=NOW)
    assert told(there) == [("waiting", [])]


def test_a_stamped_action_that_cannot_have_been_is_looked_at_again(session: Session, cast: Cast, signed_in: Sign) -> None:
    here = record(session, cast.citra, holes(captured_at=at(MONDAY, 9)))
    stamp(session, cast.lurah, here)
    there = record(session, cast.citra, holes(fix=fix_at(MERAUKE), captured_at=at(MONDAY, 8)))
    assert told(here, there) == [("stamped", ["travel_impossible"]), ("waiting", [])]
    [review] = session.scalars(select(Review)).all()
    assert (review.action_id, review.closed_at) == (here.id, None)
    shown = signed_in(cast.lurah).get("/admin/tinjauan").text
    assert "km dari aksi lain 60 menit sebelumnya: terlalu jauh untuk waktu itu." in shown
    record(session, cast.citra, holes(1, captured_at=at(MONDAY, 10)), now=NOW + timedelta(minutes=1))
    assert len(session.scalars(select(Review)).all()) == 1, "one is enough"
    sync.withdraw(session, there.id, cast.citra, now=NOW)
    assert told(here) == [("stamped", [])]
