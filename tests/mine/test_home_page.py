"""`/saya`: the volunteer's week, what it adds up to, what comes next."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from app.notices import queries as notices
from app.notices import service
from app.notices.rules import ARRIVALS
from tests.factories.actions import MONDAY, NOW, action_days, at, make_action, stamp
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


def test_what_arrived_is_celebrated_until_it_is_put_away(signed_in: Sign, cast: Cast, session: Session) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi))
    home = signed_in(cast.budi)
    shown = home.get("/saya").text
    assert "Selamat!" in shown
    assert "Lencana baru: Aksi Pertama." in shown
    assert "1 aksi Anda sudah dicap." in shown
    newest = shown.split('name="sampai" value="')[1].split('"')[0]
    home.submit("/saya", {"sampai": newest}, to="/saya/disambut")
    assert "Selamat!" not in home.get("/saya").text
    assert signed_in(cast.kader).get("/saya").text.count("arrival") == 0


def test_only_ones_own_arrivals_are_put_away(cast: Cast, session: Session) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi))
    arrived = notices.unread(session, cast.budi.person_id, limit=9, kinds=ARRIVALS)
    service.read(session, cast.citra.person_id, up_to=arrived[0].uuid, now=NOW, kinds=ARRIVALS)
    assert notices.unread(session, cast.budi.person_id, limit=9, kinds=ARRIVALS) == arrived
    service.read(session, cast.budi.person_id, up_to=arrived[0].uuid, now=NOW, kinds=ARRIVALS)
    assert notices.unread(session, cast.budi.person_id, limit=9, kinds=ARRIVALS) == ()
