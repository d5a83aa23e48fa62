"""`/saya`: the volunteer's week, what it adds up to, what comes next."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from tests.factories.actions import MONDAY, action_days, at, make_action, stamp
from tests.factories.cast import Cast
from tests.sync.wire import Sign


def test_a_newcomer_reads_when_the_next_day_is_and_nothing_was_missed(signed_in: Sign, cast: Cast) -> None:
    home = signed_in(cast.citra).get("/saya").text
    assert "Hari ini hari program." in home
    assert 'data-mark="missed"' not in home
    assert "Lencana" not in home
    english = signed_in(cast.citra).get("/saya?lang=en").text
    assert "Today is a programme day." in english


def test_after_todays_action_the_next_day_is_named(signed_in: Sign, cast: Cast, session: Session) -> None:
    make_action(session, cast.budi, captured_at=at(MONDAY, 7))
    home = signed_in(cast.budi).get("/saya").text
    assert "Hari berikutnya: Rabu, 18 November" in home
    assert "Senin, 16 November: menunggu cap" in home


def test_stamped_actions_add_up_and_tell_how_far_it_is(signed_in: Sign, cast: Cast, session: Session) -> None:
    days = [day for day in action_days(30) if day > MONDAY - timedelta(days=28)]
    made = [make_action(session, cast.budi, captured_at=at(day, 7)) for day in days]
    stamp(session, cast.lurah, *made, note="x")
    home = signed_in(cast.budi).get("/saya").text
    assert "Aksi dicap" in home
    assert "(perkiraan)" in home
    assert "pekan berturut-turut dengan aksi yang sudah dicap" in home
    assert "sampai strip berikutnya" in home
    assert "kira-kira" in home
    assert "Aksi Pertama" in home
    assert "Diraih 16 Nov 2026" in home
    assert "1 dari 3 tempat" in home
