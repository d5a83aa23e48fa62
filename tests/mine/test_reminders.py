"""The morning reminder: for who asked for it, on programme days, once, and never after they have been there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.catalogue import INDONESIAN
from app.jobs.models import Job
from app.mine import jobs
from app.notices import queries as notices
from app.people.models import Account
from app.work import WORK
from tests.factories.actions import at, make_action
from tests.factories.cast import Cast
from tests.sync.wire import Sign

SIX = datetime(2026, 11, 15, 23, 0, tzinfo=UTC)
"""06.00 in Bandung on Monday, 16 November."""
A_DAY = timedelta(days=1)


def told(session: Session, account: Account, now: datetime, *, day: str = "") -> list[str]:
    session.commit()
    local = (now + timedelta(hours=7)).date().isoformat()
    WORK.handlers[jobs.REMIND].run({"person": account.person_id, "day": day or local}, now)
    session.expire_all()
    said = [each.words.said(INDONESIAN) for each in notices.told(session, account.person_id)[0]]
    return [words for words in said if "hari program" in words]


def test_whoever_asked_is_looked_after_at_their_hour(session: Session, cast: Cast) -> None:
    cast.budi.reminder_hour = 6
    session.commit()
    for _ in range(2):
        WORK.handlers["mine.ask_to_remind"].run({}, SIX - timedelta(hours=2))
    [job] = session.execute(select(Job.payload, Job.run_after).where(Job.kind == jobs.REMIND)).all()
    assert (job.payload, job.run_after) == ({"person": cast.budi.person_id, "day": "2026-11-16"}, SIX)


def test_a_programme_day_is_told_once_and_only_to_who_asked(session: Session, cast: Cast) -> None:
    assert told(session, cast.budi, SIX) == []
    cast.budi.reminder_hour = 6
    assert len(told(session, cast.budi, SIX)) == 1
    assert len(told(session, cast.budi, SIX)) == 1


@pytest.mark.parametrize(
    "now",
    [
        SIX + A_DAY,  # a Tuesday
        datetime(2026, 8, 17, 0, 0, tzinfo=UTC),  # a holiday on a Monday
        SIX + timedelta(hours=15),  # the machine stood still until the night
    ],
)
def test_no_other_time_is_told(session: Session, cast: Cast, now: datetime) -> None:
    cast.budi.reminder_hour = 6
    assert told(session, cast.budi, now) == []


def test_a_reminder_of_yesterday_is_none(session: Session, cast: Cast) -> None:
    cast.budi.reminder_hour = 6
    assert told(session, cast.budi, SIX, day="2026-11-15") == []


def test_whoever_was_there_already_is_left_alone(session: Session, cast: Cast) -> None:
    cast.budi.reminder_hour = 11
    make_action(session, cast.budi, captured_at=at((SIX + A_DAY).date(), 7))
    assert told(session, cast.budi, SIX + timedelta(hours=5)) == []


def test_the_hour_is_chosen_on_ones_account_and_off_at_first(session: Session, cast: Cast, signed_in: Sign) -> None:
    page = signed_in(cast.budi)
    assert "Jangan ingatkan saya" in page.get("/saya/akun").text
    said = {"full_name": "Pak Budi", "shown": "ya", "language": "id"}
    for chosen, kept in (("7", 7), ("", None)):
        page.submit("/saya/akun", said | {"reminder_hour": chosen})
        assert session.get_one(Account, cast.budi.id).reminder_hour == kept
    page.submit("/saya/akun", said | {"reminder_hour": "22"}, status=422)
