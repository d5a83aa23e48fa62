"""What is from before the semester counts once two officers have said so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.actions.models import Action, FirstWord, Stamp
from app.actions.rules.words import Status
from app.core.periods import semester_start
from app.stamping import queries, service
from tests.factories.actions import NOW, at, make_action, stamp
from tests.factories.cast import Cast, make_account
from tests.factories.city import EAST, MELATI, WEST
from tests.stamping.counting import problems

JUNE, JULY = date(2026, 6, 29), date(2026, 7, 1)
JULY_THIRD = datetime(2026, 7, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 6, 30), date(2026, 1, 1)),
        (JULY, JULY),
        (date(2026, 12, 31), JULY),
    ],
)
def test_a_semester_begins_in_january_and_july(day: date, start: date) -> None:
    assert semester_start(day) == start


def made(session: Session, cast: Cast, day: date) -> Action:
    return make_action(session, cast.budi, captured_at=at(day, 7), sent_at=JULY_THIRD.isoformat(), now=JULY_THIRD)


def test_two_officers_stamp_what_is_from_before_the_semester(session: Session, cast: Cast) -> None:
    colleague, old = make_account(session, "petugas", f"officer@{MELATI}"), made(session, cast, JUNE)
    for _ in range(2):
        assert problems(stamp(session, cast.lurah, old, now=JULY_THIRD)) == ["second_officer"]
        assert (old.status, old.attention, [row[0] for row in old.findings].count("first_word")) == (Status.WAITING, 1, 1)
    [word] = session.scalars(select(FirstWord)).all()
    assert (word.officer_id, word.person_id) == (cast.lurah.person_id, cast.budi.person_id)
    [result] = stamp(session, colleague, old, now=JULY_THIRD)
    assert result.stamp is not None
    assert (result.stamp.stamper_id, result.stamp.first_officer_id) == (colleague.person_id, cast.lurah.person_id)
    assert old.status is Status.STAMPED


def test_where_there_is_one_officer_the_kecamatan_is_the_second(session: Session, cast: Cast) -> None:
    camat, old = make_account(session, "camat", f"kecamatan@{WEST}"), made(session, cast, JUNE)
    elsewhere = make_account(session, "camat.timur", f"kecamatan@{EAST}")
    assert problems(stamp(session, camat, old, now=JULY_THIRD)) == ["not_found"]
    assert problems(stamp(session, cast.lurah, old, now=JULY_THIRD)) == ["second_officer"]
    assert queries.queue(session, cast.lurah.person_id, limit=5, after=None, now=JULY_THIRD) == ([], None)
    assert queries.queue(session, camat.person_id, limit=5, after=None, now=JULY_THIRD) == ([old], None)
    assert queries.to_be_told(session, camat.person_id, limit=5, now=JULY_THIRD).count == 1
    assert problems(stamp(session, elsewhere, old, now=JULY_THIRD)) == ["not_found"]
    [result] = stamp(session, camat, old, now=JULY_THIRD)
    assert result.stamp is not None
    assert result.stamp.first_officer_id == cast.lurah.person_id


def test_one_officer_is_enough_within_the_semester(session: Session, cast: Cast) -> None:
    [result] = stamp(session, cast.lurah, made(session, cast, JULY), now=JULY_THIRD)
    assert result.stamp is not None
    assert result.stamp.first_officer_id is None


def test_it_is_the_day_of_the_stamp_that_asks_for_a_second(session: Session, cast: Cast) -> None:
    """Recorded in time, and left lying."""
    lain = make_action(session, cast.budi)
    assert problems(stamp(session, cast.lurah, lain, now=datetime(2027, 1, 1, tzinfo=UTC))) == ["second_officer"]
    assert problems(stamp(session, cast.lurah, lain, now=NOW)) == [None]


def test_the_rest_of_a_bulk_is_stamped(session: Session, cast: Cast) -> None:
    old, new = made(session, cast, JUNE), made(session, cast, JULY)
    assert problems(stamp(session, cast.lurah, old, new, now=JULY_THIRD)) == ["second_officer", None]


def test_a_held_one_needs_a_note_of_both(session: Session, cast: Cast) -> None:
    colleague, old = make_account(session, "petugas", f"officer@{MELATI}"), made(session, cast, date(2026, 5, 4))
    assert old.status is Status.HELD
    assert problems(stamp(session, cast.lurah, old, now=JULY_THIRD)) == ["held_needs_note"]
    assert problems(stamp(session, cast.lurah, old, note="bukunya saya lihat", now=JULY_THIRD)) == ["second_officer"]
    assert problems(stamp(session, colleague, old, now=JULY_THIRD)) == ["held_needs_note"]
    assert problems(stamp(session, colleague, old, note="saya juga", now=JULY_THIRD)) == [None]


def test_after_a_void_a_second_word_is_needed_still(session: Session, cast: Cast) -> None:
    colleague, old = make_account(session, "petugas", f"officer@{MELATI}"), made(session, cast, JUNE)
    stamp(session, cast.lurah, old, now=JULY_THIRD)
    word = stamp(session, colleague, old, now=JULY_THIRD)[0].stamp
    assert word is not None
    service.void(session, word.id, colleague, reason="keliru", now=JULY_THIRD)
    assert problems(stamp(session, cast.lurah, old, now=JULY_THIRD)) == ["second_officer"]
    assert problems(stamp(session, colleague, old, now=JULY_THIRD)) == [None]


def test_the_database_itself_tells_two_officers_from_one(session: Session, cast: Cast) -> None:
    word = stamp(session, cast.lurah, make_action(session, cast.budi))[0].stamp
    assert word is not None
    with pytest.raises(IntegrityError):
        session.execute(update(Stamp).where(Stamp.id == word.id).values(first_officer_id=cast.lurah.person_id))
